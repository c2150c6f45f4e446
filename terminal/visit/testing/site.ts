import { fileURLToPath } from 'node:url';
import { findDateStartMs } from '../../../base/calendar.ts';
import { readFolder } from '../../../base/node/read-folder.ts';
import { type Catalog, loadCatalog } from '../../../catalog/load.ts';
import type { Site } from '../desk.ts';

/** Friday, 12 June 2026, 09:41 in China. */
export const START_MS = (findDateStartMs('2026-06-12') ?? 0) + (9 * 60 + 41) * 60_000;

/** A terminal in a village that is none. */
export const SITE: Site = {
  county: { code: '330624', name: { zh: '新昌县', en: 'Xinchang County' } },
  town: { code: '330624108', name: { zh: '沙溪镇', en: 'Shaxi Town' } },
  village: { code: '330624108999', name: { zh: '样板村', en: 'Sample Village' } },
  support: {
    agentName: '样板代办员',
    agentPhone: '86120001',
    agentHours: { zh: '每天 8:00–17:00', en: 'Daily 8:00–17:00' },
    townPhone: '86120000',
  },
};

/** Matters of every kind there was first: tests stay as they are while the catalog grows. */
const SAMPLE_MATTERS = new Set(
  [
    'benefit-proof-of-life',
    'case-progress',
    'old-age-allowance',
    'policy-guide',
    'problem-report',
    'temporary-assistance',
    'village-banquet',
  ].map((id) => `matters/${id}.yaml`),
);

const FOLDER = readFolder(fileURLToPath(new URL('../../../catalog/', import.meta.url)));

/** All of the project's own matters, read once. */
export const WHOLE_CATALOG: Catalog = loadCatalog(FOLDER);

/**
 * The allowance as one that stands on home by its name, and asks all it wants to know: what these tests are about is
 * neither that it is private nor that the state could tell.
 */
function findOpenText(name: string): string | undefined {
  const text = FOLDER.findText(name);
  if (name !== 'matters/old-age-allowance.yaml') return text;
  return text
    ?.replace(/^private: true\nneutral: .*$/m, 'private: false\nlikely: { order: 10, minAgeYears: 78 }')
    .replace(/^shared:\n( .*\n)+/m, '');
}

/** Some of the project's own matters, read once. */
export const PROJECT_CATALOG: Catalog = loadCatalog({
  findText: findOpenText,
  names: FOLDER.names.filter((name) => !name.startsWith('matters/') || SAMPLE_MATTERS.has(name)),
});
