import { releaseFormat } from '../../sync/formats/answers.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import { makeBatchAnswer, parseBatch } from '../../sync/formats/messages.ts';
import { holdBatch } from '../intake/hold.ts';
import { judgeBatch } from '../intake/judge.ts';
import { signReceipts } from '../intake/receipts.ts';
import { takeReleases } from '../ledger/releases.ts';
import { type Answer, answerHead, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

/**
 * `POST /v1/entries`: verify, open, commit, and only then receipt. Each entry gets its own outcome, so one bad
 * entry holds up nothing; a release of this terminal that is ready goes along.
 */
export async function entriesEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const batch = parseBatch(call.content);
  if (!batch.ok) return problem(batch.error.code === 'too-large' ? 'too-large' : 'malformed');
  const bytes = batch.value.reduce((sum, offered) => sum + offered.entry.length, 0);
  // One entry alone may be as large as it is; it is then refused by name.
  if (bytes > LIMITS.batchBytes && batch.value.length > 1) return problem('too-large');

  const { terminalId, place } = call.terminal;
  const tools = { db: context.store.db, opener: context.opener };
  const judged = await judgeBatch(tools, terminalId, batch.value);
  const verdicts = await holdBatch(context, { terminalId, place, isRevoked: false }, judged);
  const releases = await takeReleases(context, terminalId, batch.value.length === 0);

  const { key } = context.keys.answerKey();
  const head = answerHead(context, terminalId);
  return served(
    makeBatchAnswer({
      receipts: signReceipts(context, head, verdicts),
      releases: releases.map((release) => releaseFormat.make(key, { ...head, ...release })),
      later: judged.flatMap((one) =>
        one.kind === 'later' ? [{ entryId: one.name.entryId, afterS: context.laterS }] : [],
      ),
    }),
  );
}
