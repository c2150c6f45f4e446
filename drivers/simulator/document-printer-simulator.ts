import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { findValue, GROUP_TAGS, type IppMessage, readIppMessage } from '../document-printer/ipp-message.ts';
import { DocumentJobs, JOB_STATES, type PrintedDocument, type SimulatedJob } from './document-jobs.ts';
import { type AnswerAttributes, type AnswerValue, encodeIppAnswer } from './ipp-answer.ts';

/** What can be wrong with it. */
export interface DocumentPrinterFaults {
  readonly paper: 'enough' | 'low' | 'out';
  readonly toner: 'enough' | 'low' | 'empty';
  readonly jammed: boolean;
  readonly doorOpen: boolean;
  /** Takes connections and says nothing. */
  readonly silent: boolean;
}

/** All well. */
export const NO_DOCUMENT_FAULTS: DocumentPrinterFaults = {
  paper: 'enough',
  toner: 'enough',
  jammed: false,
  doorOpen: false,
  silent: false,
};

/** What can be seen of it. */
export interface DocumentPrinterState {
  readonly isPlugged: boolean;
  readonly faults: DocumentPrinterFaults;
  /** It will jam after the next sheet. */
  readonly willJam: boolean;
  /** What lies in its tray, oldest first. */
  readonly printed: readonly PrintedDocument[];
  /** What is in it and has not come out. */
  readonly waiting: readonly { readonly name: string; readonly sheetsOut: number }[];
}

const OPERATIONS = {
  printJob: 0x02,
  createJob: 0x05,
  sendDocument: 0x06,
  cancelJob: 0x08,
  getJobAttributes: 0x09,
  getJobs: 0x0a,
  getPrinterAttributes: 0x0b,
} as const;
const STATUS = { ok: 0, badRequest: 0x0400, notPossible: 0x0404, notFound: 0x0406, unknown: 0x0501 } as const;
const PATH = '/ipp/print';
/** A document and its request. */
const MAX_REQUEST_BYTES = 9 * 1024 * 1024;

type Answer = readonly [status: number, groups?: readonly (readonly ['job' | 'printer', AnswerAttributes])[]];

/** A simulated A4 printer: real IPP over HTTP on a loopback port. */
export class DocumentPrinterSimulator {
  readonly #onChange: () => void;
  readonly #jobs: DocumentJobs;
  #server: Server | undefined;
  #port = 0;
  #faults = NO_DOCUMENT_FAULTS;
  #willJam = false;

  constructor(options: { readonly clock: Clock; onChange(): void }) {
    this.#onChange = options.onChange;
    this.#jobs = new DocumentJobs({
      clock: options.clock,
      isBlocked: () => this.#isBlocked(),
      onChange: options.onChange,
      onSheet: () => this.#jamIfDue(),
    });
  }

  /** Where it is found, once it was plugged in; the same after every plugging in. */
  get url(): string {
    return `ipp://127.0.0.1:${this.#port}${PATH}`;
  }

  get isPlugged(): boolean {
    return this.#server !== undefined;
  }

  get state(): DocumentPrinterState {
    const waiting = this.#jobs.unfinished.map(({ name, sheetsOut }) => ({ name, sheetsOut }));
    const { isPlugged } = this;
    return {
      isPlugged,
      faults: this.#faults,
      willJam: this.#willJam,
      printed: this.#jobs.printed,
      waiting,
    };
  }

  async plug(): Promise<void> {
    const server = createServer((request, response) => void this.#take(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Switched off at the wall: what is in it is gone. */
  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#jobs.forget();
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  }

  setFaults(faults: Partial<DocumentPrinterFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
    this.#jobs.goOn();
  }

  /** Jams once the next sheet is out. */
  jamNext(): void {
    this.#willJam = true;
    this.#onChange();
  }

  takeSheets(): void {
    this.#jobs.take();
  }

  #jamIfDue(): void {
    if (this.#willJam) this.#faults = { ...this.#faults, jammed: true };
    this.#willJam = false;
  }

  #isBlocked(): boolean {
    const { paper, toner, jammed, doorOpen } = this.#faults;
    return paper === 'out' || toner === 'empty' || jammed || doorOpen;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readAll(request);
    if (this.#faults.silent) return;
    const message = bytes === undefined ? undefined : readIppMessage(bytes);
    if (request.method !== 'POST' || request.url !== PATH || !message?.ok) {
      response.writeHead(request.url === PATH ? 400 : 404).end();
      return;
    }
    const [status, groups = []] = this.#answer(message.value);
    response
      .writeHead(200, { 'content-type': 'application/ipp' })
      .end(encodeIppAnswer(status, message.value.requestId, groups));
  }

  #answer(message: IppMessage): Answer {
    switch (message.code) {
      case OPERATIONS.getPrinterAttributes:
        return [STATUS.ok, [['printer', this.#printerAttributes()]]];
      case OPERATIONS.getJobs:
        return [STATUS.ok, this.#jobs.unfinished.map((job) => ['job', jobAttributes(job)] as const)];
      case OPERATIONS.createJob:
        return this.#answerJob(this.#create(message));
      case OPERATIONS.printJob:
        return this.#give(this.#create(message), message);
      case OPERATIONS.sendDocument:
        return this.#withJob(message, (job) => this.#give(job, message));
      case OPERATIONS.getJobAttributes:
        return this.#withJob(message, (job) => this.#answerJob(job));
      case OPERATIONS.cancelJob:
        return this.#withJob(message, (job) => {
          if (job.state >= JOB_STATES.canceled) return [STATUS.notPossible];
          this.#jobs.cancel(job);
          return [STATUS.ok];
        });
      default:
        return [STATUS.unknown];
    }
  }

  #withJob(message: IppMessage, answer: (job: SimulatedJob) => Answer): Answer {
    const id = findValue(message, GROUP_TAGS.operation, 'job-id');
    const job = typeof id === 'number' ? this.#jobs.find(id) : undefined;
    return job === undefined ? [STATUS.notFound] : answer(job);
  }

  #create(message: IppMessage): SimulatedJob {
    const word = (name: string) => String(findValue(message, GROUP_TAGS.operation, name) ?? '');
    return this.#jobs.create(word('job-name'), word('requesting-user-name'));
  }

  #give(job: SimulatedJob, { document }: IppMessage): Answer {
    if (job.state !== JOB_STATES.held) return [STATUS.notPossible];
    if (document.length === 0) return [STATUS.badRequest];
    this.#jobs.give(job, { pages: countPages(document), bytes: document.length });
    return this.#answerJob(job);
  }

  #answerJob(job: SimulatedJob): Answer {
    return [STATUS.ok, [['job', jobAttributes(job)]]];
  }

  #printerAttributes(): AnswerAttributes {
    const isWorking = this.#jobs.unfinished.some(({ state }) => state === JOB_STATES.processing);
    const state = this.#isBlocked() ? 5 : isWorking ? 4 : 3;
    return {
      'printer-state': [{ type: 'enum', value: state }],
      'printer-state-reasons': keywords(reasonsOf(this.#faults)),
      'printer-is-accepting-jobs': [{ type: 'boolean', value: true }],
      'operations-supported': Object.values(OPERATIONS).map((value) => ({ type: 'enum', value })),
      'media-ready': keywords(this.#faults.paper === 'out' ? [] : ['iso_a4_210x297mm']),
    };
  }
}

function reasonsOf({ paper, toner, jammed, doorOpen }: DocumentPrinterFaults): readonly string[] {
  const reasons = [
    paper === 'out' && 'media-empty-error',
    paper === 'low' && 'media-low-warning',
    toner === 'empty' && 'toner-empty-error',
    toner === 'low' && 'toner-low-warning',
    jammed && 'media-jam-error',
    doorOpen && 'door-open-error',
  ].filter((reason) => reason !== false);
  return reasons.length === 0 ? ['none'] : reasons;
}

function jobAttributes(job: SimulatedJob): AnswerAttributes {
  return {
    'job-id': [{ type: 'integer', value: job.id }],
    'job-name': [{ type: 'name', value: job.name }],
    'job-originating-user-name': [{ type: 'name', value: job.user }],
    'job-state': [{ type: 'enum', value: job.state }],
    'job-state-reasons': keywords(['none']),
    'time-at-processing': [
      job.begunS === null ? { type: 'no-value' } : { type: 'integer', value: job.begunS },
    ],
    'job-impressions-completed': [{ type: 'integer', value: job.sheetsOut }],
  };
}

function keywords(words: readonly string[]): readonly AnswerValue[] {
  return words.map((value) => ({ type: 'keyword', value }));
}

/** As many pages as the file names openly; at least one. */
function countPages(pdf: Uint8Array): number {
  const text = new TextDecoder('latin1').decode(pdf);
  return Math.max(1, text.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0);
}

async function readAll(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      length += chunk.length;
      if (length > MAX_REQUEST_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    // Whoever asked has gone away.
    return undefined;
  }
  return new Uint8Array(Buffer.concat(chunks));
}
