/** From a template and its facts to a page for pdfmake. Pure: nothing is read, nothing written. */

import type {
  Content,
  ContentCanvas,
  ContentTable,
  ContentText,
  TDocumentDefinitions,
} from 'pdfmake/interfaces.js';
import { encode } from 'uqr';
import { isoDate } from '../../base/calendar.ts';
import type {
  CertificateBlock,
  CertificateTemplate,
  Placeholder,
} from '../../catalog/certificate-template.ts';
import { describeField } from '../../catalog/data-field.ts';
import { dateText } from '../../catalog/text.ts';
import type { Certificate } from './certificate.ts';

const POINTS_PER_MM = 72 / 25.4;
/** Margins in mm. Lying across, a sheet is lower: its facts and code still go on one. */
const SHEET = {
  portrait: { side: 25, top: 28, bottom: 25, lineHeight: 1.5 },
  landscape: { side: 30, top: 18, bottom: 16, lineHeight: 1.1 },
} as const;
const SIZE = { title: 22, body: 13, small: 10, watermark: 56 } as const;
/** Its squares are above half a millimetre: any telephone reads them. */
const CODE_MM = 36;
/** Of the family in `pdf.ts`. */
export const FONT = 'Song';

/** The document of one certificate; `onPages` is told, when it is set, how many sheets it takes. */
export function layOut(
  template: CertificateTemplate,
  certificate: Certificate,
  onPages: (pages: number) => void = () => undefined,
): TDocumentDefinitions {
  const words = wordsOf(certificate);
  const { side, top, bottom, lineHeight } = SHEET[template.paper.orientation];
  const watermark = watermarkOf(template, certificate, words);
  return {
    pageSize: 'A4',
    pageOrientation: template.paper.orientation,
    pageMargins: [mm(side), mm(top), mm(side), mm(bottom)],
    info: { title: certificate.title, creator: 'Yizhan', producer: 'Yizhan' },
    defaultStyle: { font: FONT, fontSize: SIZE.body, lineHeight },
    ...(watermark && {
      watermark: { text: watermark, opacity: 0.1, bold: true, angle: -35, fontSize: SIZE.watermark },
    }),
    content: template.blocks.flatMap((block) => contentOf(block, certificate, words)),
    footer: (page, pages) => {
      onPages(pages);
      return {
        text: `第 ${page} 页，共 ${pages} 页`,
        alignment: 'center',
        fontSize: SIZE.small,
        margin: [0, mm(bottom / 3), 0, 0],
      };
    },
  };
}

type Words = Readonly<Record<Placeholder, string>>;

function wordsOf(certificate: Certificate): Words {
  const { person, purpose, which, from, asOfMs, printedAtMs, place, records } = certificate;
  return {
    name: person?.name ?? '',
    number: person?.number ?? '',
    purpose: purpose ?? '本人使用',
    which: which ?? '',
    from: from ?? '',
    asOf: asOfMs === null ? '' : dateText(isoDate(asOfMs)).zh,
    today: dateText(isoDate(printedAtMs)).zh,
    place,
    count: String(records.length),
  };
}

function filled(template: string, words: Words): string {
  return template.replaceAll(/\{(\w+)\}/g, (_all, name: Placeholder) => words[name]);
}

/** A sample says so across the page, whatever else stands there. */
function watermarkOf(
  template: CertificateTemplate,
  { sample }: Certificate,
  words: Words,
): string | undefined {
  const own = template.blocks.find(({ block }) => block === 'watermark');
  const parts = [
    ...(sample ? ['示例'] : []),
    ...(own?.block === 'watermark' ? [filled(own.words, words)] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function contentOf(block: CertificateBlock, certificate: Certificate, words: Words): readonly Content[] {
  const { records, pictures } = certificate;
  switch (block.block) {
    case 'title':
      return [title(block.words === undefined ? certificate.title : filled(block.words, words))];
    case 'words':
      if (block.only === 'records' && records.length === 0) return [];
      if (block.only === 'nothing' && records.length > 0) return [];
      return [block.centred ? centred(filled(block.words, words)) : paragraph(filled(block.words, words))];
    case 'person':
      return certificate.person === null
        ? []
        : [paragraph(`姓名：${words.name}　　公民身份号码：${words.number}`)];
    case 'facts':
      return records.map((record) => factsTable(certificate, record));
    case 'table':
      return records.length === 0 ? [] : [recordsTable(certificate)];
    case 'pictures':
      return pictures.map((jpeg) => picture(jpeg, block.widthMm));
    case 'watermark':
      return [];
    case 'proof':
      return [proof(certificate, words)];
  }
}

function title(text: string): ContentText {
  return { text, bold: true, fontSize: SIZE.title, alignment: 'center', margin: [0, 0, 0, mm(9)] };
}

/** Two characters in, as paragraphs begin. */
function paragraph(text: string): ContentText {
  return { text, leadingIndent: 2 * SIZE.body, margin: [0, 0, 0, mm(3)], alignment: 'left' };
}

function centred(text: string): ContentText {
  return { text, alignment: 'center', margin: [0, 0, 0, mm(3)] };
}

function factsTable({ fields }: Certificate, record: Certificate['records'][number]): ContentTable {
  const body = fields.map((field) => [
    { text: field.label.zh, color: '#444444' },
    { text: describeField(field.type, record[field.id] ?? null).zh },
  ]);
  return { table: { widths: [mm(46), '*'], body }, layout: 'lightHorizontalLines', margin: [0, 0, 0, mm(5)] };
}

function recordsTable({ fields, records }: Certificate): ContentTable {
  const head = fields.map(({ label }) => ({ text: label.zh, bold: true, fontSize: SIZE.small }));
  const rows = records.map((record) =>
    fields.map(({ id, type }) => ({
      text: describeField(type, record[id] ?? null).zh,
      fontSize: SIZE.small,
    })),
  );
  return {
    table: { headerRows: 1, dontBreakRows: true, widths: fields.map(() => '*'), body: [head, ...rows] },
    layout: 'lightHorizontalLines',
    margin: [0, 0, 0, mm(5)],
  };
}

function picture(jpeg: Uint8Array, widthMm: number): Content {
  const image = `data:image/jpeg;base64,${Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length).toString('base64')}`;
  return { image, width: mm(widthMm), alignment: 'center', margin: [0, 0, 0, mm(10)] };
}

function proof({ issued }: Certificate, words: Words): Content {
  const lines = [
    ...(words.from === '' ? [] : [`信息来源：${words.from}`]),
    ...(issued === null ? [] : [`编号：${issued.number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}`]),
    `打印时间：${words.today}　${words.place}`,
    ...(issued === null ? [] : ['扫右边的码可以验真伪，没有网络也能验']),
  ];

  return {
    columns: [
      { width: '*', stack: lines.map((text) => ({ text, fontSize: SIZE.small })) },
      { width: mm(CODE_MM), stack: issued === null ? [] : [code(issued.qrText)] },
    ],
    columnGap: mm(6),
    margin: [0, mm(12), 0, 0],
    unbreakable: true,
  };
}

/** A code drawn as squares of its full size: what sets text rounds them down. */
function code(text: string): ContentCanvas {
  const { data, size } = encode(text, { ecc: 'L', border: 0 });
  const side = mm(CODE_MM) / size;
  const canvas = data.flatMap((row, y) =>
    row.flatMap((isDark, x) =>
      isDark ? [{ type: 'rect' as const, x: x * side, y: y * side, w: side, h: side, color: '#000000' }] : [],
    ),
  );
  return { canvas };
}

function mm(value: number): number {
  return value * POINTS_PER_MM;
}
