import fc from 'fast-check';
import ipp from 'ipp';
import { expect, test } from 'vitest';
import { concat } from '../../base/bytes.ts';
import { err, ok } from '../../base/result.ts';
import { createIppClient } from './ipp-client.ts';
import { findValue, GROUP_TAGS, readIppMessage } from './ipp-message.ts';
import {
  cancelJob,
  createJob,
  encodeIppRequest,
  JOBS_QUESTION,
  jobQuestion,
  PRINTER_QUESTION,
  printJob,
  sendDocument,
} from './ipp-requests.ts';
import { findJobReport } from './job-state.ts';
import { findPrinterFacts } from './printer-condition.ts';

const URI = 'ipp://127.0.0.1/ipp/print';
const requests = [
  PRINTER_QUESTION,
  JOBS_QUESTION,
  printJob('yizhan-00'),
  createJob('yizhan-00'),
  sendDocument(7),
  jobQuestion(7),
  cancelJob(7),
];

/** An answer as printers write them, with a group of every kind and a collection within a collection. */
const ANSWER = Uint8Array.from(
  ipp.serialize({
    version: '2.0',
    statusCode: 'successful-ok',
    id: 1,
    'operation-attributes-tag': { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en' },
    'job-attributes-tag': { 'job-id': 12, 'job-state': 'processing', 'job-state-reasons': 'job-printing' },
    'printer-attributes-tag': {
      'media-col-default': { 'media-size': { 'x-dimension': 21_000, 'y-dimension': 29_700 } },
      'printer-state': 'idle',
      'printer-state-reasons': ['media-low-warning', 'none'],
      'printer-is-accepting-jobs': true,
    },
  }),
);

/** Asks a printer that answers so. */
function askOne(body: Uint8Array, status = 200) {
  const fetch = () => Promise.resolve(ok({ status, headers: {}, body }));
  return createIppClient({ fetch, printerUri: URI }).ask(PRINTER_QUESTION, 1_000);
}

test.each(requests)('$operation is read back as it was written, and as others read it', (request) => {
  const document = Uint8Array.of(0x25, 0x03, 0xff);
  const bytes = concat(encodeIppRequest(request, URI, 5), document);
  const message = readIppMessage(bytes);
  if (!message.ok) throw new Error('malformed');
  expect(message.value).toMatchObject({ requestId: 5, document });
  const [group] = message.value.groups;
  const theirs = ipp.parse(Buffer.from(bytes)) as unknown as Record<string, Record<string, unknown>>;
  expect(theirs.operation).toBe(request.operation);
  for (const [name, value] of Object.entries(theirs['operation-attributes-tag'] ?? {})) {
    expect(group?.attributes.get(name), name).toEqual([value].flat());
  }
  for (const name of Object.keys(request.attributes)) expect(group?.attributes.has(name), name).toBe(true);
});

test('an answer with collections in it: what stands around them is found', () => {
  const message = readIppMessage(ANSWER);
  if (!message.ok) throw new Error('malformed');
  expect(findValue(message.value, GROUP_TAGS.printer, 'printer-state')).toBe(3);
  expect(findPrinterFacts(message.value)?.condition).toEqual({ state: 'attention', reason: 'paper-low' });
  expect(findValue(message.value, GROUP_TAGS.job, 'job-id')).toBe(12);
});

test('a length that others take as negative ends the reading instead of turning it back for ever', () => {
  const bytes = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 1, 4, 0x44, 0, 1, 0x61, 0xff, 0xfb, 3);
  expect(readIppMessage(bytes)).toEqual(err({ code: 'malformed' }));
});

test('any answer cut off anywhere is malformed', () => {
  for (let length = 0; length < ANSWER.length; length += 1) {
    expect(readIppMessage(ANSWER.subarray(0, length)).ok, String(length)).toBe(false);
  }
  expect(readIppMessage(ANSWER).ok).toBe(true);
});

test('whatever bytes come, they are understood or refused, and never thrown over', async () => {
  const spoilt = fc
    .array(fc.tuple(fc.nat(ANSWER.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    .map((changes) => {
      const bytes = Uint8Array.from(ANSWER);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), spoilt), async (bytes) => {
      const answer = await askOne(bytes);
      if (!answer.ok) return void expect(answer.error.code).toBeTypeOf('string');
      findPrinterFacts(answer.value);
      findJobReport(answer.value);
    }),
    { numRuns: 2_000 },
  );
});

test('what is no answer to what was asked is not understood', async () => {
  const other = Uint8Array.from(ANSWER);
  other[7] = 2;
  expect(await askOne(other)).toEqual(err({ code: 'not-understood' }));
  expect(await askOne(new Uint8Array())).toEqual(err({ code: 'not-understood' }));
});

test('the copy of a document that was sent is overwritten', async () => {
  const sent: Uint8Array[] = [];
  const fetch = ({ body = new Uint8Array() }: { readonly body?: Uint8Array }) => {
    sent.push(body);
    return Promise.resolve(err({ code: 'timeout' as const, detail: '' }));
  };
  const document = Uint8Array.of(0x25, 0x50, 0x44, 0x46);
  await createIppClient({ fetch, printerUri: URI }).ask(sendDocument(1), 1_000, document);
  expect(sent[0]?.every((byte) => byte === 0)).toBe(true);
  expect(document[0]).toBe(0x25);
});

test.each([
  [401, 'not-authorised'],
  [404, 'wrong-path'],
  [500, 'not-understood'],
  [301, 'not-understood'],
])('HTTP %i is %s', async (status, code) => {
  expect(await askOne(ANSWER, status)).toEqual(err({ code }));
});

test.each([
  ['unreachable', 'ECONNREFUSED', 'no-connection'],
  ['unreachable', 'ECONNRESET', 'cut-off'],
  ['unreachable', 'HPE_INVALID_CONSTANT', 'not-understood'],
  ['timeout', '', 'timeout'],
  ['too-large', '', 'not-understood'],
] as const)('a line with %s %s is %s', async (code, detail, trouble) => {
  const client = createIppClient({ fetch: () => Promise.resolve(err({ code, detail })), printerUri: URI });
  expect(await client.ask(PRINTER_QUESTION, 1_000)).toEqual(err({ code: trouble }));
});

test.each([
  ['ipp://printer/ipp/print', 'http://printer:631/ipp/print'],
  ['ipp://10.0.0.9:8631/ipp/print', 'http://10.0.0.9:8631/ipp/print'],
  ['ipp://10.0.0.9:80/ipp/print', 'http://10.0.0.9:80/ipp/print'],
])('%s is asked at %s', async (printerUri, url) => {
  const asked: string[] = [];
  const fetch = (request: { readonly url: string }) => {
    asked.push(request.url);
    return Promise.resolve(err({ code: 'timeout' as const, detail: '' }));
  };
  await createIppClient({ fetch, printerUri }).ask(PRINTER_QUESTION, 1_000);
  expect(asked).toEqual([url]);
});
