import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../../platform/context.ts';
import { type Answer, answerHead, served } from '../../platform/gateway/answer.ts';
import { findEntryName } from '../../platform/intake/open-entry.ts';
import { inlineOpener } from '../../platform/intake/opener.ts';
import { OUTCOME, type Outcome, receiptFormat, releaseFormat } from '../../sync/formats/answers.ts';
import {
  makeBatchAnswer,
  type OfferedEntryMessage,
  parseBatch,
  parseBatchAnswer,
} from '../../sync/formats/messages.ts';
import type { PlantedBug } from './planted.ts';

/** The platform knows entries by their number instead of their id: a number it saw before is "held" already. */
const onceBySeq: PlantedBug = {
  name: 'holds once by number instead of by id',
  foundIn: 'hurt-disk',
  breaks: 'law 1',
  platform: {
    dispatch(dispatch, context) {
      const seen = new Map<number, string>();
      return async (name, request) => {
        const batch = name === 'entries' ? parseBatch(request.content) : undefined;
        const offered = batch?.ok ? batch.value : [];
        const doubled = offered.filter(
          ({ seq, entryId }) => (seen.get(seq) ?? toHex(entryId)) !== toHex(entryId),
        );
        if (doubled.length > 0) return sayHeld(context, doubled);
        const answer = await dispatch(name, request);
        if (answer.status === 200) for (const { seq, entryId } of offered) seen.set(seq, toHex(entryId));
        return answer;
      };
    },
  },
};

function sayHeld(context: PlatformContext, entries: readonly OfferedEntryMessage[]): Answer {
  return sayOutcome(context, entries, OUTCOME.held);
}

/** Receipts that say this of these entries, whatever is so. */
export function sayOutcome(
  context: PlatformContext,
  entries: readonly OfferedEntryMessage[],
  outcome: Outcome,
): Answer {
  const { key } = context.keys.answerKey();
  const receipts = entries.flatMap(({ entry, journalId, seq, entryId, entryHash }) => {
    const name = findEntryName(context.crypto, entry);
    if (!name) return [];
    const items = [{ seq, entryId, entryHash, outcome }];
    return [receiptFormat.make(key, { ...answerHead(context, name.terminalId), journalId, items })];
  });
  return served(makeBatchAnswer({ receipts, releases: [], later: [] }));
}

/** The receipt is signed first, and the entry is stored a moment later. */
const receiptFirst: PlantedBug = {
  name: 'receipts before it has committed',
  foundIn: 'platform-killed',
  breaks: 'law 1',
  platform: {
    dispatch: (dispatch, context) => async (name, request) => {
      const batch = name === 'entries' ? parseBatch(request.content) : undefined;
      if (!batch?.ok || batch.value.length === 0) return dispatch(name, request);
      context.clock.after(500, () => void dispatch(name, request).catch(() => undefined));
      return sayHeld(context, batch.value);
    },
  },
};

/** What is held is remembered in a cache beside the database, which no restore takes back. */
const heldInCache: PlantedBug = {
  name: 'answers from a cache that outlives a restore',
  foundIn: 'gateways',
  breaks: 'law 1',
  platform: {
    dispatch: (dispatch, context, kept) => async (name, request) => {
      const batch = name === 'entries' ? parseBatch(request.content) : undefined;
      const offered = batch?.ok ? batch.value : [];
      if (offered.length > 0 && offered.every(({ entryId }) => kept.has(toHex(entryId))))
        return sayHeld(context, offered);
      const answer = await dispatch(name, request);
      const said = parseBatchAnswer(answer.content);
      for (const bytes of said.ok ? said.value.receipts : []) {
        const receipt = receiptFormat.parse(bytes);
        if (receipt.ok) for (const { entryId } of receipt.value.value.items) kept.set(toHex(entryId), 'held');
      }
      return answer;
    },
  },
};

/** What is held is released at once, before any backup has it. */
const releasedUnsaved: PlantedBug = {
  name: 'releases what is in no backup yet',
  foundIn: 'platform-restored',
  breaks: 'law 1',
  platform: {
    dispatch: (dispatch, context) => async (name, request) => {
      const answer = await dispatch(name, request);
      const batch = name === 'entries' ? parseBatch(request.content) : undefined;
      const said = parseBatchAnswer(answer.content);
      if (!batch?.ok || answer.status !== 200 || !said.ok) return answer;
      const { key } = context.keys.answerKey();
      const releases = said.value.receipts.flatMap((bytes) => {
        const receipt = receiptFormat.parse(bytes);
        if (!receipt.ok) return [];
        const { items, journalId, terminalId } = receipt.value.value;
        const ranges = items.map(({ seq, entryHash }) => ({ from: seq, to: seq, hashAtTo: entryHash }));
        return [releaseFormat.make(key, { ...answerHead(context, terminalId), journalId, ranges })];
      });
      return served(makeBatchAnswer({ ...said.value, releases: [...said.value.releases, ...releases] }));
    },
  },
};

/** A restored platform goes on under the epoch it had. */
const sameEpoch: PlantedBug = {
  name: 'keeps its epoch after a restore',
  foundIn: 'platform-restored',
  breaks: 'law 1',
  platform: {
    context(context, kept) {
      if (!kept.has('epoch')) kept.set('epoch', context.epoch);
      return { ...context, epoch: kept.get('epoch') as Uint8Array };
    },
  },
};

/** Once there is a new opening key, the old one is thrown away, whatever is still sealed to it. */
const oldKeyGone: PlantedBug = {
  name: 'throws the old opening key away when there is a new one',
  foundIn: 'keys-rotated',
  breaks: 'law 5',
  platform: {
    context: (context) => ({
      ...context,
      opener: inlineOpener(context.crypto, context.keys.openingKeys().slice(-1)),
    }),
  },
};

/** An entry counts as held although its photographs are not here yet. */
const heldWithoutFiles: PlantedBug = {
  name: 'receipts an entry whose photographs it lacks',
  foundIn: 'partition',
  breaks: 'law 1',
  terminal: { port: (port) => ({ ...port, entriesWithFiles: () => [] }) },
  platform: {
    dispatch: (dispatch, context) => async (name, request) => {
      const answer = await dispatch(name, request);
      const batch = name === 'entries' ? parseBatch(request.content) : undefined;
      const said = parseBatchAnswer(answer.content);
      if (!batch?.ok || !said.ok || said.value.later.length === 0) return answer;
      const waiting = new Set(said.value.later.map(({ entryId }) => toHex(entryId)));
      return sayHeld(
        context,
        batch.value.filter(({ entryId }) => waiting.has(toHex(entryId))),
      );
    },
  },
};

/** What the platform may get wrong. */
export const PLANTED_IN_PLATFORM: readonly PlantedBug[] = [
  onceBySeq,
  receiptFirst,
  heldInCache,
  releasedUnsaved,
  sameEpoch,
  oldKeyGone,
  heldWithoutFiles,
];
