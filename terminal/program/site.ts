import { err, ok, type Result } from '../../base/result.ts';
import { COUNTY, findVillage } from '../../catalog/places.ts';
import type { Text } from '../../catalog/schema.ts';
import type { Site } from '../visit/desk.ts';
import type { TerminalConfig } from './config.ts';

/** Where the terminal stands, from its configuration; `unknown-village` for a code the county does not have. */
export function siteOf(config: TerminalConfig): Result<Site, 'unknown-village'> {
  const found = findVillage(config.village);
  if (found === undefined) return err('unknown-village');
  const area = ({ code, name }: { readonly code: string; readonly name: Text }) => ({ code, name });
  return ok({
    county: COUNTY,
    town: area(found.town),
    village: area(found.village),
    support: config.support,
    quietHours: config.quietHours,
    nightHours: config.nightHours,
    agentTimes: config.agentTimes,
  });
}
