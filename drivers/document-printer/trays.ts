/** Which of a printer's trays holds which paper, as a cabinet file says it. */
import { z } from 'zod';

/** A tray by the printer's own keyword for it (PWG 5100.7 `media-source`): `main`, `tray-2`, `by-pass-tray`. */
const tray = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{0,62}$/, 'must be a tray as the printer names it, such as tray-2');

/** One tray each: where both are named, no job is left to the printer's own choice. */
export const traysSchema = z
  .strictObject({ plain: tray, special: tray })
  .refine(({ plain, special }) => plain !== special, 'must be two trays')
  .refine(({ plain, special }) => plain !== 'auto' && special !== 'auto', 'must not be left to the printer');
/** The trays of a printer that has two. */
export type Trays = z.output<typeof traysSchema>;

/** The paper a document is printed on: the printer's usual one, or that of the state, which is counted. */
export const stockSchema = z.enum(['plain', 'special']);
export type Stock = z.output<typeof stockSchema>;
