/** Samples of a paper that is printed: what will stand on it, and every way its printing can go. */
import type { Page, View } from '../../../terminal/api.ts';
import { NOW_MS, same } from './people.ts';
import { ALLOWANCE } from './questions.ts';

type PrintPage = Extract<Page, { kind: 'print' }>;
type Shell = Partial<Omit<View, 'page'>>;

const MINE: Shell = { holder: '张*' };
const HEAD = { ...ALLOWANCE, name: { zh: '户籍证明', en: 'Household print' }, forWhom: same('张*') };

const person = (name: string, relation: string, relationEn: string): PrintPage['records'][number] => [
  { label: { zh: '姓名', en: 'Name' }, value: same(name) },
  { label: { zh: '与户主的关系', en: 'Relation to the head' }, value: { zh: relation, en: relationEn } },
  { label: { zh: '出生日期', en: 'Born on' }, value: { zh: '1968年9月25日', en: '25/9/1968' } },
];

const print = (more: Partial<PrintPage> = {}): Page => ({
  ...{ kind: 'print', head: HEAD, official: { zh: '户籍证明打印', en: 'Household certificate' } },
  ...{ from: { zh: '县公安局', en: 'County police' }, state: 'found', asOfMs: NOW_MS, afterS: null },
  ...{ mayAskAgain: false, printable: true, printer: 'ok', total: 4, waiting: 0, run: { at: 'preview' } },
  facts: [
    { label: { zh: '给谁打', en: 'For' }, value: same('张*') },
    { label: { zh: '用途', en: 'Purpose' }, value: { zh: '孩子上学', en: 'A child’s school' } },
    { label: { zh: '份数', en: 'Copies' }, value: { zh: '2 份', en: '2 copies' } },
  ],
  records: [person('张桂兰', '户主', 'Head'), person('陈秀英', '女儿', 'Daughter')],
  ...more,
});

const EMPTY: Partial<PrintPage> = { records: [], total: 0 };
const UNTOLD: Partial<PrintPage> = { ...EMPTY, asOfMs: null, printable: false };

const PROPERTY: Partial<PrintPage> = {
  head: { ...HEAD, name: { zh: '自助打房产证', en: 'Print a certificate' } },
  official: { zh: '不动产权证自助打证', en: 'Self-service property certificate print' },
  from: { zh: '县不动产登记中心', en: 'County real-estate registry' },
  facts: [{ label: { zh: '给谁打', en: 'For' }, value: same('张*') }],
};

const house: PrintPage['records'][number] = [
  { label: { zh: '坐落', en: 'Place' }, value: same('样例县沙溪镇董村 12 号') },
  { label: { zh: '种类', en: 'Kind' }, value: same('宅基地使用权') },
  { label: { zh: '登记日期', en: 'Registered on' }, value: { zh: '2025年1月2日', en: '2/1/2025' } },
];

const failed = (more: Partial<Extract<PrintPage['run'], { at: 'failed' }>>, page: Partial<PrintPage> = {}) =>
  print({
    run: {
      ...{ at: 'failed', why: 'unsure', reason: 'paper-jam', sheets: 0, copy: 1, copies: 2, voided: true },
      ...more,
    },
    ...page,
  });

/** The views of papers, by name. */
export const PRINT_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  print: [print(), MINE],
  'print-asking': [print({ ...UNTOLD, state: 'asking' }), MINE],
  'print-nothing': [
    print({
      ...EMPTY,
      state: 'nothing',
      head: { ...HEAD, name: { zh: '无房证明', en: 'No-property print' } },
      official: { zh: '无房证明打印', en: 'No-property certificate' },
      from: { zh: '县不动产登记中心', en: 'County real-estate registry' },
    }),
    MINE,
  ],
  'print-not-ready': [print({ ...PROPERTY, ...EMPTY, printable: false, waiting: 1 }), MINE],
  'print-some-not-ready': [print({ ...PROPERTY, records: [house], total: 1, waiting: 1 }), MINE],
  'print-unavailable': [print({ ...UNTOLD, state: 'unavailable', mayAskAgain: true }), MINE],
  'print-id-card': [
    print({
      ...{ ...EMPTY, asOfMs: null, from: null, printer: 'low' },
      head: { ...HEAD, name: { zh: '身份证复印', en: 'ID-card copy' } },
      official: { zh: '身份证正反面复印', en: 'ID-card copy' },
    }),
    MINE,
  ],
  'print-printer-down': [print({ printer: 'down' }), MINE],
  'print-printing': [print({ run: { at: 'printing', copy: 1, copies: 1 } }), MINE],
  'print-printing-copies': [print({ run: { at: 'printing', copy: 2, copies: 3 } }), MINE],
  'print-take': [print({ run: { at: 'take', sheets: 2 } }), MINE],
  'print-done': [print({ run: { at: 'taken' } }), MINE],
  'print-jam': [failed({ sheets: 1, copy: 2 }, { printer: 'down' }), MINE],
  'print-not-printed': [failed({ why: 'not-printed', reason: 'paper-out' }), MINE],
  'print-no-number': [failed({ why: 'no-number', reason: null }), { ...MINE, network: 'offline' }],
  'print-no-letter': [failed({ why: 'no-letter', reason: null }), MINE],
  'print-too-long': [failed({ why: 'too-long', reason: null }), MINE],
  'certificate-answer': [
    {
      ...{
        kind: 'certificate-answer',
        number: '482905117360',
        name: '张*',
        issuedAtMs: NOW_MS,
        asOfMs: NOW_MS,
      },
      ...{
        what: { zh: '户口簿登记', en: 'Household register' },
        from: { zh: '县公安局', en: 'County police' },
      },
    },
  ],
  'goodbye-paper': [{ kind: 'goodbye', takeCard: true, takeSlip: false, takePaper: true }],
};
