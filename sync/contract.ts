/**
 * The HTTP contract between terminal and platform (docs/protocol.md, "HTTP"): every path with its parameters
 * as zod, its contents by the names of their CBOR structures, and what it may answer. The OpenAPI document
 * is made from this table, so neither can differ from the other.
 */
import { z } from 'zod';
import { PROBLEM_CODES } from './formats/messages.ts';
import { AUTH_HEADER } from './formats/request.ts';

/** The media type of everything in the formats of journal.md. */
export const CBOR_TYPE = 'application/cbor';

/** How long the platform may hold a poll of the feed open. */
export const MAX_FEED_WAIT_S = 25;

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]*$/)
  .max(344);
const seconds = z.coerce.number().int().min(0).max(MAX_FEED_WAIT_S);

/** The query of `GET /v1/feed`: the own cursor, base64url, empty at first; and how long to wait for something. */
export const feedQuerySchema = z.object({ after: base64url, waitS: seconds.default(0) });

/** The query of `GET /v1/keysets`: the number of the newest set that is known. */
export const keySetsQuerySchema = z.object({ after: z.coerce.number().int().min(0) });

/** The path of an upload: terminalId in hex, and the attachment's name. */
export const fileParamsSchema = z.object({
  terminalId: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A file of a repository of signed releases; `pilot` is what a few machines try first. */
export const releaseFileParamsSchema = z.object({
  channel: z.enum(['stable', 'pilot']),
  folder: z.enum(['metadata', 'targets', 'software']),
  name: z
    .string()
    .regex(/^[0-9a-z]+(\.[0-9a-z]+){1,3}$/)
    .max(120),
});

interface Endpoint {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH';
  readonly path: string;
  readonly summary: string;
  /** Whether `Yizhan-Auth` must be there and hold. */
  readonly authenticated: boolean;
  readonly query?: z.ZodObject;
  readonly params?: z.ZodObject;
  /** The structure of the content, named as in docs/protocol.md. */
  readonly request?: string;
  readonly answer?: string;
  readonly status: number;
  readonly problems: readonly number[];
}

/** Every path a terminal may call. */
export const ENDPOINTS = {
  enrol: {
    method: 'POST',
    path: '/v1/enrol',
    summary: 'Enrol a new terminal under a one-time code. The same key again gets the same answer.',
    authenticated: false,
    request: 'enrol-request',
    answer: 'enrol-answer',
    status: 200,
    problems: [400, 403, 409, 429],
  },
  newKey: {
    method: 'POST',
    path: '/v1/keys',
    summary: 'Certify a new signing key, authenticated by the old one.',
    authenticated: true,
    request: 'new-key-request',
    answer: 'cert',
    status: 200,
    problems: [400, 401, 403, 409],
  },
  hello: {
    method: 'POST',
    path: '/v1/hello',
    summary: 'Ask for epoch, time and newest key set over a fresh nonce, and say what is still owed.',
    authenticated: true,
    request: 'hello-request',
    answer: 'hello',
    status: 200,
    problems: [400, 401, 403, 409],
  },
  entries: {
    method: 'POST',
    path: '/v1/entries',
    summary:
      'Hand over at most 100 entries or 4 MiB, each with its own outcome; none asks for releases alone.',
    authenticated: true,
    request: 'batch',
    answer: 'batch-answer',
    status: 200,
    problems: [400, 401, 403, 409, 413, 429, 500, 503],
  },
  feed: {
    method: 'GET',
    path: '/v1/feed',
    summary: 'The page after a cursor; waits for one when there is nothing new (long poll).',
    authenticated: true,
    query: feedQuerySchema,
    answer: 'page',
    status: 200,
    problems: [400, 401, 403, 409, 429],
  },
  keySets: {
    method: 'GET',
    path: '/v1/keysets',
    summary: 'The key sets after a number, in order. Public for ever.',
    authenticated: false,
    query: keySetsQuerySchema,
    answer: 'key-sets',
    status: 200,
    problems: [400, 429],
  },
  slips: {
    method: 'POST',
    path: '/v1/slips',
    summary: 'Look a case up by the number and code of its slip; answered sealed, found or not.',
    authenticated: true,
    request: 'lookup-request',
    answer: 'lookup-answer',
    status: 200,
    problems: [400, 401, 403, 409, 429],
  },
  queries: {
    method: 'POST',
    path: '/v1/queries',
    summary:
      'Ask for shared data of one person, with their consent as proof; question and answer are sealed. 404 without a broker.',
    authenticated: true,
    request: 'query-request',
    answer: 'query-answer',
    status: 200,
    problems: [400, 401, 403, 404, 409, 413, 429],
  },
  reports: {
    method: 'POST',
    path: '/v1/reports',
    summary:
      'Say how this machine is: versions, devices, sizes and counts, nothing of a person. Answered with the span to the next report. 404 where nobody takes them.',
    authenticated: true,
    request: 'report-request',
    answer: 'report-answer',
    status: 200,
    problems: [400, 401, 403, 404, 409, 413, 429],
  },
  releaseFile: {
    method: 'GET',
    path: '/v1/releases/{channel}/{folder}/{name}',
    summary:
      'A file of a repository of signed releases (TUF 1.0), or with `Range: bytes=from-to` a part of it (206). 404 where there is none, 416 past its end. Public.',
    authenticated: false,
    params: releaseFileParamsSchema,
    status: 200,
    problems: [404, 429],
  },
  createFile: {
    method: 'POST',
    path: '/v1/files/{terminalId}/{name}',
    summary: 'Begin an upload (tus 1.0, creation).',
    authenticated: true,
    params: fileParamsSchema,
    status: 201,
    problems: [400, 401, 403, 409, 413],
  },
  fileOffset: {
    method: 'HEAD',
    path: '/v1/files/{terminalId}/{name}',
    summary: 'How far an upload has come (tus 1.0).',
    authenticated: true,
    params: fileParamsSchema,
    status: 200,
    problems: [401, 403, 404, 409],
  },
  patchFile: {
    method: 'PATCH',
    path: '/v1/files/{terminalId}/{name}',
    summary: 'Go on with an upload by at most 1 MiB (tus 1.0).',
    authenticated: true,
    params: fileParamsSchema,
    status: 204,
    problems: [400, 401, 403, 404, 409, 413],
  },
} as const satisfies Readonly<Record<string, Endpoint>>;

/** The name of an endpoint. */
export type EndpointName = keyof typeof ENDPOINTS;

/** Where a platform publishes the document. */
export const OPENAPI_PATH = '/v1/openapi.json';

/** The OpenAPI 3.1 document of the contract, as a plain object. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, endpoint] of Object.entries<Endpoint>(ENDPOINTS)) {
    const { method, path } = endpoint;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(operationId, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yizhan: terminal to platform',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The origin that the enrolment code names' }],
    paths,
    components: {
      securitySchemes: {
        terminal: {
          type: 'apiKey',
          in: 'header',
          name: AUTH_HEADER,
          description: 'base64url of the structure `request`, signed by the terminal for this very request',
        },
      },
      schemas: schemas(),
    },
  };
}

function operation(operationId: string, endpoint: Endpoint): object {
  const responses: Record<string, object> = { [endpoint.status]: content(endpoint.summary, endpoint.answer) };
  for (const status of endpoint.problems) responses[status] = content('Not served', 'problem');
  return {
    operationId,
    summary: endpoint.summary,
    security: endpoint.authenticated ? [{ terminal: [] }] : [],
    parameters: [...parameters('query', endpoint.query), ...parameters('path', endpoint.params)],
    ...(endpoint.request && { requestBody: { required: true, ...content(undefined, endpoint.request) } }),
    responses,
  };
}

/** What travels is CBOR: a schema says its name in docs/protocol.md, and of a problem what can be said in JSON's words. */
function schemas(): Record<string, object> {
  const named = (structure: string) => ({
    description: `CBOR structure \`${structure}\` of docs/protocol.md`,
  });
  const structures = Object.values<Endpoint>(ENDPOINTS)
    .flatMap(({ request, answer }) => [request, answer])
    .filter((structure) => structure !== undefined);
  const retryAfterS = { type: ['integer', 'null'], minimum: 0 };
  const items = { prefixItems: [{ enum: PROBLEM_CODES }, retryAfterS], minItems: 2, maxItems: 2 };
  return {
    ...Object.fromEntries(structures.map((structure) => [structure, named(structure)])),
    problem: { ...named('problem'), type: 'array', ...items },
  };
}

function content(description: string | undefined, structure: string | undefined): object {
  const schema = { $ref: `#/components/schemas/${structure}` };
  return { ...(description && { description }), ...(structure && { content: { [CBOR_TYPE]: { schema } } }) };
}

function parameters(place: 'query' | 'path', schema: z.ZodObject | undefined): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}
