/** The gateway: what terminals talk to. Turns HTTP into requests and answers in CBOR. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Disk } from '../../base/disk.ts';
import { faultFields } from '../../base/log.ts';
import {
  CBOR_TYPE,
  ENDPOINTS,
  type EndpointName,
  OPENAPI_PATH,
  openApiDocument,
} from '../../sync/contract.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import { isAllowed } from '../access/table.ts';
import type { Broker } from '../broker/broker.ts';
import type { PlatformContext } from '../context.ts';
import { type Gone, type HangUp, newHangUp } from '../gone.ts';
import { newServer, type TlsFiles } from '../listening.ts';
import type { NoticeDoor } from '../payments/notices.ts';
import { type Answer, problem } from './answer.ts';
import { addCertificatePages } from './certificate-pages.ts';
import { createDispatch, type GatewayRequest, withLimits } from './dispatch.ts';
import type { OwnAnswers } from './own-answers.ts';
import { addPaymentNotices } from './payment-notices.ts';
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
  /** Repositories of signed releases; none unless given. */
  readonly releases?: Disk | null;
  /** What the platform answers itself; nothing unless given. */
  readonly own?: OwnAnswers;
  /** Takes what the payment provider sends; nothing unless given. */
  readonly notices?: NoticeDoor | null;
}

const NO_CONTENT = new Uint8Array(0);

/** The gateway as a Fastify instance, not listening yet. */
export function createGateway(platform: PlatformContext, options: GatewayOptions): FastifyInstance {
  const context = withLimits(platform, {
    broker: options.broker ?? null,
    releases: options.releases ?? null,
    own: options.own ?? new Map(),
  });
  const dispatch = createDispatch(context);
  const app = newServer(options.tls);
  const waiting = new Set<HangUp>();
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
      handler(request, reply) {
        // Answered by hand: a poll waits long, and is to keep its connection alone.
        reply.hijack();
        const { raw } = reply;
        dispatch(name, requestOf(request, untilGone(raw, waiting))).then(
          (answer) => sendRaw(raw, answer),
          (error) => sendRaw(raw, fault(context, error)),
        );
      },
    });
  }
  const document = JSON.stringify(openApiDocument('1'));
  app.get(OPENAPI_PATH, (_request, reply) => reply.type('application/json').send(document));
  if (isAllowed('pages.slip', 'nobody', true)) addSlipPages(app, context, options.fonts);
  if (isAllowed('pages.certificate', 'nobody', true)) addCertificatePages(app, context);
  if (options.notices && isAllowed('payments.notice', 'provider', true)) {
    addPaymentNotices(app, options.notices);
  }

  app.setNotFoundHandler((_request, reply) => send(reply, problem('not-found')));
  app.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status === 413) return send(reply, problem('too-large'));
    if (status < 500) return send(reply, problem('malformed'));
    return send(reply, fault(context, error));
  });
  return app;
}

function fault({ log }: Pick<PlatformContext, 'log'>, error: unknown): Answer {
  log('program.fault', { program: 'platform', ...faultFields(error) });
  return problem('fault');
}

/** The content stays as it was sent: it is what was signed. */
async function keepBytes(_request: FastifyRequest, body: Buffer): Promise<Uint8Array> {
  return body;
}

function requestOf(request: FastifyRequest, signal: Gone): GatewayRequest {
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

/** Says so when the other side hangs up before its answer; one of `waiting` until then, for who stops them all. */
function untilGone(raw: FastifyReply['raw'], waiting: Set<HangUp>): Gone {
  const gone = newHangUp();
  waiting.add(gone);
  raw.once('close', () => {
    waiting.delete(gone);
    if (!raw.writableFinished) gone.abort();
  });
  return gone;
}

const NO_STORE = { 'cache-control': 'no-store' } as const;
const NO_CONTENT_STATUS = 204;

function sendRaw(raw: FastifyReply['raw'], { status, headers, content }: Answer): void {
  raw.writeHead(status, {
    ...NO_STORE,
    ...(content.length > 0 && { 'content-type': CBOR_TYPE }),
    ...(status !== NO_CONTENT_STATUS && { 'content-length': content.length }),
    ...headers,
  });
  raw.end(content);
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).headers({ ...NO_STORE, ...answer.headers });
  if (answer.content.length === 0) return reply.send();
  return reply.type(CBOR_TYPE).send(answer.content);
}
