/** The gateway: what terminals talk to. Turns HTTP into requests and answers in CBOR. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Disk } from '../../base/disk.ts';
import { faultFields } from '../../base/log.ts';
import { CBOR_TYPE, ENDPOINTS, type EndpointName } from '../../sync/contract.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import type { Broker } from '../broker/broker.ts';
import type { PlatformContext } from '../context.ts';
import { newServer, type TlsFiles } from '../listening.ts';
import { type Answer, problem } from './answer.ts';
import { createDispatch, type GatewayRequest, withLimits } from './dispatch.ts';
import { addSlipPages } from './slip-pages.ts';

/** A batch and what stands around it. */
const BODY_LIMIT = LIMITS.batchBytes + 512 * 1024;

/** How the gateway is reached, and what its pages look like. */
export interface GatewayOptions {
  readonly tls: TlsFiles | null;
  /** The font's package folder. */
  readonly fonts: Disk | null;
  /** Answers queries of shared data; none unless given. */
  readonly broker?: Broker | null;
}

const NO_CONTENT = new Uint8Array(0);

/** The gateway as a Fastify instance, not listening yet. */
export function createGateway(platform: PlatformContext, options: GatewayOptions): FastifyInstance {
  const context = withLimits(platform, options.broker);
  const dispatch = createDispatch(context);
  const app = newServer(options.tls);
  const waiting = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const gone of waiting) gone.abort();
  });
  app.removeAllContentTypeParsers();
  for (const type of [CBOR_TYPE, 'application/offset+octet-stream']) {
    app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, keepBytes);
  }

  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) {
    const { method, path } = ENDPOINTS[name];
    const url = path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.route({
      method,
      url,
      bodyLimit: BODY_LIMIT,
      // Not awaited: a poll waits long, and would keep all it was read from.
      handler: (request, reply) =>
        dispatch(name, requestOf(request, untilGone(reply, waiting))).then((answer) => send(reply, answer)),
    });
  }
  addSlipPages(app, context, options.fonts);

  app.setNotFoundHandler((_request, reply) => send(reply, problem('not-found')));
  app.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status === 413) return send(reply, problem('too-large'));
    if (status < 500) return send(reply, problem('malformed'));
    context.log('program.fault', { program: 'platform', ...faultFields(error) });
    return send(reply, problem('fault'));
  });
  return app;
}

/** The content stays as it was sent: it is what was signed. */
async function keepBytes(_request: FastifyRequest, body: Buffer): Promise<Uint8Array> {
  return body;
}

function requestOf(request: FastifyRequest, signal: AbortSignal): GatewayRequest {
  return {
    method: request.method,
    target: request.raw.url ?? '',
    content: request.body instanceof Uint8Array ? request.body : NO_CONTENT,
    query: request.query,
    params: request.params,
    headers: request.headers,
    remote: request.ip,
    signal,
  };
}

/** Aborted when the other side hangs up before its answer; one of `waiting` until then, for who stops them all. */
function untilGone(reply: FastifyReply, waiting: Set<AbortController>): AbortSignal {
  const gone = new AbortController();
  waiting.add(gone);
  reply.raw.once('close', () => {
    waiting.delete(gone);
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).headers({ 'cache-control': 'no-store', ...answer.headers });
  if (answer.content.length === 0) return reply.send();
  return reply.type(CBOR_TYPE).send(answer.content);
}
