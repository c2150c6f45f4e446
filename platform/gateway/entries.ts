import { releaseFormat } from '../../sync/formats/answers.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import { makeBatchAnswer, type OfferedEntryMessage, parseBatch } from '../../sync/formats/messages.ts';
import { judgeBatch } from '../intake/judge.ts';
import { signReceipts } from '../intake/receipts.ts';
import { takeReleases } from '../ledger/releases.ts';
import { type Answer, answerHead, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

/** When whoever found too many before it may come again, at the soonest. */
const BUSY_S = 5;

/**
 * `POST /v1/entries`: verify, open, commit, and only then receipt. Each entry gets its own outcome, so one bad
 * entry holds up nothing; a release of this terminal that is ready goes along. `Server-Timing` says how long the
 * batch waited for its turn, and what intake took from then on.
 */
export async function entriesEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const batch = parseBatch(call.content);
  if (!batch.ok) return problem(batch.error.code === 'too-large' ? 'too-large' : 'malformed');
  const bytes = batch.value.reduce((sum, offered) => sum + offered.entry.length, 0);
  // One entry alone may be as large as it is; it is then refused by name.
  if (bytes > LIMITS.batchBytes && batch.value.length > 1) return problem('too-large');

  const cameMs = context.clock.monoMs();
  // An empty batch asks for releases: a little work all the same.
  const turn = await context.turns.take(call.signal, Math.max(1, batch.value.length));
  if (!turn) return problem('busy', BUSY_S);
  const beganMs = context.clock.monoMs();
  try {
    const content = await takeIn(context, call, batch.value);
    const doneMs = context.clock.monoMs();
    const timing = `turn;dur=${(beganMs - cameMs).toFixed(1)}, intake;dur=${(doneMs - beganMs).toFixed(1)}`;
    return { ...served(content), headers: { 'server-timing': timing } };
  } finally {
    turn.giveBack();
  }
}

/** Holds what can be held; the answer to the batch. */
async function takeIn(
  context: GatewayContext,
  { terminal: { terminalId, place } }: TerminalCall,
  batch: readonly OfferedEntryMessage[],
): Promise<Uint8Array> {
  const { opener, openingKeys } = context;
  const tools = { db: context.store.db, opener, openingKeys };
  const judged = await judgeBatch(tools, terminalId, batch);
  const verdicts = await context.holder.hold({ terminalId, place, isRevoked: false }, judged);
  const releases = await takeReleases(context, terminalId, batch.length === 0);
  const { key } = context.keys.answerKey();
  const head = answerHead(context, terminalId);
  return makeBatchAnswer({
    receipts: signReceipts(context, head, verdicts),
    releases: releases.map((release) => releaseFormat.make(key, { ...head, ...release })),
    later: judged.flatMap((one) =>
      one.kind === 'later' ? [{ entryId: one.name.entryId, afterS: context.laterS }] : [],
    ),
  });
}
