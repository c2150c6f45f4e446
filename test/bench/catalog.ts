/**
 * The catalog at work: finding a matter among 217 and among 10,000, beside the same look by plain `includes`; a
 * release of 2,000 matters verified, shelved and put into use, beside reading the same files; a certificate as PDF.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { updateFromRepository } from '../../base/node/signed-repository.ts';
import { invariant } from '../../base/result.ts';
import { certificateTemplateSchema } from '../../catalog/certificate-template.ts';
import { findIn, indexMatters } from '../../catalog/find/find-matters.ts';
import { type CatalogFiles, loadCatalog } from '../../catalog/load.ts';
import { MOST_RELEASE_BYTES, RELEASE_NAME } from '../../catalog/release.ts';
import type { Matter } from '../../catalog/schema.ts';
import { ensureRepository, publishCatalog } from '../../platform/releases/publish.ts';
import { makeReleaseKeys } from '../../platform/releases/release-keys.ts';
import type { Certificate } from '../../terminal/certificate/certificate.ts';
import { createTypesetter } from '../../terminal/certificate/pdf.ts';
import { packagedFonts } from '../../terminal/program/fonts.ts';
import { createCatalogKeeper } from '../../terminal/release/catalog-keeper.ts';
import { openShelf } from '../../terminal/release/shelf.ts';
import { type Figure, ms, percentile, timeInTurns, timesAsLong } from './measure.ts';

const CATALOG = join(import.meta.dirname, '..', '..', 'catalog');
const AIM = { searchMs: 5, pdfMs: 150, releaseMs: 5_000 };
const MANY = 10_000;
const RELEASED = 2_000;

/** What people type: characters, letters, initials, a slip of the pen, a sentence. */
const TYPED = [
  '养老金',
  'yanglaojin',
  'kbbx',
  '看病报销',
  '高零津帖',
  '我要交电费',
  'pension',
  '证明',
  'y',
  '查询',
];

export async function benchCatalog(): Promise<Figure[]> {
  const files = readFolder(CATALOG);
  const { matters } = loadCatalog(files);
  return [
    await searchFigure(matters),
    await searchFigure(multiplied(matters, MANY)),
    await releaseFigure(files),
    await certificateFigure(),
  ];
}

function multiplied(matters: readonly Matter[], count: number): readonly Matter[] {
  return Array.from({ length: count }, (_, at) => {
    const matter = matters[at % matters.length];
    invariant(matter !== undefined, 'there are matters');
    const zh = `${matter.name.short.zh}${String.fromCodePoint(0x4e00 + at)}`;
    return {
      ...matter,
      id: `${matter.id}-${at}`,
      name: { ...matter.name, short: { ...matter.name.short, zh } },
    };
  });
}

async function searchFigure(matters: readonly Matter[]): Promise<Figure> {
  const index = indexMatters(matters);
  const plain = (typed: string) =>
    matters.filter(({ name, find }) =>
      [name.short.zh, name.official.zh, name.short.en, ...find].some((text) => text.includes(typed)),
    );
  let turn = 0;
  const next = () => TYPED[turn++ % TYPED.length] ?? '';
  const [ours = [], plains = []] = await timeInTurns(40, 25, [
    () => {
      const typed = next();
      return () => void findIn(index, typed);
    },
    () => {
      const typed = next();
      return () => void plain(typed);
    },
  ]);
  const p99 = percentile(ours, 99);
  return {
    what: `finding a matter among ${matters.length}, p50 (p99)`,
    ours: `${ms(percentile(ours, 50))} (${ms(p99)})`,
    aim: { text: `≤ ${AIM.searchMs} ms p99`, met: p99 <= AIM.searchMs },
    beside: [
      {
        what: 'the same texts by plain `includes`: no pinyin, no slip forgiven, no order',
        theirs: `${ms(percentile(plains, 50))} (${ms(percentile(plains, 99))})`,
        ratio: timesAsLong(ours, plains),
      },
    ],
  };
}

/** From a signed repository on disk to the catalog in use, as after the platform's word. */
async function releaseFigure(project: CatalogFiles): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-release-'));
  const crypto = createCrypto(systemRandom);
  const keys = makeReleaseKeys(crypto, 'sample');
  const disk = nodeDisk(join(folder, 'repo'));
  const nowMs = systemClock.wallMs();
  const files = manyFiles(project, RELEASED);
  invariant(ensureRepository({ crypto, disk, keys, nowMs }).ok, 'a repository is made');
  const published = publishCatalog({ crypto, disk, keys }, files, nowMs);
  invariant(published.ok, 'a release of so many is signed');
  const root = new Uint8Array(readFileSync(join(folder, 'repo', 'metadata', '1.root.json')));
  const durationsMs: number[] = [];
  const readMs: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const keeper = createCatalogKeeper({
      shelf: openShelf(nodeDisk(join(folder, `shelf-${turn}`)), crypto),
      shipped: { ...loadCatalog({ names: [], findText: () => undefined }), problems: [] },
      ...{ clock: systemClock, random: systemRandom, log: () => undefined },
    });
    const startMs = performance.now();
    const outcome = await keeper.look(() =>
      updateFromRepository({
        ...{ trustDir: join(folder, `trust-${turn}`), root, nowMs },
        ...{ target: RELEASE_NAME, mostBytes: MOST_RELEASE_BYTES },
        fetchFile: async (name) => {
          const read = disk.read(name);
          return read.ok ? read.value : undefined;
        },
      }),
    );
    keeper.betweenVisits();
    durationsMs.push(performance.now() - startMs);
    invariant(outcome.code === 'taken' && keeper.catalog.now().matters.length === RELEASED, 'it is in use');
    const readStart = performance.now();
    loadCatalog(files);
    readMs.push(performance.now() - readStart);
  }
  rmSync(folder, { recursive: true, force: true });
  const p50 = percentile(durationsMs, 50);
  return {
    what: `a release of ${RELEASED} matters verified, shelved and in use`,
    ours: ms(p50),
    aim: { text: `≤ ${AIM.releaseMs / 1000} s`, met: p50 <= AIM.releaseMs },
    beside: [
      {
        what: 'the same files read and checked, nothing else',
        theirs: ms(percentile(readMs, 50)),
        ratio: timesAsLong(durationsMs, readMs),
      },
    ],
  };
}

/** The project's apply matters again and again under other names, as files. */
function manyFiles(project: CatalogFiles, count: number): CatalogFiles {
  const matters = project.names.filter((name) => name.startsWith('matters/'));
  const fixed = project.names.filter((name) => name.endsWith('.yaml') && !name.startsWith('matters/'));
  const texts = new Map(fixed.map((name) => [name, project.findText(name) ?? '']));
  for (let at = 0; at < count; at += 1) {
    const text = project.findText(matters[at % matters.length] ?? '') ?? '';
    const id = `bench-${at}`;
    const renamed = text
      .replace(/^id: .*$/m, `id: ${id}`)
      .replace(/^no: .*$/m, `no: ${at + 1}`)
      .replace(/^guide:[\s\S]*?(?=^\S|(?![\s\S]))/m, '')
      .replace(/^bundle:[\s\S]*?(?=^\S|(?![\s\S]))/m, '');
    texts.set(`matters/${id}.yaml`, renamed);
  }
  return { names: [...texts.keys()], findText: (name) => texts.get(name) };
}

async function certificateFigure(): Promise<Figure> {
  const read = (id: string) =>
    certificateTemplateSchema.parse(parse(readFileSync(join(CATALOG, 'templates', `${id}.yaml`), 'utf8')));
  const typesetter = createTypesetter(packagedFonts);
  const certificate: Certificate = {
    title: '城乡居民养老保险参保证明',
    person: { name: '张桂兰', number: '330699194103121024' },
    ...{ purpose: '孩子上学报名', from: '县人力社保局', asOfMs: systemClock.wallMs() },
    fields: [
      { id: 'kind', label: { zh: '险种', en: 'Insurance' }, type: 'text' },
      { id: 'amountFen', label: { zh: '缴了多少', en: 'Paid' }, type: 'fen' },
    ],
    records: [{ kind: '城乡居民基本养老保险', amountFen: 200_000 }],
    which: null,
    pictures: [],
    issued: { number: '123456789012', qrText: `https://county.example/c#1.${'A'.repeat(300)}` },
    ...{ sample: true, printedAtMs: systemClock.wallMs(), place: '沙溪镇董村' },
  };
  const [ours = []] = await timeInTurns(10, 2, [
    () => async () => void (await typesetter.set(read('certificate'), certificate)),
  ]);
  const p50 = percentile(ours, 50);
  return {
    what: 'a certificate as PDF, p50 (p99)',
    ours: `${ms(p50)} (${ms(percentile(ours, 99))})`,
    aim: { text: `≤ ${AIM.pdfMs} ms`, met: p50 <= AIM.pdfMs },
    beside: [],
  };
}
