import { expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { openDiagnostics } from '../../sync/formats/diagnostics.ts';
import { crypto, memoryParts, openEnrolled, world } from '../testing/keeper-world.ts';
import { createMemoryDisk } from '../testing/memory-disk.ts';
import { writeBundle } from './bundle-on-stick.ts';

const bundle = { schema: 1, words: 'printer out of paper' };
const write = (disk = createMemoryDisk(), enrolment = openEnrolled(memoryParts()).findEnrolment()) => ({
  disk,
  outcome: writeBundle({ disk, crypto, enrolment, bundle, wallMs: 5.5 }),
});

it('is read by the platform alone, and tells whose it is', () => {
  const { disk, outcome } = write();
  expect(outcome).toBe('written');
  const [[path, content]] = [...disk.files()] as [[string, Uint8Array]];
  expect(path).toMatch(/^yizhan-diagnostics\/[0-9a-f]{8}-[0-9a-f]{8}\.yzd$/);
  expect(Buffer.from(content).includes(Buffer.from(utf8('printer')))).toBe(false);
  const opened = openDiagnostics(content, () => world.sealing);
  expect(opened).toMatchObject({ ok: true, value: { terminalId: world.terminalId, wallMs: 5 } });
  expect(opened.ok && JSON.parse(Buffer.from(opened.value.plain).toString('utf8'))).toEqual(bundle);
  expect(openDiagnostics(content, () => undefined)).toEqual({ ok: false, error: 'no-key' });
  expect(openDiagnostics(content.slice(1), () => world.sealing)).toEqual({ ok: false, error: 'malformed' });
  const bent = content.slice();
  bent[bent.length - 1]! ^= 1;
  expect(openDiagnostics(bent, () => world.sealing)).toEqual({ ok: false, error: 'unopenable' });
});

it('leaves nothing on a stick that is full, and is not made before enrolment', () => {
  const full = createMemoryDisk();
  full.onChange = ({ kind }) => (kind === 'write' ? { code: 'full', detail: 'no room' } : undefined);
  expect(write(full).outcome).toBe('full');
  expect(full.files().size).toBe(0);
  expect(writeBundle({ disk: full, crypto, enrolment: undefined, bundle, wallMs: 1 })).toBe('not-enrolled');
});
