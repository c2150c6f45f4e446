import { expect, it } from 'vitest';
import { slipBlockSchema } from '../../drivers/api.ts';
import { inFours, type SlipFacts, slipBlocks } from './blocks.ts';

const FACTS: SlipFacts = {
  language: 'zh',
  supplements: false,
  matterName: { zh: '高龄津贴', en: 'Old-age allowance' },
  sample: true,
  holder: '欧阳*',
  keptAtMs: Date.UTC(2026, 5, 12, 16, 5),
  localNumber: '830625120047',
  slipCode: '004207',
  delivered: false,
  office: 'town',
  workingDays: 5,
  hearBy: { date: '2026-06-26', phone: '86120000' },
  place: { zh: '沙溪镇样板村', en: 'Sample Village, Shaxi Town' },
  bundle: [],
  qr: 'https://example.invalid/s#1.abc',
  appointment: null,
  payment: null,
  copy: true,
};

const lines = (facts: SlipFacts) =>
  slipBlocks(facts).map((block) => {
    if (block.type === 'pair') return `${block.label}: ${block.value}`;
    if (block.type === 'rule') return '---';
    return block.type === 'qr' ? `[${block.data}]` : block.text;
  });

it('says what is true of a case in Chinese', () => {
  expect(lines(FACTS)).toEqual([
    '回执',
    '副本',
    '示例',
    '办的事: 高龄津贴',
    '卡主: 欧阳*',
    '时间: 2026-06-13 00:05',
    '地点: 沙溪镇样板村',
    '---',
    '办件号',
    '8306 2512 0047',
    '查询码',
    '004207',
    '---',
    '机器已收下，网络通了自动送到镇里',
    '5 个工作日，从镇里受理那天算起',
    '到 6月26日 还没消息，请打 86120000 或带回执来',
    '[https://example.invalid/s#1.abc]',
    '查办到哪一步：扫码，或报办件号和查询码',
  ]);
});

it('says it in English, and leaves out what there is none of', () => {
  const facts: SlipFacts = {
    ...FACTS,
    language: 'en',
    delivered: true,
    copy: false,
    sample: false,
    holder: null,
    workingDays: null,
    hearBy: null,
  };
  const all = lines(facts);
  expect(all).toContain('The county has received it');
  expect(all.join('\n').replace('https', '')).not.toMatch(/\p{Script=Han}|COPY|SAMPLE|Card of/u);
  for (const block of slipBlocks(facts)) expect(slipBlockSchema.safeParse(block).success).toBe(true);
});

it('groups numbers people copy by four', () => {
  expect(inFours('123456789012')).toBe('1234 5678 9012');
});

it('lists what was kept with it, each with its own number, code and day to ask', () => {
  const bundle = [
    {
      supplements: false,
      matterName: { zh: '丧葬补助金', en: 'Funeral grant' },
      localNumber: '204417730052',
      slipCode: '118832',
      hearBy: { date: '2026-07-02', phone: '86120000' },
    },
    {
      supplements: false,
      matterName: { zh: '一件事项', en: 'One matter' },
      localNumber: '630081274455',
      slipCode: '760045',
      hearBy: null,
    },
  ];
  const all = lines({ ...FACTS, bundle });
  const from = all.indexOf('一起收下 2 件，各有办件号');
  expect(all.slice(from - 1, -2)).toEqual([
    '---',
    '一起收下 2 件，各有办件号',
    '---',
    '办的事: 丧葬补助金',
    '办件号: 2044 1773 0052',
    '查询码: 118832',
    '到 7月2日 还没消息，请打 86120000 或带回执来',
    '---',
    '办的事: 一件事项',
    '办件号: 6300 8127 4455',
    '查询码: 760045',
    '---',
  ]);
  expect(lines({ ...FACTS, bundle, language: 'en' })).toContain('Kept with it: 2, each with a number');
  expect(() => slipBlocks({ ...FACTS, bundle }).map((block) => slipBlockSchema.parse(block))).not.toThrow();
});

it('names the county where the county alone has it, and nobody where the answers decide', () => {
  const county = lines({ ...FACTS, office: 'county' });
  expect(county).toContain('机器已收下，网络通了自动送到县里');
  expect(county).toContain('5 个工作日，从县里受理那天算起');
  for (const office of ['county', 'either'] as const) {
    for (const language of ['zh', 'en'] as const) {
      expect(lines({ ...FACTS, office, language, place: { zh: '村', en: 'Here' } }).join()).not.toMatch(
        /镇里|town/,
      );
    }
  }
});
