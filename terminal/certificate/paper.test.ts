/** Papers as they come out: set with real letters, drawn by Ghostscript, and looked at. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'uqr';
import { afterAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../base/bytes.ts';
import { projectCatalog } from '../../test/project-catalog.ts';
import { packagedFonts } from '../program/fonts.ts';
import type { Certificate } from './certificate.ts';
import { layOut } from './layout.ts';
import { createTypesetter } from './pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-paper-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CATALOG = projectCatalog();
const template = (id: string) => CATALOG.templates.find((one) => one.id === id)!;
const fieldsOf = (id: string) => CATALOG.dataSets.find((one) => one.id === id)!.fields;
const typesetter = createTypesetter(packagedFonts);

const QR_TEXT = `https://county.example/c#1.${toBase64Url(new Uint8Array(200).map((_zero, at) => at * 7))}`;

const certificate = (more: Partial<Certificate> = {}): Certificate => ({
  title: '户籍证明打印',
  person: { name: '张桂兰', number: '330699194103121024' },
  ...{ purpose: '孩子上学', from: '县公安局', asOfMs: Date.UTC(2026, 4, 1), fields: fieldsOf('household') },
  records: [{ name: '张桂兰', relation: '户主', birth: '1941-03-12', address: '样例县沙溪镇董村 12 号' }],
  which: null,
  pictures: [],
  issued: { number: '123456789012', qrText: QR_TEXT },
  ...{ sample: false, printedAtMs: Date.UTC(2026, 4, 2), place: '沙溪镇董村' },
  ...more,
});

async function setPaper(id: string, more: Partial<Certificate> = {}) {
  const set = await typesetter.set(template(id), certificate(more));
  if (!set.ok) throw new Error(set.error);
  return set.value;
}

/** A page as grey pixels, 0 black, drawn by Ghostscript. */
interface Picture {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): number;
}

/** Draws every page at `dpi`. */
function draw(pdf: Uint8Array, dpi: number): Picture[] {
  const pages = mkdtempSync(join(folder, 'pages-'));
  writeFileSync(join(pages, 'paper.pdf'), pdf);
  const to = `-sOutputFile=${join(pages, '%03d.pgm')}`;
  execFileSync('gs', [
    '-q',
    '-dNOPAUSE',
    '-dBATCH',
    '-sDEVICE=pgmraw',
    `-r${dpi}`,
    to,
    join(pages, 'paper.pdf'),
  ]);
  return readdirSync(pages)
    .filter((name) => name.endsWith('.pgm'))
    .sort()
    .map((name) => pictureOf(readFileSync(join(pages, name))));
}

function pictureOf(pgm: Buffer): Picture {
  const [head, width = '', height = ''] =
    /^P5\s(?:#.*\s)?(\d+)\s(\d+)\s255\s/.exec(pgm.subarray(0, 200).toString('latin1')) ?? [];
  const pixels = pgm.subarray(head?.length ?? 0);
  const [columns, rows] = [Number(width), Number(height)];
  return { width: columns, height: rows, at: (x, y) => pixels[y * columns + x] ?? 255 };
}

/** How much of a part of a page is dark; places are shares of its width and height. */
function inkOf(page: Picture, [left, top, right, bottom]: readonly [number, number, number, number]): number {
  let dark = 0;
  let all = 0;
  for (let y = Math.floor(top * page.height); y < bottom * page.height; y += 1)
    for (let x = Math.floor(left * page.width); x < right * page.width; x += 1) {
      all += 1;
      if (page.at(x, y) < 128) dark += 1;
    }
  return dark / all;
}

/** Every text of a paper, in order; whether each is drawn is looked at apart. */
function wordsOf(id: string, more: Partial<Certificate> = {}): string {
  const texts: string[] = [];
  JSON.stringify(layOut(template(id), certificate(more)).content, (key, value) => {
    if (key === 'text' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

/** How many pixels two pages differ in. */
function differing(one: Picture, other: Picture): number {
  let count = 0;
  for (let y = 0; y < one.height; y += 1)
    for (let x = 0; x < one.width; x += 1) if (Math.abs(one.at(x, y) - other.at(x, y)) > 100) count += 1;
  return count;
}

/** How many lines run across most of a page. */
function countRules(page: Picture): number {
  let count = 0;
  let wasRule = false;
  for (let y = 0; y < page.height; y += 1) {
    let dark = 0;
    for (let x = 0; x < page.width; x += 1) if (page.at(x, y) < 220) dark += 1;
    const isRule = dark > 0.6 * page.width;
    if (isRule && !wasRule) count += 1;
    wasRule = isRule;
  }
  return count;
}

describe('a certificate on paper', () => {
  it('says its title, whose it is, what for, from whom, and its number, on one sheet', async () => {
    const { pdf, pages } = await setPaper('certificate');
    const words = wordsOf('certificate');
    expect(pages).toBe(1);
    for (const word of ['户籍证明打印', '张桂兰（公民身份号码 330699194103121024）', '孩子上学', '县公安局'])
      expect(words).toContain(word);
    for (const word of ['1941年3月12日', '编号：1234 5678 9012', '2026年5月1日'])
      expect(words).toContain(word);
    const [page] = draw(pdf, 72);
    // The title in the middle above, nothing in the margins, the code at the right.
    expect(inkOf(page!, [0.35, 0.09, 0.65, 0.14])).toBeGreaterThan(0.03);
    expect(inkOf(page!, [0, 0, 0.1, 1])).toBe(0);
    expect(inkOf(page!, [0.9, 0, 1, 1])).toBe(0);
  });

  it('bears a code that says what was signed, module for module', async () => {
    const { pdf } = await setPaper('certificate');
    const [page] = draw(pdf, 300);
    const { data, size } = encode(QR_TEXT, { ecc: 'L', border: 0 });
    expect(isFound(page!, data, size)).toBe(true);
    const other = encode(`${QR_TEXT.slice(0, -1)}x`, { ecc: 'L', border: 0 });
    expect(isFound(page!, other.data, other.size)).toBe(false);
  });

  it('says so across the page where it is a sample, and only there', async () => {
    const middle = [0.3, 0.42, 0.7, 0.58] as const;
    const [real] = draw((await setPaper('certificate')).pdf, 72);
    const [sample] = draw((await setPaper('certificate', { sample: true })).pdf, 72);
    const grey = (page: Picture) => {
      let count = 0;
      for (let y = middle[1] * page.height; y < middle[3] * page.height; y += 1)
        for (let x = middle[0] * page.width; x < middle[2] * page.width; x += 1)
          if (page.at(Math.floor(x), Math.floor(y)) < 250) count += 1;
      return count;
    };
    expect(grey(sample!)).toBeGreaterThan(grey(real!) + 500);
  });

  it('says that there is nothing where there is nothing', async () => {
    const words = wordsOf('certificate', { records: [] });
    expect(words).toContain('没有张桂兰');
    expect(words).not.toContain('情况如下');
    const [nothing] = draw((await setPaper('certificate', { records: [] })).pdf, 72);
    const [something] = draw((await setPaper('certificate')).pdf, 72);
    expect(differing(nothing!, something!)).toBeGreaterThan(500);
  });
});

describe('letters', () => {
  it('are drawn for names of every people and for rare ones, none of them an empty box', async () => {
    const names = ['阿卜杜拉·买买提', '张𬱖', '李䶮', '王喆堃', '欧阳龘', 'MARIE-ÈVE O’NEIL'];
    const drawn = await Promise.all(
      names.map(async (name) => {
        const person = { name, number: '330699194103121024' };
        const [page] = draw((await setPaper('licence-copy', { person })).pdf, 72);
        return page!;
      }),
    );
    drawn.forEach((page, at) => {
      for (const other of drawn.slice(at + 1)) expect(differing(page, other)).toBeGreaterThan(20);
    });
  });

  it('are drawn one by one, each of its own shape', async () => {
    const inks = new Set<string>();
    for (const name of ['𬱖', '䶮', '堃', '龘', '买', '·']) {
      const { pdf } = await setPaper('licence-copy', { records: [], person: { name, number: '' } });
      const [page] = draw(pdf, 150);
      const ink = inkOf(page!, [0.18, 0.14, 0.5, 0.22]);
      expect(ink).toBeGreaterThan(0);
      inks.add(ink.toFixed(7));
    }
    expect(inks.size).toBe(6);
  });

  it('that are missing keep the paper from being printed', async () => {
    // A character of a plane that no font of this size draws.
    const person = { name: '张\u{31350}', number: '330699194103121024' };
    const set = await typesetter.set(template('certificate'), certificate({ person }));
    expect(set).toEqual({ ok: false, error: 'no-letter' });
  });
});

describe('a statement', () => {
  it('of many rows goes on over sheets, its head on each, no row lost or cut', async () => {
    const records = Array.from({ length: 60 }, (_none, at) => ({
      ...{ name: `第${at}人`, relation: '家人', birth: '2001-01-01', address: '样例县沙溪镇董村' },
    }));
    const { pdf, pages } = await setPaper('statement', { records });
    const drawn = draw(pdf, 72);
    expect(pages).toBeGreaterThan(1);
    expect(drawn).toHaveLength(pages);
    // A line below each row but the last of a sheet, and below each head.
    const rules = drawn.map(countRules).reduce((sum, count) => sum + count, 0);
    expect(rules).toBeGreaterThanOrEqual(60);
    expect(rules).toBeLessThanOrEqual(60 + 2 * pages);
    for (const page of drawn) expect(inkOf(page, [0, 0.97, 1, 1])).toBe(0);
  });
});

describe('paper of the state', () => {
  const licence = (records: Certificate['records']) => ({
    ...{ title: '营业执照自助打印', which: '正本', fields: fieldsOf('business-licences'), records },
    from: '县市场监督管理局',
  });
  const RECORD = {
    ...{ name: '沙溪镇桂兰小吃店', owner: '张桂兰', kind: '餐饮服务', place: '样例县沙溪镇董村 12 号' },
    ...{ issuedOn: '2024-05-06', number: '1024' },
  };

  it('bears a licence across, under its own name, saying which of the two it is', async () => {
    const { pdf, pages } = await setPaper('business-licence', licence([RECORD]));
    expect(pages).toBe(1);
    const [page] = draw(pdf, 72);
    expect(page!.width).toBeGreaterThan(page!.height);
    const words = wordsOf('business-licence', licence([RECORD]));
    for (const word of ['营业执照', '（正本）', '沙溪镇桂兰小吃店', '县市场监督管理局', '2024年5月6日'])
      expect(words).toContain(word);
    expect(words).not.toContain('自助打印');
    expect(inkOf(page!, [0.35, 0.1, 0.65, 0.2])).toBeGreaterThan(0.02);
  });

  it('bears a property certificate upright, with its words and the code', async () => {
    const fields = fieldsOf('ready-certificates');
    const record = { place: '样例县沙溪镇董村 12 号', kind: '宅基地使用权', registeredOn: '2025-01-02' };
    const more = { fields, from: '县不动产登记中心', records: [{ ...record, ready: true, number: '0417' }] };
    const { pdf, pages } = await setPaper('property-certificate', more);
    expect(pages).toBe(1);
    const [page] = draw(pdf, 72);
    expect(page!.height).toBeGreaterThan(page!.width);
    const words = wordsOf('property-certificate', more);
    for (const word of ['不动产权证书', '权利人：张桂兰', '宅基地使用权', '编号：1234 5678 9012'])
      expect(words).toContain(word);
  });

  it('is never wasted on a second sheet', async () => {
    const many = Array.from({ length: 8 }, () => RECORD);
    const set = await typesetter.set(template('business-licence'), certificate(licence(many)));
    expect(set).toEqual({ ok: false, error: 'too-long' });
  });
});

describe('the layout', () => {
  it('is the same for the same facts, and has no number where nobody vouches for it', () => {
    const plain = (more: Partial<Certificate>) =>
      JSON.stringify(layOut(template('certificate'), certificate(more)));
    expect(plain({})).toBe(plain({}));
    expect(plain({ issued: null })).not.toContain('编号');
    for (const { blocks } of CATALOG.templates)
      expect(blocks.filter(({ block }) => block === 'title')).toHaveLength(1);
  });
});

/** Whether a code of these modules stands on the page, found by the top of its first finder. */
function isFound(page: Picture, data: readonly (readonly boolean[])[], size: number): boolean {
  const dark = (x: number, y: number) => page.at(Math.round(x), Math.round(y)) < 128;
  // 36 mm, as the layout has it.
  const module = ((36 / 25.4) * 300) / size;
  const isFinder = (x: number, y: number) =>
    !dark(x - 3, y) && !dark(x + 7.5 * module, y) && dark(x + 6.5 * module, y) && isRun(x, y);
  const isRun = (x: number, y: number) =>
    Array.from({ length: Math.floor(6.5 * module) }, (_none, at) => at).every((at) => dark(x + at, y));
  const stands = (x: number, y: number) =>
    data.every((row, down) =>
      row.every((isDark, across) => dark(x + (across + 0.5) * module, y + (down + 0.5) * module) === isDark),
    );
  for (let y = 0; y < page.height; y += 1)
    for (let x = Math.floor(page.width * 0.6); x < page.width * 0.9; x += 1)
      if (isFinder(x, y) && stands(x, y)) return true;
  return false;
}
