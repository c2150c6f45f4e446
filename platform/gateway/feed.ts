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

  const { terminalId } = call.terminal;
  // Begun before the first look, so that an item made between look and wait still wakes us.
  const rung = context.bell.wait(terminalId, query.data.waitS * 1000, call.signal);
  let found = await readFeed(context, terminalId, position);
  if (found.items.length === 0 && query.data.waitS > 0) {
    await rung;
    found = await readFeed(context, terminalId, position);
  }
  const next = found.position === position ? after : makeCursor(found.position);
  const page = { ...answerHead(context, terminalId), after, next, items: found.items };
  return served(pageFormat.make(context.keys.answerKey().key, page));
}
