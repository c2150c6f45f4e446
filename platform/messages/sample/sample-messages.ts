/**
 * Numbers of record and a carrier of messages, made up: nothing leaves this machine. What would have been sent stands in
 * a file, one line of JSON each, for whoever develops; tests let things go wrong.
 */
import type { Disk } from '../../../base/disk.ts';
import { SAMPLE_NUMBER } from '../../broker/sample/made-up.ts';
import type { SampleSubject } from '../../broker/sample/sample-people.ts';
import { openLines } from '../../payments/sample/lines.ts';
import type { MessageOptions, ShortMessage } from '../ports.ts';

/** `away`: nothing was taken. `lost-reply`: it was, and nobody heard. `refuse`: it will not have it. */
export type CarrierFault = 'away' | 'lost-reply' | 'refuse';

/** How it behaves. */
export interface SampleMessageOptions {
  readonly people: readonly SampleSubject[];
  /** Null forgets what was sent at the end. */
  readonly disk: Disk | null;
  /** What goes wrong with the next message, if anything. */
  readonly nextFault?: () => CarrierFault | null;
}

/** The ways to people, and what went along them. */
export interface SampleMessages extends MessageOptions {
  /** Each reference once, in the order they were taken. */
  sent(): readonly ShortMessage[];
}

/** The file in which messages stand. */
export const SENT_FILE = 'messages.jsonl';
const TELEPHONE = '12345';
const ANYBODYS = '13900000000';

/** Opens them. */
export function openSampleMessages({ people, disk, nextFault }: SampleMessageOptions): SampleMessages {
  const lines = openLines<ShortMessage>(disk, SENT_FILE);
  return {
    telephone: TELEPHONE,
    sent: () => lines.all(),
    numbers: {
      async find({ name, number }) {
        const known = people.find((one) => one.number === number && one.name === name);
        const written = known?.data['contact-number']?.[0]?.phone;
        if (typeof written === 'string') return { kind: 'found', phone: written };
        return SAMPLE_NUMBER.test(number) ? { kind: 'found', phone: ANYBODYS } : { kind: 'none' };
      },
    },
    carrier: {
      async send(message) {
        const fault = nextFault?.() ?? null;
        if (fault === 'away') return 'away';
        if (fault === 'refuse') return 'refused';
        if (!lines.all().some(({ reference }) => reference === message.reference)) lines.add(message);
        return fault === 'lost-reply' ? 'away' : 'sent';
      },
    },
  };
}
