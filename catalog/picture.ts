/** The pictures there are for a matter, named by what is drawn: which matter bears one, its file says. */
import { z } from 'zod';

/** Understood without reading: an old face, a coin for money, a bulb, a tap, an ear of rice, a paper with its seal. */
export const pictureSchema = z.enum([
  'elder-coins',
  'elder-cane',
  'jar-coins',
  'medicine-coins',
  'bulb-coins',
  'tap-coins',
  'grain-coins',
  'field-coins',
  'heart-calendar',
  'paper-steps',
  'lamp-camera',
  'paper-shield',
  'house-booklet',
  'village-paper',
]);
export type PictureName = z.infer<typeof pictureSchema>;
