import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, isoDate } from '../../base/calendar.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { invariant } from '../../base/result.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { askSharedData } from '../testing/ask-shared-data.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import {
  enrolTerminal,
  filedCase,
  newId,
  openProgress,
  type TestTerminal,
} from '../testing/test-terminal.ts';
import { SAMPLE_CALENDAR } from './calendar.ts';

const SERVICE = 'hospital';
const MATTER = ['hospital-appointment', 1, new Uint8Array(32)];

interface Time {
  readonly day: string;
  readonly from: string;
}

/** The first time of working days from tomorrow on that so many can come to. */
function findTime(capacity: number): Time {
  const today = isoDate(Date.now());
  for (let ahead = 1; ahead < 30; ahead += 1) {
    const day = addDays(today, ahead);
    const time = SAMPLE_CALENDAR.timesOf(SERVICE, day).find((one) => one.capacity === capacity);
    if (time) return { day, from: time.from };
  }
  throw new Error('no such time');
}

const asks = ({ day, from }: Time, fields: object = {}) =>
  filedCase(DONGCUN, {
    matter: MATTER,
    answers: { time: { slot: `${SERVICE}/${day}/${from}`, day, from } },
    ...fields,
  });

const told = async (terminal: TestTerminal, filed: ReturnType<typeof filedCase>) =>
  openProgress(filed, (await terminal.feed()).items).map(({ status, words }) => [status, words]);

async function left(terminal: TestTerminal, service = SERVICE): Promise<QueryContent> {
  const parameters = [{ name: 'service', value: service }];
  const said = await askSharedData(terminal, {
    ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.slots, parameters },
  });
  invariant('outcome' in said, 'the platform answers');
  return said;
}

const isLeft = async (terminal: TestTerminal, { day, from }: Time): Promise<boolean> => {
  const said = await left(terminal);
  return said.outcome === 'found' && said.records.some((one) => one.day === day && one.from === from);
};

const standing = async ({ platform }: TestPlatform, { day, from }: Time): Promise<number> => {
  const rows = await platform.context.store.db
    .selectFrom('bookings')
    .select('seat')
    .where('day', '=', day)
    .where('fromTime', '=', from)
    .where('freedMs', 'is', null)
    .execute();
  return rows.length;
};

describeOnBoth('appointments', (host) => {
  it('are offered from tomorrow on, on working days alone, and never for what no matter books', async () => {
    const test = await host.shared();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const said = await left(terminal);
    invariant(said.outcome === 'found', 'there are times');
    const days = [...new Set(said.records.map(({ day }) => String(day)))];
    expect(days.every((day) => day > isoDate(Date.now()) && day <= addDays(isoDate(Date.now()), 14))).toBe(
      true,
    );
    expect(
      days.map((day) => new Date(`${day}T04:00:00Z`).getUTCDay()).filter((at) => at === 0 || at === 6),
    ).toEqual([]);
    expect(await left(terminal, 'nobody-knows')).toMatchObject({ outcome: 'nothing' });
  });

  it('are booked where the time is free, once a case, and told through the feed', async () => {
    const test = await host.start();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const time = findTime(1);
    const first = asks(time);
    const second = asks(time);
    const entry = terminal.entry(first.content);
    await terminal.offer([entry]);
    await terminal.offer([entry, terminal.reheader(entry, terminal.newJournal())]);
    expect(await standing(test, time)).toBe(1);
    expect(await told(terminal, first)).toEqual([['booked', expect.stringContaining(time.from)]]);
    expect(await isLeft(terminal, time)).toBe(false);
    await terminal.offer([terminal.entry(second.content)]);
    expect(await told(terminal, second)).toEqual([['arranging', expect.stringContaining('打电话')]]);
    expect(await standing(test, time)).toBe(1);
  });

  it('are arranged where there is only a wish, a time that is no time, or one that is over', async () => {
    const test = await host.start();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const { day, from } = findTime(2);
    for (const time of [
      { wish: true, day, part: 'morning' },
      { slot: 'x', day, from: '03:17' },
      { slot: 'x', day: isoDate(Date.now()), from },
      { slot: 'x', day: "2026-13-45'; --", from },
      'tomorrow',
    ]) {
      const filed = filedCase(DONGCUN, { matter: MATTER, answers: { time } });
      expect((await terminal.offer([terminal.entry(filed.content)])).outcomes).toEqual([0]);
      expect((await told(terminal, filed)).map(([status]) => status)).toEqual(['arranging']);
    }
    expect(await standing(test, { day, from })).toBe(0);
  });

  it('are given back when the case is withdrawn', async () => {
    const test = await host.start();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const time = findTime(1);
    const first = asks(time);
    await terminal.offer([terminal.entry(first.content)]);
    const withdrawal = {
      schema: 1,
      kind: 'case.withdrawn',
      caseId: first.caseId,
      submissionId: newId(),
      words: null,
    };
    await terminal.offer([terminal.entry(withdrawal)]);
    expect([await standing(test, time), await isLeft(terminal, time)]).toEqual([0, true]);
    const next = asks(time);
    await terminal.offer([terminal.entry(next.content)]);
    expect((await told(terminal, next)).map(([status]) => status)).toEqual(['booked']);
  });

  it('never put two people in one place, whoever asks at once, at two gateways', async () => {
    const first = await host.start();
    const at = (name: string) => nodeDisk(join(first.folder, name));
    const second = await host.start({
      ...{ database: first.database, keys: at('keys'), keyCopies: at('key-copies') },
      backups: { disk: at('backups'), everyMs: 3_600_000, keep: 2 },
    });
    const terminals = await Promise.all(
      [first, second, second].map(async ({ platform }) =>
        enrolTerminal(await platform.enrolmentCode(DONGCUN)),
      ),
    );
    const day = findTime(3).day;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ from: fc.constantFrom('09:00', '09:30', '14:00'), back: fc.boolean() }), {
          ...{ minLength: 3, maxLength: 9 },
        }),
        async (people) => {
          const filed = people.map(({ from, back }) => ({ ...asks({ day, from }), from, back }));
          await Promise.all(
            terminals.map(async (terminal, nth) => {
              const own = filed.filter((_, index) => index % terminals.length === nth);
              await terminal.offer(own.map(({ content }) => terminal.entry(content)));
              const leaving = own.filter(({ back }) => back);
              const gone = leaving.map(({ caseId }) =>
                terminal.entry({
                  ...{ schema: 1, kind: 'case.withdrawn', caseId, submissionId: newId(), words: null },
                }),
              );
              await terminal.offer(gone);
            }),
          );
          for (const { from, capacity } of SAMPLE_CALENDAR.timesOf(SERVICE, day))
            expect(await standing(first, { day, from })).toBeLessThanOrEqual(capacity);
        },
      ),
      { numRuns: 6 },
    );
  });
});
