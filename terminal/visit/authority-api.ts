/** The authority of a terminal, as its screen, its devices and its tests see it. */
import type { ProofEvent, ReaderEvent, ScannerEvent } from '../../drivers/api.ts';
import type { ActResult, AnyAction, View } from '../api.ts';

/** What a terminal's screen and reader talk to. */
export interface Authority {
  /** The present view, made anew. */
  view(): View;
  /** What was touched on the page of `revision`. */
  act(revision: number, action: AnyAction): ActResult;
  /** The file of the question shown, when `ref` names it. */
  findFile(ref: string): Uint8Array | undefined;
  /** What the reader told. */
  readerSaid(event: ReaderEvent): void;
  /** What the scanner told; let go of unread unless the page shown asks for a code. */
  scannerSaid(event: ScannerEvent): void;
  /** What proof of person told of the proof of that id. */
  proofSaid(proofId: string, event: ProofEvent): void;
  /** Something a page shows may have changed: service, devices, network, a receipt, a slip, the catalog. */
  refresh(): void;
  /** A stay of upkeep, or a print somebody waits for, goes on by itself, without a touch: that is no idling. */
  stillBusy(): void;
  /** The headphone is out: nothing is read aloud by itself any more, until somebody asks for it. */
  beSilent(): void;
  /** Ends the visit, if there is one, and every timer. */
  stop(): void;
}
