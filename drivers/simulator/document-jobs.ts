import type { Cancel, Clock } from '../../base/clock.ts';

/** A document that came out, as far as the dock shows it. */
export interface PrintedDocument {
  readonly pages: number;
  readonly bytes: number;
}

/** Numbers of job states (RFC 8011 §5.3.7). */
export const JOB_STATES = {
  pending: 3,
  held: 4,
  processing: 5,
  stopped: 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;

/** A job in the simulated printer. */
export interface SimulatedJob {
  readonly id: number;
  readonly name: string;
  readonly user: string;
  state: (typeof JOB_STATES)[keyof typeof JOB_STATES];
  document: PrintedDocument | null;
  sheetsOut: number;
  /** Seconds since the printer was switched on; null until it is begun. */
  begunS: number | null;
}

/** A sheet takes so long, in milliseconds. */
const SHEET_MS = 1_200;

/** The jobs of a simulated printer, printed one after the other, a sheet at a time. */
export class DocumentJobs {
  readonly #clock: Clock;
  readonly #isBlocked: () => boolean;
  readonly #onChange: () => void;
  /** Hears of each sheet once it is out. */
  readonly #onSheet: () => void;
  #jobs: SimulatedJob[] = [];
  #printed: readonly PrintedDocument[] = [];
  #cancelSheet: Cancel = () => undefined;

  constructor(options: {
    readonly clock: Clock;
    isBlocked(): boolean;
    onChange(): void;
    onSheet(): void;
  }) {
    this.#clock = options.clock;
    this.#isBlocked = options.isBlocked;
    this.#onChange = options.onChange;
    this.#onSheet = options.onSheet;
  }

  /** What came out whole, oldest first. */
  get printed(): readonly PrintedDocument[] {
    return this.#printed;
  }

  get unfinished(): readonly SimulatedJob[] {
    return this.#jobs.filter(({ state }) => state < JOB_STATES.canceled);
  }

  find(id: number): SimulatedJob | undefined {
    return this.#jobs.find((job) => job.id === id);
  }

  create(name: string, user: string): SimulatedJob {
    const id = (this.#jobs.at(-1)?.id ?? 0) + 1;
    const job: SimulatedJob = {
      id,
      name,
      user,
      state: JOB_STATES.held,
      document: null,
      sheetsOut: 0,
      begunS: null,
    };
    this.#jobs.push(job);
    return job;
  }

  /** Gives a job its document; it prints as soon as the printer can. */
  give(job: SimulatedJob, document: PrintedDocument): void {
    job.document = document;
    job.state = JOB_STATES.pending;
    this.goOn();
  }

  cancel(job: SimulatedJob): void {
    job.state = JOB_STATES.canceled;
    this.goOn();
  }

  /** Prints on, or stops, by how the printer is now. */
  goOn(): void {
    this.#cancelSheet();
    const job = this.unfinished.find(({ state }) => state !== JOB_STATES.held);
    if (job !== undefined) this.#work(job);
    this.#onChange();
  }

  /** Takes away what lies in the tray. */
  take(): void {
    this.#printed = [];
    this.#onChange();
  }

  /** Forgets everything that has not come out, as one that is switched off. */
  forget(): void {
    this.#cancelSheet();
    this.#jobs = [];
  }

  #work(job: SimulatedJob): void {
    if (this.#isBlocked()) {
      if (job.begunS !== null) job.state = JOB_STATES.stopped;
      return;
    }
    job.state = JOB_STATES.processing;
    job.begunS ??= Math.floor(this.#clock.monoMs() / 1000);
    this.#cancelSheet = this.#clock.after(SHEET_MS, () => {
      job.sheetsOut += 1;
      if (job.document !== null && job.sheetsOut >= job.document.pages) {
        job.state = JOB_STATES.completed;
        this.#printed = [...this.#printed, job.document];
      }
      this.#onSheet();
      this.goOn();
    });
  }
}
