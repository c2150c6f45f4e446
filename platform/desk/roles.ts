/** Which role of the table in `access/` a staff member has, by the desk they belong to. */
import { type DeskLevel, levelOf } from '../cases/desks.ts';

/** The level of a desk that handles cases; or a maintainer, who sees machines alone. */
export type StaffRole = DeskLevel | 'maintainer';

const MAINTAINERS = ':maintainers';

/** Where the maintainers of a county's machines belong: no case ever comes there. */
export function maintainersDesk(countyCode: string): string {
  return `${countyCode}${MAINTAINERS}`;
}

/** The role of whoever belongs there. */
export function roleOf(deskCode: string): StaffRole {
  return deskCode.endsWith(MAINTAINERS) ? 'maintainer' : levelOf(deskCode);
}
