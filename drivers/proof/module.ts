/**
 * What a vendor implements. Its package exports `openProof`, of the type {@link OpenProof}; the cabinet file names
 * the package. Everything a module hands back is checked, and every call has a deadline (`PROOF_DELAYS`): a
 * module that throws, hangs or says what is not in its interface is a fault of this device, and of no other.
 *
 * A module keeps nothing of a person after a proof, writes nothing of them down, and lets no picture or template
 * leave the cabinet unless the county has ruled so (domain.md D.7). How many codes a person may be sent in a day
 * is for the service behind it: the terminal limits one visit alone.
 */
import { z } from 'zod';
import type { Result } from '../../base/result.ts';
import {
  type CodeSent,
  type ProofMethod,
  type ProofOrder,
  type ProofPrompt,
  type ProofVerdict,
  proofMethodSchema,
} from './api.ts';

/** What works now. Nothing in `methods` is a fault, for the reason given. */
export const readinessSchema = z.object({
  methods: z.array(proofMethodSchema),
  /** `port-closed`: its camera or line is unplugged. `off-line`: its service is not reached. */
  reason: z
    .enum(['port-closed', 'off-line', 'self-test-failed', 'not-authorised', 'overheated'])
    .nullable()
    .default(null),
});
export type Readiness = z.input<typeof readinessSchema>;

/** What a module is handed for one proof. */
export interface ProofTools {
  /** Aborted when the person leaves or the time is over; the proof is to stop, and the camera to close. */
  readonly signal: AbortSignal;
  /** Tells the person what to do. Also the sign of life: silence of `silenceMs` is taken for hanging. */
  say(prompt: ProofPrompt): void;
  /**
   * Asks for the code just sent; asked again, the guess before was wrong. Rejects once `signal` is aborted. After
   * `MOST_GUESSES` wrong guesses the proof is ended for it.
   */
  askCode(sent: CodeSent): Promise<string>;
}

/** A vendor's way of proving a person. One proof at a time. */
export interface ProofModule {
  /** Says what works now. Asked every few seconds between proofs: to be answered from memory. */
  check(): Promise<Readiness>;
  /** Proves one person by one method; a rejection means that the device failed. */
  prove(order: Pick<ProofOrder, 'method' | 'person'>, tools: ProofTools): Promise<ProofVerdict>;
  /** Lets go of everything; nothing is called after it. */
  close(): Promise<void>;
}

/** What a vendor's package exports as `openProof`; `methods` are those its cabinet is to offer. */
export type OpenProof = (options: { readonly methods: readonly ProofMethod[] }) => Promise<ProofModule>;

/** Brings a module to be driven. `driver-missing`: it is not installed here, or is no such module. */
export type LoadProof = () => Promise<Result<ProofModule, 'driver-missing' | 'not-answering'>>;
