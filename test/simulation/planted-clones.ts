/** Bugs about keys of the terminal's own, copied disks, and two entries under one number. */
import { toHex } from '../../base/bytes.ts';
import { OUTCOME, type Outcome } from '../../sync/formats/answers.ts';
import { type OfferedEntryMessage, parseBatch } from '../../sync/formats/messages.ts';
import type { PlantedBug } from './planted.ts';
import { sayOutcome } from './planted-platform.ts';

/** A release is applied by its numbers: the own entries there may be of another branch. */
const anyBranch: PlantedBug = {
  name: 'applies a release without looking at its own hash',
  foundIn: 'clone',
  breaks: 'law 2',
  terminal: {
    port: (port, kept) => ({
      ...port,
      nextBatch(basis, limits, isSetAside) {
        const batch = port.nextBatch(basis, limits, isSetAside);
        for (const { journalId, seq, entryHash } of batch) kept.set(`${toHex(journalId)}/${seq}`, entryHash);
        return batch;
      },
      applyRelease(release) {
        const journal = toHex(release.journalId);
        const ranges = release.ranges.flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((seq) => {
            const own = kept.get(`${journal}/${seq}`);
            return own instanceof Uint8Array ? [{ from: seq, to: seq, hashAtTo: own }] : [];
          }),
        );
        return port.applyRelease({ ...release, ranges });
      },
    }),
  },
};

/** Says this of every entry whose number another one has, and does not hold it. */
function ofSecond(outcome: Outcome): NonNullable<PlantedBug['platform']> {
  return {
    dispatch: (dispatch, context, kept) => async (name, request) => {
      const batch = name === 'entries' ? parseBatch(request.content) : undefined;
      const offered = batch?.ok ? batch.value : [];
      const place = ({ journalId, seq }: OfferedEntryMessage) => `${toHex(journalId)}/${seq}`;
      const isSecond = (one: OfferedEntryMessage) =>
        (kept.get(place(one)) ?? toHex(one.entryHash)) !== toHex(one.entryHash);
      const second = offered.filter(isSecond);
      if (second.length > 0) return sayOutcome(context, second, outcome);
      const answer = await dispatch(name, request);
      if (answer.status === 200) for (const one of offered) kept.set(place(one), toHex(one.entryHash));
      return answer;
    },
  };
}

/** Of two entries under one number the first is held, and the second is said to be. */
const secondDropped: PlantedBug = {
  name: "drops a fork's second entry",
  foundIn: 'clone',
  breaks: 'law 1',
  platform: ofSecond(OUTCOME.held),
};

/** Of two entries under one number the second counts as the first one's older self. */
const secondSuperseded: PlantedBug = {
  name: "takes a fork's second entry for superseded",
  foundIn: 'clone',
  breaks: 'law 1',
  platform: ofSecond(OUTCOME.superseded),
};

/** A fork is held and nobody is told: neither alarm nor word to open a new journal. */
const forkUnsaid: PlantedBug = {
  name: 'holds a fork and rings for nothing',
  foundIn: 'clone',
  breaks: 'law 4',
  platform: {
    dispatch: (dispatch, context) => async (name, request) => {
      const answer = await dispatch(name, request);
      const told = ['fork', 'clone-mark', 'head-behind', 'old-key', 'broken-link'];
      await context.store.db.deleteFrom('alarms').where('kind', 'in', told).execute();
      return answer;
    },
  },
};

/** The key was promoted, and the program goes on with the one it knows. */
const oldKeyKept: PlantedBug = {
  name: 'goes on signing with the old key after the new one is promoted',
  foundIn: 'new-key',
  breaks: 'keys',
  terminal: {
    parts(parts, _life, kept) {
      const { keys } = parts;
      return {
        ...parts,
        keys: {
          ...keys,
          signingKey() {
            const key = keys.signingKey();
            if (key.ok && !kept.has('key')) kept.set('key', key);
            return (kept.get('key') as typeof key | undefined) ?? key;
          },
        },
      };
    },
  },
};

/** The key before is thrown away when the new one is promoted, though no backup of the platform knows that yet. */
const formerGone: PlantedBug = {
  name: 'forgets the old key before a backup of the platform knows the new one',
  foundIn: 'new-key',
  breaks: 'law 5',
  terminal: {
    parts: (parts) => ({ ...parts, keys: { ...parts.keys, findFormer: () => undefined } }),
  },
};

/** The new key signs before its certificate is there. */
const uncertified: PlantedBug = {
  name: 'promotes a new key before it is certified',
  foundIn: 'new-key',
  breaks: 'service',
  terminal: {
    parts(parts) {
      const { keys } = parts;
      return {
        ...parts,
        keys: {
          ...keys,
          nextKey() {
            const next = keys.nextKey();
            const cert = parts.keys.findCert();
            if (next.ok) keys.promote(cert ?? new Uint8Array(0));
            return next;
          },
        },
      };
    },
  },
};

/** The old key is retired when the new one is certified: whose answer was lost has no key that counts. */
const retiredEarly: PlantedBug = {
  name: 'retires the old key when the new one is certified',
  foundIn: 'new-key',
  breaks: 'law 5',
  platform: {
    dispatch: (dispatch, context) => async (name, request) => {
      const answer = await dispatch(name, request);
      if (name === 'newKey' && answer.status === 200)
        await context.store.db
          .updateTable('terminalKeys')
          .set({ retiredMs: context.clock.wallMs() })
          .where('cert', '!=', answer.content)
          .execute();
      return answer;
    },
  },
};

/** With the old key goes what it signed: entries of the old journal are strangers'. */
const certForgotten: PlantedBug = {
  name: 'forgets the certificate of the old key with the key',
  foundIn: 'new-key',
  breaks: 'law 5',
  platform: {
    dispatch: (dispatch, context) => async (name, request) => {
      await context.store.db.deleteFrom('terminalKeys').where('retiredMs', 'is not', null).execute();
      return dispatch(name, request);
    },
  },
};

/** What may go wrong with keys, clones and forks. */
export const PLANTED_WITH_CLONES: readonly PlantedBug[] = [
  anyBranch,
  secondDropped,
  secondSuperseded,
  forkUnsaid,
  oldKeyKept,
  formerGone,
  uncertified,
  retiredEarly,
  certForgotten,
];
