import { beforeAll, expect, it } from 'vitest';
import { toBase64Url, toHex } from '../../base/bytes.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { loadCatalog } from '../../catalog/load.ts';
import { RESULT_PICTURE_BYTES } from '../../sync/progress-parts.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, filedCase, openProgress, type TestTerminal } from '../testing/test-terminal.ts';
import { lookUp } from './look-up.ts';
import { matterBook } from './matters.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const FOLDER = process.env.YIZHAN_PREPARED_CATALOG ?? new URL('../../catalog', import.meta.url).pathname;
const MATTERS = loadCatalog(readFolder(FOLDER)).matters;
const REPORT = MATTERS.find(({ id }) => id === 'problem-report')!;
const ALLOWANCE = MATTERS.find(({ id }) => id === 'old-age-allowance')!;

/** A grey square of 128 points as a baseline JPEG; `more` stands before its tables. */
function jpeg(...more: readonly number[]): Uint8Array {
  const segment = (marker: number, ...content: readonly number[]) => [
    ...[0xff, marker, 0, content.length + 2],
    ...content,
  ];
  const oneCode = [1, ...Array(15).fill(0), 0];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...more,
    ...segment(0xdb, 0, ...Array(64).fill(1)),
    ...segment(0xc0, 8, 0, 128, 0, 128, 1, 1, 0x11, 0),
    ...segment(0xc4, 0x00, ...oneCode),
    ...segment(0xc4, 0x10, ...oneCode),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...[0b0011_1111, 0xff, 0xd9],
  ]);
}
const EXIF = [0xff, 0xe1, 0, 8, ...new TextEncoder().encode('Exif\0\0')];

describeOnBoth('a picture of what came of a case', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let town: TestStaff;
  let other: TestStaff;

  beforeAll(async () => {
    test = await host.shared({ book: matterBook(MATTERS) });
    for (const [signIn, deskCode] of [
      ['own', '330624108'],
      ['other', '330624109'],
    ] as const)
      await putStaff(
        test.platform.context,
        { signIn, name: '工作人员', deskCode, password: PASSWORD },
        CHEAP,
      );
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    [town, other] = [
      await signInAs(test.platform, 'own', PASSWORD),
      await signInAs(test.platform, 'other', PASSWORD),
    ];
  }, 60_000);

  /** A case that is under way at the town. */
  async function file(matter = REPORT) {
    const made = filedCase(DONGCUN, {
      matter: [matter.id, matter.version, new Uint8Array(32)],
      answers: { what: 'lamp' },
    });
    expect((await terminal.offer([terminal.entry(made.content)])).outcomes).toEqual([0]);
    const path = `/cases/${toHex(made.caseId)}`;
    expect(
      (await town.post(path, { action: 'accept', seen: '1', actionKey: `a${path}`, words: '' })).status,
    ).toBe(303);
    return { ...made, path };
  }

  const finish = (path: string, picture: Uint8Array | string) =>
    town.post(path, {
      ...{ action: 'finish', seen: '2', actionKey: `f${path}`, words: '灯泡换了' },
      picture: typeof picture === 'string' ? picture : toBase64Url(picture),
    });

  it('goes down with the words, and to whoever has the slip; it lies sealed and is shown to its desk alone', async () => {
    const made = await file();
    const { path, caseId, content, localNumber } = made;
    expect((await finish(path, jpeg())).status).toBe(303);

    const told = openProgress(made, (await terminal.feed()).items);
    expect(told.at(-1)).toMatchObject({ status: 'finished', words: '灯泡换了', picture: jpeg() });

    const slip = { localNumber, slipCode: String(content.slipCode) };
    expect((await lookUp(test.platform.context, slip)).picture).toEqual(jpeg());
    expect((await lookUp(test.platform.context, { ...slip, slipCode: '000001' })).picture).toBeUndefined();

    const row = await test.platform.context.store.db
      .selectFrom('casePictures')
      .selectAll()
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(Buffer.from(row.sealed).includes(Buffer.from(jpeg().subarray(0, 40)))).toBe(false);
    expect((await town.get(path)).text).toContain(`<img src="${path}/picture"`);
    expect((await town.get(`${path}/picture`)).status).toBe(200);
    expect((await other.get(`${path}/picture`)).status).toBe(404);
  });

  it.each([
    ['no picture', Uint8Array.of(1, 2, 3)],
    ['one that says where it was taken', jpeg(...EXIF)],
    ['one too large to come down', new Uint8Array(RESULT_PICTURE_BYTES + 1)],
    ['no base64url', '***'],
  ])('is refused where it is %s, and nothing is done', async (_what, picture) => {
    const { path, caseId } = await file();
    expect((await finish(path, picture)).status).toBe(422);
    const { status } = await test.platform.context.store.db
      .selectFrom('cases')
      .select('status')
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(status).toBe('accepted');
  });

  it('goes with what somebody reported, and with nothing else', async () => {
    const { path, caseId, content, localNumber } = await file(ALLOWANCE);
    expect((await town.get(path)).text).not.toContain('name="picture"');
    await finish(path, jpeg());
    const slip = { localNumber, slipCode: String(content.slipCode) };
    expect((await lookUp(test.platform.context, slip)).picture).toBeUndefined();
    expect(caseId).toHaveLength(16);
  });
});
