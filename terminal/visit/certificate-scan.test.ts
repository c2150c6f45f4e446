/** A printed certificate held before the scanner: told genuine or false with no network, and nothing else of it. */
import { expect, it } from 'vitest';
import {
  type CertificateWords,
  certificateFormat,
  certificateQrText,
} from '../../sync/formats/certificate.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { viewSchema } from '../api.ts';
import { crypto, world } from '../testing/keeper-world.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { START_MS } from './testing/site.ts';

/** The code of a certificate, signed by this key in the name of the platform's. */
function codeOf(key = world.answering): string {
  const words: CertificateWords = {
    ...{ v: 1, suite: 1, signKeyId: keyId(crypto, world.answering.publicKey), number: '482905117360' },
    ...{ template: 'certificate', dataSet: 'household', said: crypto.randomBytes(32), name: '张*' },
    ...{ issuedAt: START_MS, asOf: START_MS - 60_000 },
  };
  return certificateQrText('https://county.example', certificateFormat.make(key, words));
}

function atScan(): Bench {
  const bench = createBench();
  bench.world.online = false;
  bench.act({ type: 'go', to: 'no-card' });
  bench.act({ type: 'go', to: 'slip-lookup' });
  return bench;
}

it('is told genuine as it was given, without a network, and asks nobody', () => {
  const bench = atScan();
  bench.scan(codeOf());
  expect(viewSchema.parse(bench.view()).page).toEqual({
    ...{ kind: 'certificate-answer', number: '482905117360', name: '张*' },
    ...{
      what: expect.objectContaining({ zh: '户口簿登记' }),
      from: expect.objectContaining({ zh: '县公安局' }),
    },
    ...{ issuedAtMs: START_MS, asOfMs: START_MS - 60_000 },
  });
  expect(bench.lookUp.asked).toEqual([]);
  bench.act({ type: 'back' });
  expect(bench.page()).toMatchObject({ kind: 'slip-lookup', step: 'scan' });
});

it('is told false when its words are another’s', () => {
  const bench = atScan();
  for (const text of [codeOf(world.terminal), `${codeOf().slice(0, -4)}AAAA`]) {
    bench.scan(text);
    expect(bench.page()).toMatchObject({ kind: 'slip-lookup', problem: { code: 'forged-certificate' } });
  }
  bench.scan('https://county.example/c#1.AAAA');
  expect(bench.page()).toMatchObject({ problem: { code: 'no-slip' } });
});
