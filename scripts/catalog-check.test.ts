import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-catalog-'));
  cpSync(join(root, 'catalog'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function check(): { readonly code: number | null; readonly lines: readonly string[] } {
  const ran = spawnSync(process.execPath, [join(root, 'scripts/catalog-check.ts'), folder], {
    encoding: 'utf8',
  });
  return { code: ran.status, lines: ran.stdout.trim().split('\n') };
}

describe('catalog:check', () => {
  it('ends with how many matters are valid', () => {
    const { code, lines } = check();
    expect([code, lines.at(-1)]).toEqual([0, '219 matters valid']);
    expect(lines).toContain('offline    queue 106, online 94, full 19');
    expect(lines).toContain('status     sample 219');
  });

  it('names the file and the place of a problem, counts the others and fails', () => {
    writeFileSync(join(folder, 'matters/old-age-allowance.yaml'), 'id: old-age-allowance\nno: ninety\n');
    writeFileSync(join(folder, 'matters/torn.yaml'), 'id: [');
    const { code, lines } = check();
    expect([code, lines.at(-1)]).toEqual([1, '218 matters valid']);
    expect(lines.some((line) => line.startsWith('matters/old-age-allowance.yaml no: '))).toBe(true);
    expect(lines.some((line) => line.startsWith('matters/torn.yaml: is no sound YAML'))).toBe(true);
    expect(lines).toContain('2 files with problems');
  });

  it('fails where there is no catalog at all', () => {
    rmSync(folder, { recursive: true });
    expect(check().code).toBe(1);
    folder = mkdtempSync(join(tmpdir(), 'yizhan-catalog-'));
  });
});
