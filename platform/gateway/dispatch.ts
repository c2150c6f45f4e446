/** From a request, however it came, to its answer: proves who sent it and hands it to its endpoint. */
import { toHex } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import type { EndpointName } from '../../sync/contract.ts';
import { AUTH_HEADER } from '../../sync/formats/request.ts';
import { REPORT_EVERY_S } from '../../sync/report-contents.ts';
import { isAllowed } from '../access/table.ts';
import type { Broker } from '../broker/broker.ts';
import type { PlatformContext } from '../context.ts';
import type { Gone } from '../gone.ts';
import { createHolder } from '../intake/holder.ts';
import { createLimiter } from '../limits/limiter.ts';
import { createTurns } from '../limits/turns.ts';
import { type AuthTrouble, authenticate } from '../terminals/authenticate.ts';
import { createCounters } from '../terminals/counters.ts';
import { type Answer, problem } from './answer.ts';
import type { GatewayContext, OpenCall, OpenEndpoint, TerminalEndpoint } from './call.ts';
import { enrolEndpoint } from './enrol.ts';
import { entriesEndpoint } from './entries.ts';
import { feedEndpoint } from './feed.ts';
import { createFileEndpoint, fileOffsetEndpoint, patchFileEndpoint } from './files.ts';
import { helloEndpoint } from './hello.ts';
import { keySetsEndpoint, newKeyEndpoint } from './keys.ts';
import type { OwnAnswers } from './own-answers.ts';
import { queriesEndpoint } from './queries.ts';
import { releaseFileEndpoint } from './release-files.ts';
import { reportsEndpoint } from './reports.ts';
import { slipsEndpoint } from './slips.ts';

/** A request as it came in. */
export interface GatewayRequest extends OpenCall {
  readonly method: string;
  /** Path and query as sent: what was signed. */
  readonly target: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: Gone;
}

/** Answers one request to the endpoint of this name; throws only for a bug or a store that is gone. */
export type Dispatch = (name: EndpointName, request: GatewayRequest) => Promise<Answer>;

type Served =
  | { readonly open: OpenEndpoint }
  | { readonly proved: TerminalEndpoint; readonly canWait?: true };

const HANDLERS: Readonly<Record<EndpointName, Served>> = {
  enrol: { open: enrolEndpoint },
  keySets: { open: keySetsEndpoint },
  newKey: { proved: newKeyEndpoint },
  hello: { proved: helloEndpoint },
  entries: { proved: entriesEndpoint },
  feed: { proved: feedEndpoint, canWait: true },
  slips: { proved: slipsEndpoint },
  queries: { proved: queriesEndpoint },
  reports: { proved: reportsEndpoint },
  releaseFile: { open: releaseFileEndpoint },
  createFile: { proved: createFileEndpoint },
  fileOffset: { proved: fileOffsetEndpoint },
  patchFile: { proved: patchFileEndpoint },
};

const PROBLEM_OF = {
  missing: 'unauthenticated',
  malformed: 'unauthenticated',
  forged: 'unauthenticated',
  unknown: 'unknown-terminal',
  revoked: 'revoked',
  replayed: 'replayed',
} as const satisfies Readonly<Record<AuthTrouble, string>>;

/** The endpoints, without a transport. */
export function createDispatch(context: GatewayContext): Dispatch {
  const say = (name: EndpointName, answer: Answer) => {
    if (answer.status >= 400)
      context.log('platform.refused', { where: name, why: String(`http-${answer.status}`) });
    return answer;
  };
  // Not awaited: a poll waits long, and would keep the request it came from.
  return (name, request) => answerTo(context, name, request).then((answer) => say(name, answer));
}

/**
 * Entries that intake works on at once. The time from a batch's turn to its receipts is that of so many, whatever
 * comes: some tenth of a second on two processors. Fewer leave the opening threads without work.
 */
const ENTRIES_AT_ONCE = 120;
/** Whoever comes beyond is told `busy`. */
const BATCHES_WAITING = 500;

/** What a gateway serves beside the platform's own: shared data, and signed releases; null where there are none. */
export interface GatewayExtras {
  readonly broker: Broker | null;
  /** Repositories, a folder each channel. */
  readonly releases: Disk | null;
  /** What the platform answers itself. */
  readonly own: OwnAnswers;
}

/** The platform's context with the gateway's limits, which live in memory. */
export function withLimits(
  platform: PlatformContext,
  extras: GatewayExtras = { broker: null, releases: null, own: new Map() },
): GatewayContext {
  const { clock } = platform;
  return {
    ...{ ...platform, ...extras },
    counters: createCounters(platform),
    turns: createTurns({ atOnce: ENTRIES_AT_ONCE, waiting: BATCHES_WAITING }),
    holder: createHolder(platform),
    laterS: 60,
    reportEveryS: REPORT_EVERY_S,
    limits: {
      enrol: createLimiter(clock, { burst: 20, perMinute: 10 }),
      calls: createLimiter(clock, { burst: 1_000, perMinute: 1_200 }),
      keySets: createLimiter(clock, { burst: 60, perMinute: 120 }),
      slipsByTerminal: createLimiter(clock, { burst: 10, perMinute: 2 }),
      slipsByNumber: createLimiter(clock, { burst: 5, perMinute: 0.1 }),
      releases: createLimiter(clock, { burst: 600, perMinute: 600 }),
      queriesByTerminal: createLimiter(clock, { burst: 30, perMinute: 10 }),
      ownByTerminal: createLimiter(clock, { burst: 90, perMinute: 45 }),
    },
  };
}

/** The table says who may ask; what wants proof of who asks is never answered without. */
async function answerTo(
  context: GatewayContext,
  name: EndpointName,
  request: GatewayRequest,
): Promise<Answer> {
  const handler = HANDLERS[name];
  if ('open' in handler) {
    return isAllowed(`gateway.${name}`, 'nobody', true)
      ? handler.open(context, request)
      : problem('unauthenticated');
  }
  const { method, target, content, headers } = request;
  const auth = headers[AUTH_HEADER];
  const sender = await authenticate(context, {
    ...{ method, target, content },
    auth: typeof auth === 'string' ? auth : undefined,
    canWait: handler.canWait ?? false,
  });
  if (!sender.ok) return problem(PROBLEM_OF[sender.error]);
  if (!isAllowed(`gateway.${name}`, 'terminal', true)) return problem('unauthenticated');
  const waitS = context.limits.calls.spend(toHex(sender.value.terminal.terminalId));
  if (waitS > 0) return problem('slow-down', waitS);
  return handler.proved(context, { ...request, ...sender.value });
}
