/** The people whose shared data the sample source has. */
import { parse } from 'yaml';
import { z } from 'zod';

const samplePeopleSchema = z.array(
  z.strictObject({
    number: z.string().regex(/^330699\d{11}[\dX]$/),
    name: z.string(),
    /** By data set. */
    data: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  }),
);
/** One of them, with their records. */
export type SampleSubject = z.output<typeof samplePeopleSchema>[number];

/** Reads `people.yaml`; throws when it is broken. */
export function readSamplePeople(text: string): readonly SampleSubject[] {
  return samplePeopleSchema.parse(parse(text));
}
