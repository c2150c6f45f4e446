import { z } from 'zod';
import { serialTransport } from '../transport/serial.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { proofMethodSchema } from './api.ts';
import { boxLoader } from './box-module.ts';
import { moduleLoader, moduleNameSchema } from './load-module.ts';
import { type ProofSession, type ProofSessionOptions, startProofSession } from './proof-session.ts';

/** What a cabinet offers: the methods of which its device can do at least one. */
export const proofMethodsSchema = z.array(proofMethodSchema).min(1).max(proofMethodSchema.options.length);

/** What proves people: a vendor's module by name, or a box on a serial line. */
export const proofPlaceSchema = z.union([
  z.object({ module: moduleNameSchema, methods: proofMethodsSchema }),
  z.object({ path: z.string().min(1), baudRate: z.int().positive(), methods: proofMethodsSchema }),
]);
export type ProofPlace = z.output<typeof proofPlaceSchema>;

/** Starts proving people by whatever is fitted. `through` puts a hand on its line, where it has one. */
export function startProof(
  place: ProofPlace,
  options: Omit<ProofSessionOptions, 'load' | 'methods'> & {
    readonly through: (open: OpenTransport) => OpenTransport;
  },
): ProofSession {
  const { through, clock } = options;
  const load =
    'module' in place
      ? moduleLoader(place.module, place.methods)
      : boxLoader({ open: through(serialTransport(place)), clock });
  return startProofSession({ ...options, load, methods: place.methods });
}
