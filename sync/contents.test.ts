import { describe, expect, it } from 'vitest';
import { systemRandom } from '../base/node/random.ts';
import { digits } from '../base/random.ts';
import { encodeContent, readContent } from './content-coding.ts';
import { caseContentSchema, progressContentSchema } from './contents.ts';

const bytes = (length: number, fill = 7) => new Uint8Array(length).fill(fill);

const filed = {
  schema: 1,
  kind: 'case.submitted',
  matter: ['old-age-allowance', 1, bytes(32)],
  caseId: bytes(16),
  localNumber: digits(systemRandom, 12),
  slipCode: '012345',
  submissionId: bytes(16, 9),
  submitter: null,
  subject: null,
  basis: 'open',
  assurance: 'open',
  evidence: [],
  answers: { place: 'by the bridge', photos: 2, urgent: true, kinds: ['road', 'water'] },
  actors: [],
  attachments: [],
  caseReplyKey: null,
  lang: 'zh',
  place: {
    county: { code: '330624', name: '新昌县' },
    town: { code: '330624108', name: '沙溪镇' },
    village: { code: '330624108201', name: '董村' },
  },
};

describe('case content', () => {
  it('comes back as it was written, unknown keys kept', () => {
    const written = { ...filed, later: { more: [1, null] } };
    const read = readContent(caseContentSchema, encodeContent(written));
    expect(read).toEqual({ ok: true, value: written });
  });

  it('names the field that does not fit and not what stood in it', () => {
    const read = readContent(caseContentSchema, encodeContent({ ...filed, slipCode: '11010519491231002X' }));
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).toContain('slipCode');
    expect(JSON.stringify(read)).not.toContain('11010519491231002X');
  });

  it('tells bytes that are no CBOR from content of another shape', () => {
    expect(readContent(caseContentSchema, bytes(3, 0xff))).toMatchObject({ error: { code: 'not-cbor' } });
    expect(readContent(caseContentSchema, encodeContent([1]))).toMatchObject({ error: { code: 'misfit' } });
  });
});

describe('progress content', () => {
  it('needs a status it knows', () => {
    const item = {
      schema: 1,
      caseId: bytes(16),
      status: 'accepted',
      atMs: 1,
      words: '',
      provinceNumber: null,
    };
    expect(readContent(progressContentSchema, encodeContent(item)).ok).toBe(true);
    expect(readContent(progressContentSchema, encodeContent({ ...item, status: 'lost' })).ok).toBe(false);
  });

  it('keeps its words where what stands beside them cannot be read', () => {
    const plain = {
      schema: 1,
      caseId: bytes(16),
      status: 'supplement',
      atMs: 1,
      words: '请补',
      provinceNumber: null,
    };
    const label = { zh: '户口本', en: 'Household book' };
    const ask = { items: [{ of: 'material', id: 'household-book', label }], by: '2026-06-18', note: null };
    const whole = readContent(progressContentSchema, encodeContent({ ...plain, ask }));
    expect(whole).toMatchObject({ ok: true, value: { words: '请补', ask } });
    for (const odd of [
      1,
      { items: 'all', by: null },
      { ...ask, by: 'soon' },
      { ...ask, items: [{ of: 1 }] },
    ]) {
      const read = readContent(
        progressContentSchema,
        encodeContent({ ...plain, ask: odd, result: 1, remedy: [] }),
      );
      expect(read).toMatchObject({ ok: true, value: { words: '请补' } });
      if (read.ok)
        expect([read.value.ask, read.value.result, read.value.remedy]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
    }
  });
});
