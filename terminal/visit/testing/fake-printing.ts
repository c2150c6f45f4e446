/** A typesetter without letters, and a printer of whole sheets that a test holds in its hand. */
import type { DocumentJob, DocumentOutcome } from '../../../drivers/api.ts';
import type { Certificate } from '../../certificate/certificate.ts';
import type { Typesetter } from '../../certificate/pdf.ts';
import type { DocumentPrinter } from '../../certificate/print-desk.ts';

/** What a test sees and says of papers. */
export interface FakePrinting {
  readonly typesetter: Typesetter;
  readonly printer: DocumentPrinter;
  /** What was set, oldest first. */
  readonly set: Certificate[];
  /** What went to the printer, oldest first, and whether nobody waits for it any more. */
  readonly jobs: { readonly job: DocumentJob; readonly signal: AbortSignal }[];
  /** How the next papers end. */
  answer: () => Promise<DocumentOutcome>;
  /** Sheets of each paper. */
  pages: number;
}

/** Everything prints until a test says otherwise. */
export function fakePrinting(): FakePrinting {
  const printing: FakePrinting = {
    set: [],
    jobs: [],
    pages: 1,
    answer: async () => ({ outcome: 'printed' }),
    typesetter: {
      async set(_template, certificate) {
        printing.set.push(certificate);
        const pdf = new TextEncoder().encode(`%PDF-${certificate.title} ${certificate.person?.number}`);
        return { ok: true, value: { pdf, pages: printing.pages } };
      },
    },
    printer: {
      printDocument(job, { signal }) {
        printing.jobs.push({ job, signal });
        return printing.answer();
      },
    },
  };
  return printing;
}
