/** Who works at which desk (`cases/desks.ts`); each sees its own work alone. */
import { toBase32 } from '../../base/bytes.ts';
import type { ScryptCost } from '../../base/crypto/api.ts';
import { findVillageText, TOWNS } from '../../catalog/places.ts';
import { levelOf } from '../cases/desks.ts';
import type { County, PlatformContext } from '../context.ts';
import { hashPassword } from './passwords.ts';
import { maintainersDesk, roleOf } from './roles.ts';

/** A staff member who may sign in. */
export interface NewStaff {
  readonly signIn: string;
  readonly name: string;
  readonly deskCode: string;
  readonly password: string;
}

/** A sample sign-in, as printed for a developer. */
export interface SampleStaff {
  /** What is typed as the name. */
  readonly name: string;
  readonly password: string;
  readonly desk: string;
}

type Context = Pick<PlatformContext, 'store' | 'crypto' | 'county'>;

/** Adds a staff member, or gives one that is there a new password, name and desk. `cost` is for tests. */
export async function putStaff(context: Context, staff: NewStaff, cost?: ScryptCost): Promise<void> {
  const password = await hashPassword(context.crypto, staff.password, cost);
  const { signIn, name, deskCode } = staff;
  await context.store.db
    .insertInto('staff')
    .values({ signIn, name, deskCode, password, disabled: 0 })
    .onConflict((conflict) =>
      conflict.column('signIn').doUpdateSet({ name, deskCode, password, disabled: 0 }),
    )
    .execute();
}

/** One sample staff member for each of these villages and towns, one of the county and a maintainer, with these passwords by name. */
export async function addSampleStaff(
  context: Context,
  places: { readonly villages: readonly string[]; readonly towns: readonly string[] },
  passwords: ReadonlyMap<string, string>,
): Promise<readonly SampleStaff[]> {
  if (places.towns.length === 0) return [];
  const named = (name: string, codes: readonly string[]) =>
    codes.map((deskCode, index) => ({ deskCode, name: index === 0 ? name : `${name}${index + 1}` }));
  const desks = [
    ...named('village', places.villages),
    ...named('town', places.towns),
    { deskCode: context.county.code, name: 'county' },
    { deskCode: maintainersDesk(context.county.code), name: 'maintainer' },
  ];
  const made: SampleStaff[] = [];
  for (const { deskCode, name } of desks) {
    const desk = deskName(context.county, deskCode);
    const password = passwords.get(name) ?? newPassword(context);
    await putStaff(context, { signIn: name, name: `示例工作人员（${desk}）`, deskCode, password });
    made.push({ name, password, desk });
  }
  return made;
}

/** A password nobody guesses, short enough to type. */
export function newPassword(context: Pick<Context, 'crypto'>): string {
  return toBase32(context.crypto.randomBytes(10)).toLowerCase();
}

/** What a desk is called. */
export function deskName(county: County, deskCode: string): string {
  if (deskCode === county.code) return county.name;
  if (roleOf(deskCode) === 'maintainer') return `${county.name} 运维`;
  if (levelOf(deskCode) === 'department') return `${county.name} ${deskCode.slice(county.code.length + 1)}`;
  const village = findVillageText(deskCode);
  if (village) return village.zh;
  return TOWNS.find((town) => town.code === deskCode)?.name.zh ?? deskCode;
}
