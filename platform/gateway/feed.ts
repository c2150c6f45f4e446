import { findBase64Url } from '../../base/bytes.ts';
import { feedQuerySchema } from '../../sync/contract.ts';
import { pageFormat } from '../../sync/formats/feed.ts';
import { findCursor, makeCursor, readFeed } from '../feed/read-feed.ts';
import { type Answer, answerHead, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

/** `GET /v1/feed`: the page after a cursor, signed; waits up to `waitS` for something new. */
export async function feedEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const query = feedQuerySchema.safeParse(call.query);
  const after = query.success ? findBase64Url(query.data.after) : undefined;
  const position = after === undefined ? undefined : findCursor(after);
  if (!query.success || after === undefined || position === undefined) return problem('malformed');

  const { waitS } = query.data;
  // A copy of its own: what came from the database may hang on a larger piece of memory while the poll waits.
  const poll = { terminalId: Uint8Array.from(call.terminal.terminalId), after, position };
  // Begun before the first look, so that an item made between look and wait still wakes us.
  const rung = context.bell.wait(poll.terminalId, waitS * 1000, call.signal);
  const found = await readFeed(context, poll.terminalId, position);
  if (found.items.length > 0 || waitS === 0) return pageOf(context, poll, found);
  // Not awaited here: thousands wait, each with no more than it needs to go on.
  return rung.then(() => lookAgain(context, poll));
}

interface Poll {
  readonly terminalId: Uint8Array;
  /** The cursor as it came, and the position it stands for. */
  readonly after: Uint8Array;
  readonly position: number;
}

async function lookAgain(context: GatewayContext, poll: Poll): Promise<Answer> {
  return pageOf(context, poll, await readFeed(context, poll.terminalId, poll.position));
}

function pageOf(context: GatewayContext, poll: Poll, found: Awaited<ReturnType<typeof readFeed>>): Answer {
  const { terminalId, after, position } = poll;
  const next = found.position === position ? after : makeCursor(found.position);
  const page = { ...answerHead(context, terminalId), after, next, items: found.items };
  return served(pageFormat.make(context.keys.answerKey().key, page));
}
