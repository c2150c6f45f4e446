/** A case is supplied and taken back at any machine by the card it was filed with, and by nothing else. */
import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { findCardMark } from '../../sync/card-mark.ts';
import { findCasesThere } from '../../sync/cases-there.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { putStaff } from '../desk/staff.ts';
import { askSharedData } from '../testing/ask-shared-data.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import {
  crypto,
  enrolTerminal,
  filedCase,
  newId,
  openProgress,
  type TestTerminal,
} from '../testing/test-terminal.ts';

const MATTER = 'village-banquet';
const PASSWORD = 'a long password of staff';
const PHOTO = Uint8Array.from({ length: 1_024 }, (_, at) => (at * 7) % 251);
const MOTHER = '330699194103120027';

function markOf(number: string, photo = PHOTO): Uint8Array {
  const mark = findCardMark(crypto, { number, photo });
  if (mark === undefined) throw new Error('a chip with a photo');
  return mark;
}

describeOnBoth('a case at another machine', (host) => {
  let test: TestPlatform;
  /** Where it was filed, and the other. */
  let there: TestTerminal;
  let here: TestTerminal;
  let town: TestStaff;
  /** Every test has a card of its own. */
  let cards = 0;

  beforeAll(async () => {
    test = await host.shared();
    const { context } = test.platform;
    const staff = {
      signIn: 'shaxi-there',
      name: '工作人员',
      deskCode: DONGCUN.town.code,
      password: PASSWORD,
    };
    await putStaff(context, staff, { N: 2 ** 10, r: 8, p: 1 });
    there = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    here = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    town = await signInAs(test.platform, 'shaxi-there', PASSWORD);
  }, 60_000);

  function newCard(): Uint8Array {
    cards += 1;
    return markOf(
      MOTHER,
      PHOTO.map((byte) => byte ^ cards),
    );
  }

  async function file(cardMark: Uint8Array | undefined, fields: Record<string, unknown> = {}) {
    const filed = filedCase(DONGCUN, {
      matter: [MATTER, 1, new Uint8Array(32)],
      answers: { tables: 12, phone: '13800138000' },
      ...(cardMark && { cardMark }),
      ...fields,
    });
    expect((await there.offer([there.entry(filed.content)])).outcomes).toEqual([0]);
    return { ...filed, id: toHex(filed.caseId) };
  }
  type Filed = Awaited<ReturnType<typeof file>>;

  async function look(cardMark: Uint8Array, at = here) {
    const answer = await askSharedData(at, {
      ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.casesThere },
      parameters: [{ name: 'card', value: toHex(cardMark) }],
    });
    if (!('outcome' in answer) || answer.outcome !== 'found') return [];
    return findCasesThere(answer.records) ?? [];
  }

  const ask = (filed: Filed) =>
    town.act(filed.id, 'ask-supplement', {
      ...{ 'ask-question-tables': 'on', 'ask-question-phone': 'on' },
      ...{ 'ask-days': '5', words: '桌数和电话对不上' },
    });

  /** A case that is asked for more, and what the other machine is told of it. */
  async function askedCase(cardMark: Uint8Array) {
    const filed = await file(cardMark);
    await ask(filed);
    const askedMs = (await look(cardMark))[0]?.asked?.askedMs ?? 0;
    return { filed, askedMs };
  }

  async function offer(
    filed: Pick<Filed, 'caseId'>,
    kind: string,
    fields: Record<string, unknown>,
    by = here,
  ) {
    const content = { schema: 1, kind, caseId: filed.caseId, submissionId: newId(), words: null, ...fields };
    const entry = by.entry(content);
    expect((await by.offer([entry])).outcomes).toEqual([0]);
    return entry.header.entryId;
  }
  const supply = (filed: Pick<Filed, 'caseId'>, fields: Record<string, unknown>, by = here) =>
    offer(filed, 'case.supplemented', { answers: { tables: 7 }, attachments: [], ...fields }, by);

  const statusOf = async ({ caseId }: Pick<Filed, 'caseId'>) =>
    await test.platform.context.store.db
      .selectFrom('cases')
      .select(['status', 'actionCount'])
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
  const filingOf = async (entryId: Uint8Array) =>
    test.platform.context.store.db
      .selectFrom('bodies')
      .select(['filing', 'oddity'])
      .where('entryId', '=', entryId)
      .executeTakeFirstOrThrow();
  const unfiledAlarms = async () =>
    (
      await test.platform.context.store.db
        .selectFrom('alarms')
        .select('kind')
        .where('kind', '=', 'unfiled')
        .execute()
    ).length;

  it('is told with what is asked for, supplied there, and told where it was filed', async () => {
    const card = newCard();
    const filed = await file(card);
    const [before] = await look(card);
    expect(before).toMatchObject({
      ...{ caseId: filed.caseId, matterId: MATTER, localNumber: filed.content.localNumber },
      ...{ slipCode: filed.content.slipCode, place: DONGCUN.village.name, status: 'received', asked: null },
    });
    await ask(filed);
    const [told] = await look(card);
    expect(told).toMatchObject({ status: 'supplement', asked: { ask: { note: '桌数和电话对不上' } } });
    expect(told?.asked?.ask.items.map(({ of, id }) => [of, id])).toEqual([
      ['question', 'tables'],
      ['question', 'phone'],
    ]);

    const alarms = await unfiledAlarms();
    const entryId = await supply(filed, { cardMark: card, askedMs: told?.asked?.askedMs });
    expect(await filingOf(entryId)).toEqual({ filing: 'filed', oddity: null });
    expect((await statusOf(filed)).status).toBe('supplemented');
    expect(await unfiledAlarms()).toBe(alarms);
    expect((await town.get(`/cases/${filed.id}`)).text).toMatch(/补的<\/b> 7 桌/);
    expect((await look(card))[0]).toMatchObject({ status: 'supplemented', asked: null });
    const items = (await there.feed(undefined)).items;
    expect(openProgress(filed, items).at(-1)).toMatchObject({ status: 'supplemented' });
  });

  it('is taken back there, and told no more', async () => {
    const card = newCard();
    const filed = await file(card);
    await offer(filed, 'case.withdrawn', { cardMark: card });
    expect((await statusOf(filed)).status).toBe('withdrawn');
    expect(await look(card)).toEqual([]);
  });

  it('in words alone is told in words', async () => {
    const card = newCard();
    const filed = await file(card);
    await town.act(filed.id, 'ask-supplement', { words: '请带户口本来' });
    expect((await look(card))[0]?.asked?.ask).toEqual({ items: [], by: null, note: '请带户口本来' });
  });

  it('has no effect without its card: held, for a person to see, and nobody’s case moves', async () => {
    const [mine, other] = [newCard(), newCard()];
    const { filed, askedMs } = await askedCase(mine);
    const others = await askedCase(other);
    const without = await file(undefined);
    await ask(without);
    const before = await statusOf(filed);
    const ways: readonly (readonly [string, Record<string, unknown>, Pick<Filed, 'caseId'>])[] = [
      // Number and code, guessed or found, and even the id of the case.
      [
        'without the card',
        { askedMs, localNumber: filed.content.localNumber, slipCode: filed.content.slipCode },
        filed,
      ],
      ['another card', { askedMs, cardMark: other }, filed],
      // Whoever has a card of their own names another's case.
      ['another card', { askedMs: others.askedMs, cardMark: mine }, others.filed],
      // Somebody's number, with another photo.
      ['another card', { askedMs, cardMark: markOf(MOTHER) }, filed],
      ['another card', { askedMs, cardMark: new Uint8Array(32) }, filed],
      // A case that was filed without a card can be supplied where it was filed alone.
      ['another card', { askedMs, cardMark: mine }, without],
      ['an ask that is not there', { cardMark: mine }, filed],
      ['an ask that is not there', { cardMark: mine, askedMs: askedMs + 1 }, filed],
    ];
    for (const [trouble, fields, of] of ways) {
      const alarms = await unfiledAlarms();
      const entryId = await supply(of, fields);
      expect(await filingOf(entryId)).toEqual({
        filing: 'unfiled',
        oddity: `supplement from elsewhere: ${trouble}`,
      });
      expect(await unfiledAlarms()).toBe(alarms + 1);
    }
    for (const fields of [{}, { cardMark: other }])
      expect(await filingOf(await offer(filed, 'case.withdrawn', fields))).toMatchObject({
        filing: 'unfiled',
      });
    expect(await filingOf(await offer(filed, 'case.collected', { how: 'card' }))).toMatchObject({
      oddity: 'collect from elsewhere: without the card',
    });
    expect(await statusOf(filed)).toEqual(before);
    expect((await statusOf(others.filed)).status).toBe('supplement');
    expect((await statusOf(without)).status).toBe('supplement');
    // Where it was filed nobody need prove it again.
    await supply(without, {}, there);
    expect((await statusOf(without)).status).toBe('supplemented');
  });

  it('of a private matter is neither told nor taken', async () => {
    const card = newCard();
    const secret = test.platform.context.book.all().find((one) => one.private && one.kind === 'apply')!.id;
    for (const matterId of [secret, 'known-no-more']) {
      const filed = await file(card, { matter: [matterId, 1, new Uint8Array(32)] });
      expect(await look(card)).toEqual([]);
      const entryId = await offer(filed, 'case.withdrawn', { cardMark: card });
      expect(await filingOf(entryId)).toMatchObject({ oddity: 'withdraw from elsewhere: a private matter' });
      expect((await statusOf(filed)).status).toBe('received');
    }
  });

  it('is neither told nor taken while any case of the card says that it is in doubt, or while it is stopped', async () => {
    const card = newCard();
    const { filed, askedMs } = await askedCase(card);
    const second = await file(card);
    await town.act(second.id, 'accept', { atCounter: 'wanted' });
    expect(await look(card)).toEqual([]);
    expect(await filingOf(await supply(filed, { cardMark: card, askedMs }))).toMatchObject({
      oddity: 'supplement from elsewhere: a card in doubt',
    });
    await town.act(second.id, 'finish', { atCounter: 'seen' });
    expect(await look(card)).toHaveLength(1);
    await test.platform.context.store.db
      .updateTable('cases')
      .set({ frozen: 1 })
      .where('caseId', '=', filed.caseId)
      .execute();
    expect(await look(card)).toEqual([]);
  });

  it('answers an ask once: the same again, by any machine, moves nothing', async () => {
    const card = newCard();
    const { filed, askedMs } = await askedCase(card);
    await supply(filed, { cardMark: card, askedMs });
    for (const by of [here, there]) await supply(filed, { cardMark: card, askedMs }, by);
    expect((await statusOf(filed)).status).toBe('supplemented');
    // What answered the ask before answers no later one.
    test.clock.advance(1_000);
    await ask(filed);
    await supply(filed, { cardMark: card, askedMs });
    expect((await statusOf(filed)).status).toBe('supplement');
  });

  it('that comes before its case waits for it, and is judged then', async () => {
    const [card, other] = [newCard(), newCard()];
    for (const [mark, status] of [
      [card, 'withdrawn'],
      [other, 'received'],
    ] as const) {
      const late = filedCase(DONGCUN, { matter: [MATTER, 1, new Uint8Array(32)], cardMark: card });
      const entryId = await offer(late, 'case.withdrawn', { cardMark: mark });
      expect(await filingOf(entryId)).toMatchObject({ filing: 'waiting' });
      expect((await there.offer([there.entry(late.content)])).outcomes).toEqual([0]);
      expect((await statusOf(late)).status).toBe(status);
    }
  });

  it('is told to nobody by a number, so often and no more, and never in parts', async () => {
    const card = newCard();
    await file(card);
    expect(await look(markOf(MOTHER))).toEqual([]);
    const asker = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    const wrong = (parameters: readonly { name: string; value: string }[]) =>
      askSharedData(asker, {
        ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.casesThere },
        parameters: [...parameters],
      });
    expect(await wrong([])).toMatchObject({ problem: 'malformed' });
    expect(await wrong([{ name: 'card', value: toHex(card).slice(2) }])).toMatchObject({
      problem: 'malformed',
    });
    expect(
      await wrong([
        { name: 'card', value: toHex(card) },
        { name: 'matter', value: MATTER },
      ]),
    ).toMatchObject({ problem: 'malformed' });
    const many = [];
    for (let at = 0; at < 31; at += 1) many.push(await wrong([{ name: 'card', value: toHex(card) }]));
    expect(many.at(0)).toMatchObject({ outcome: 'found' });
    expect(many.at(-1)).toMatchObject({ outcome: 'later' });
    for (let at = 0; at < 41; at += 1) await file(card);
    expect((await look(card)).length).toBe(40);
  });
});
