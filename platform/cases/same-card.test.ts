/** What was handed in with the same card elsewhere is told to whoever has that card's chip, and to nobody by a number. */
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { findCardMark } from '../../sync/card-mark.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { putStaff } from '../desk/staff.ts';
import { askSharedData } from '../testing/ask-shared-data.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import { crypto, enrolTerminal, filedCase, type TestTerminal } from '../testing/test-terminal.ts';

const MATTER = 'dog-registration';
const PHOTO = Uint8Array.from({ length: 1_024 }, (_, at) => (at * 7) % 251);
const NUMBER = '330699194103120027';

function markOf(number: string, photo = PHOTO): Uint8Array {
  const mark = findCardMark(crypto, { number, photo });
  if (mark === undefined) throw new Error('a chip with a photo');
  return mark;
}

describeOnBoth('the same card elsewhere', (host) => {
  const enrol = async (test: TestPlatform, place = DONGCUN) =>
    enrolTerminal(await test.platform.enrolmentCode(place));

  async function file(test: TestPlatform, terminal: TestTerminal, matterId = MATTER) {
    const version = test.platform.context.book.find(matterId)?.version ?? 1;
    const filed = filedCase(JINGLING, {
      ...{ matter: [matterId, version, new Uint8Array(32)], cardMark: markOf(NUMBER) },
    });
    expect((await terminal.offer([terminal.entry(filed.content)])).outcomes).toEqual([0]);
    return { ...filed, id: toHex(filed.caseId) };
  }

  const ask = (terminal: TestTerminal, card: Uint8Array, matter = MATTER) =>
    askSharedData(terminal, {
      ...{ consentId: null, person: null, dataSet: OWN_QUESTIONS.underWay },
      parameters: [
        { name: 'card', value: toHex(card) },
        { name: 'matter', value: matter },
      ],
    });

  it('is told at any terminal by day, place and status, until it is decided', async () => {
    const test = await host.start();
    const [there, here] = [await enrol(test, JINGLING), await enrol(test)];
    const { context } = test.platform;
    const filed = await file(test, there);
    const answer = await ask(here, markOf(NUMBER));
    expect(answer).toMatchObject({
      outcome: 'found',
      records: [{ day: isoDate(context.clock.wallMs()), place: JINGLING.village.name, status: 'received' }],
    });
    // Nothing that would name the person or open the case.
    for (const secret of [filed.id, filed.content.localNumber, NUMBER])
      expect(JSON.stringify(answer)).not.toContain(secret);
    await context.store.db
      .updateTable('cases')
      .set({ status: 'finished' })
      .where('caseId', '=', filed.caseId)
      .execute();
    expect(await ask(here, markOf(NUMBER))).toMatchObject({ outcome: 'nothing' });
  });

  it('is told to nobody who knows the number alone, of no other matter, and of no private one', async () => {
    const test = await host.start();
    const here = await enrol(test);
    const { book } = test.platform.context;
    const secret = book.all().find((one) => one.private && one.kind === 'apply')!.id;
    await file(test, here);
    await file(test, here, secret);
    for (const [card, matter] of [
      [
        markOf(
          NUMBER,
          PHOTO.map((byte) => byte ^ 1),
        ),
        MATTER,
      ],
      [markOf('330699195001010018'), MATTER],
      [markOf(NUMBER), 'village-banquet'],
      [markOf(NUMBER), secret],
      [markOf(NUMBER), 'unknown'],
    ] as const)
      expect(await ask(here, card, matter)).toMatchObject({ outcome: 'nothing' });
    expect(await ask(here, markOf(NUMBER).subarray(1))).toMatchObject({ problem: 'malformed' });
    expect(findCardMark(crypto, { number: NUMBER, photo: new Uint8Array(1_024) })).toBeUndefined();
    const rows = await test.platform.context.store.db.selectFrom('caseCards').selectAll().execute();
    for (const { card } of rows) expect(toHex(markOf(NUMBER))).not.toContain(toHex(card));
  });

  it('is told so often and no more', async () => {
    const test = await host.start();
    const here = await enrol(test);
    const many = [];
    for (let at = 0; at < 31; at += 1) many.push(await ask(here, markOf(NUMBER)));
    expect(many.at(0)).toMatchObject({ outcome: 'nothing' });
    expect(many.at(-1)).toMatchObject({ outcome: 'later', afterS: expect.any(Number) });
  });

  it('stands at the desk beside the other, by the number that closes one of them', async () => {
    const test = await host.start();
    const terminal = await enrol(test);
    const [one, other] = [await file(test, terminal), await file(test, terminal)];
    const staff = {
      signIn: 'same',
      name: '工作人员',
      deskCode: DONGCUN.town.code,
      password: 'a long password',
    };
    await putStaff(test.platform.context, staff, { N: 2 ** 10, r: 8, p: 1 });
    const town = await signInAs(test.platform, 'same', staff.password);
    const { text } = await town.get(`/cases/${one.id}`);
    expect(text).toContain('同一张身份证还交过这件事');
    const number = other.content.localNumber.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');
    expect(text).toContain(number);
    await town.act(one.id, 'refuse', { 'remedy-words': '', 'duplicate-of': other.content.localNumber });
    expect((await town.get(`/cases/${other.id}`)).text).not.toContain('还交过这件事');
  });
});
