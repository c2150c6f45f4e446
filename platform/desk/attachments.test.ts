import { beforeAll, expect, it } from 'vitest';
import { concat, toHex, utf8 } from '../../base/bytes.ts';
import { encryptAttachment } from '../../sync/formats/attachment.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import { crypto, enrolTerminal, filedCase, newId, type TestTerminal } from '../testing/test-terminal.ts';
import { putStaff } from './staff.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';

/** A grey square of 8 by 8 points as a baseline JPEG: one table each, one block, no more. */
function greyJpeg(): Uint8Array {
  const segment = (marker: number, ...content: readonly number[]) => [
    ...[0xff, marker, 0, content.length + 2],
    ...content,
  ];
  const oneCode = [1, ...Array(15).fill(0), 0];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, 0, ...Array(64).fill(1)),
    ...segment(0xc0, 8, 0, 8, 0, 8, 1, 1, 0x11, 0),
    ...segment(0xc4, 0x00, ...oneCode),
    ...segment(0xc4, 0x10, ...oneCode),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...[0b0011_1111, 0xff, 0xd9],
  ]);
}

describeOnBoth('files of a case at the desk', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;

  beforeAll(async () => {
    test = await host.shared();
    for (const [signIn, deskCode] of [
      ['files-own', '330624108'],
      ['files-other', '330624109'],
    ] as const) {
      await putStaff(
        test.platform.context,
        { signIn, name: '工作人员', deskCode, password: PASSWORD },
        CHEAP,
      );
    }
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
  }, 60_000);

  /** Files a case, or a supplement to one, with these files; the case and their paths at the desk. */
  async function file(
    files: readonly { readonly mediaType: string; readonly plain: Uint8Array }[],
    supplementTo?: Uint8Array,
    kind: 'case.supplemented' | 'case.collected' = 'case.supplemented',
  ) {
    const made = files.map(({ mediaType, plain }) => {
      const key = crypto.randomBytes(32);
      const sealed = encryptAttachment(crypto, key, plain);
      if (!sealed.ok) throw new Error('a small file');
      return { ...sealed.value, key, mediaType };
    });
    for (const { name, sealed } of made) await terminal.upload(name, sealed, 1_000_000);
    const attachments = made.map(({ hash, key, mediaType, sealed }) => [hash, key, mediaType, sealed.length]);
    const filed = filedCase(DONGCUN, { attachments, answers: { paper: 0 } });
    const caseId = supplementTo ?? filed.caseId;
    const later = { schema: 1, kind, caseId, submissionId: newId(), attachments };
    const supplied = { ...later, words: '补照片', answers: {} };
    const taken = { ...later, how: 'card+signature', answers: { taken: 0 } };
    const act = kind === 'case.collected' ? taken : supplied;
    const content = supplementTo ? act : filed.content;
    const listed = made.map(({ hash, sealed }) => ({ hash, bytes: sealed.length }));
    const { outcomes } = await terminal.offer([terminal.entry(content, { bend: { attachments: listed } })]);
    expect(outcomes).toEqual([0]);
    const page = `/cases/${toHex(caseId)}`;
    return { caseId, page, paths: made.map(({ name }) => `${page}/attachments/${name}`) };
  }

  async function fetchAs(name: string | null, path: string) {
    const { deskUrl } = test.platform;
    const cookie = name === null ? '' : (await signInAs(test.platform, name, PASSWORD)).cookie;
    const response = await fetch(`${deskUrl}${path}`, { headers: { cookie }, redirect: 'manual' });
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  it('shows a photograph to the desk whose case it is, and puts the look on record', async () => {
    const plain = greyJpeg();
    const { caseId, page, paths } = await file([{ mediaType: 'image/jpeg', plain }]);
    const shown = await fetchAs('files-own', page);
    expect(new TextDecoder().decode(shown.bytes)).toContain(`<img src="${paths[0]}"`);
    expect(shown.response.headers.get('content-security-policy')).toContain("img-src data: 'self'");

    const { response, bytes } = await fetchAs('files-own', paths[0]!);
    expect(response.status).toBe(200);
    expect(bytes).toEqual(plain);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    });
    expect(headers['content-disposition']).toMatch(/^inline; filename="[0-9a-f]{8}\.jpg"$/);
    const { db } = test.platform.context.store;
    const views = await db.selectFrom('caseViews').selectAll().where('caseId', '=', caseId).execute();
    expect(views).toHaveLength(2);
  });

  it('shows it to nobody else', async () => {
    const { paths } = await file([{ mediaType: 'image/jpeg', plain: greyJpeg() }]);
    const other = await file([{ mediaType: 'image/jpeg', plain: greyJpeg() }]);
    expect((await fetchAs('files-other', paths[0]!)).response.status).toBe(404);
    const stranger = await fetchAs(null, paths[0]!);
    expect([stranger.response.status, stranger.response.headers.get('location')]).toEqual([303, '/sign-in']);
    const wrong = [
      `${other.page}/attachments/${paths[0]!.split('/').at(-1)}`,
      `${other.page}/attachments/ab`,
    ];
    for (const path of wrong) expect((await fetchAs('files-own', path)).response.status).toBe(404);
  });

  it.each([
    ['says it is a page', 'text/html', utf8('<script>alert(1)</script>')],
    ['says it is a page and is a photograph', 'text/html', greyJpeg()],
    ['says it is a photograph and is none', 'image/jpeg', utf8('<svg onload="alert(1)">')],
  ])('hands over, and never shows, what %s', async (_name, mediaType, plain) => {
    const { page, paths } = await file([{ mediaType, plain }]);
    const { response, bytes } = await fetchAs('files-own', paths[0]!);
    expect(bytes).toEqual(plain);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{8}\.bin"$/);
    const { bytes: shown } = await fetchAs('files-own', page);
    expect(new TextDecoder().decode(shown).includes('<img')).toBe(mediaType === 'image/jpeg');
  });

  it('plays a recording to the desk whose case it is, and hands over what only says that it is one', async () => {
    const plain = concat(Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3), new Uint8Array(40));
    const lie = utf8('<script>alert(1)</script>');
    const { page, paths } = await file([
      { mediaType: 'audio/webm', plain },
      { mediaType: 'audio/webm', plain: lie },
    ]);
    const shown = await fetchAs('files-own', page);
    expect(new TextDecoder().decode(shown.bytes)).toContain(
      `<audio controls preload="none" src="${paths[0]}"`,
    );
    expect(shown.response.headers.get('content-security-policy')).toContain("media-src 'self'");
    const { response, bytes } = await fetchAs('files-own', paths[0]!);
    expect(bytes).toEqual(plain);
    expect(response.headers.get('content-type')).toBe('audio/webm');
    expect(response.headers.get('content-disposition')).toMatch(/^inline; filename="[0-9a-f]{8}\.webm"$/);
    expect((await fetchAs('files-own', paths[1]!)).response.headers.get('content-type')).toBe(
      'application/octet-stream',
    );
  });

  it('shows what came with a supplement', async () => {
    const { caseId, page } = await file([]);
    const staff = await signInAs(test.platform, 'files-own', PASSWORD);
    await staff.act(toHex(caseId), 'accept');
    await staff.act(toHex(caseId), 'ask-supplement', { words: '请补照片' });
    const { paths } = await file([{ mediaType: 'image/jpeg', plain: greyJpeg() }], caseId);
    expect((await staff.get(page)).text).toContain(`<img src="${paths[0]}"`);
    expect((await fetchAs('files-own', paths[0]!)).bytes).toEqual(greyJpeg());
  });

  it('shows what was signed for a result, to the desk that gave it', async () => {
    const { caseId, page } = await file([]);
    const staff = await signInAs(test.platform, 'files-own', PASSWORD);
    await staff.act(toHex(caseId), 'accept');
    await staff.act(toHex(caseId), 'finish', { words: '好了' });
    expect((await staff.get(page)).text).not.toContain('结果取走了');
    const { paths } = await file([{ mediaType: 'image/jpeg', plain: greyJpeg() }], caseId, 'case.collected');
    expect((await staff.get(page)).text).toMatch(/又放了一次身份证，并签了名/);
    expect((await staff.get(page)).text).toContain(`<img src="${paths[0]}"`);
    expect((await fetchAs('files-own', paths[0]!)).bytes).toEqual(greyJpeg());
    expect((await fetchAs('files-other', paths[0]!)).response.status).toBe(404);
  });
});
