import type { Cancel, Clock } from '../../base/clock.ts';
import type { CodeSent, ProofVerdict } from '../proof/api.ts';
import { BoxFrames, encodeBoxFrame } from '../proof/box-frame.ts';
import { type BoxWord, encodeBoxWord, findHostWord, type HostWord } from '../proof/box-words.ts';
import type { DeviceLine } from './device-line.ts';
import { Wire } from './wire.ts';

/** Who stands before the simulated camera. */
export const FACES = ['holder', 'somebody-else', 'nobody'] as const;
export type Face = (typeof FACES)[number];

/** The phone on record for everybody; it reaches nobody. */
const PHONE = '13900000000';
const SENT: CodeSent = { maskedPhone: '139****0000', digits: 6 };

/** How long it takes for each thing, in milliseconds. */
const TAKES = { lookMs: 400, compareMs: 1_500, nobodyMs: 4_000, sendMs: 600, judgeMs: 300 } as const;

const VERDICTS: Readonly<Record<Face, ProofVerdict>> = {
  holder: { outcome: 'proved' },
  'somebody-else': { outcome: 'not-proved', reason: 'no-match' },
  nobody: { outcome: 'not-proved', reason: 'no-face' },
};

/** What the box shows of itself. */
export interface ProofSimulatorState {
  readonly isPlugged: boolean;
  readonly isSilent: boolean;
  readonly face: Face;
  /** Whether a phone is on record. */
  readonly hasPhone: boolean;
  /** The phone, with the code it was just sent; null once that proof has ended. */
  readonly message: { readonly phone: string; readonly code: string } | null;
}

/**
 * A simulated proof box at the far end of a serial line. It looks at no photo: who stands before it, and whether a
 * phone is on record, is decided at the dock. It keeps nothing of whom it was told.
 */
export class ProofSimulator {
  readonly #clock: Clock;
  readonly #baudRate: number;
  readonly #onChange: () => void;
  readonly #frames = new BoxFrames();
  #wire: Wire | undefined;
  #isSilent = false;
  #face: Face = 'holder';
  #hasPhone = true;
  #run: { readonly number: number; cancel: Cancel; code: string | null } | undefined;
  #codes = 0;

  constructor(options: { clock: Clock; baudRate: number; onChange: () => void }) {
    this.#clock = options.clock;
    this.#baudRate = options.baudRate;
    this.#onChange = options.onChange;
  }

  plug(line: DeviceLine): void {
    this.#wire = new Wire({
      line,
      clock: this.#clock,
      baudRate: this.#baudRate,
      onData: (bytes) => {
        for (const frame of this.#frames.push(bytes)) this.#hear(findHostWord(frame));
      },
    });
  }

  async unplug(): Promise<void> {
    const wire = this.#wire;
    this.#wire = undefined;
    this.#end();
    await wire?.close();
  }

  get isPlugged(): boolean {
    return this.#wire !== undefined;
  }

  get state(): ProofSimulatorState {
    const code = this.#run?.code ?? null;
    return {
      isPlugged: this.isPlugged,
      isSilent: this.#isSilent,
      face: this.#face,
      hasPhone: this.#hasPhone,
      message: code === null ? null : { phone: PHONE, code },
    };
  }

  setFace(face: Face): void {
    this.#face = face;
    this.#onChange();
  }

  setPhone(onRecord: boolean): void {
    this.#hasPhone = onRecord;
    this.#onChange();
  }

  setSilent(silent: boolean): void {
    this.#isSilent = silent;
    this.#onChange();
  }

  #hear(word: HostWord | undefined): void {
    if (word === undefined) return;
    if (word.say === 'ask') this.#say({ say: 'ready', methods: ['face', 'phone-code'] });
    else if (word.say === 'begin') this.#begin(word);
    else if (word.run !== this.#run?.number) return;
    else if (word.say === 'guess') this.#judge(word.run, word.code);
    else this.#end();
  }

  #look(run: number): void {
    this.#after(TAKES.lookMs, () => {
      this.#say({ say: 'prompt', run, prompt: 'look-at-camera' });
      this.#after(this.#face === 'nobody' ? TAKES.nobodyMs : TAKES.compareMs, () => this.#compare(run));
    });
  }

  /** Whoever is there when it compares. */
  #compare(run: number): void {
    if (this.#face !== 'nobody') this.#say({ say: 'prompt', run, prompt: 'comparing' });
    this.#after(TAKES.judgeMs, () => this.#finish(run, VERDICTS[this.#face]));
  }

  #sendCode(run: number): void {
    this.#after(TAKES.sendMs, () => {
      if (!this.#hasPhone) return this.#finish(run, { outcome: 'not-proved', reason: 'no-phone' });
      this.#codes += 1;
      if (this.#run !== undefined) this.#run.code = codeNumber(this.#codes);
      this.#say({ say: 'code-sent', run, sent: SENT });
      this.#onChange();
    });
  }

  #judge(run: number, guess: string): void {
    const isRight = guess === this.#run?.code;
    this.#after(TAKES.judgeMs, () =>
      isRight ? this.#finish(run, { outcome: 'proved' }) : this.#say({ say: 'wrong-code', run }),
    );
  }

  #begin({ run, method, person }: Extract<HostWord, { say: 'begin' }>): void {
    person.photo.fill(0);
    this.#end();
    this.#run = { number: run, cancel: () => {}, code: null };
    if (method === 'face') this.#look(run);
    else this.#sendCode(run);
  }

  #finish(run: number, verdict: ProofVerdict): void {
    this.#say({ say: 'verdict', run, verdict });
    this.#end();
  }

  #end(): void {
    this.#run?.cancel();
    this.#run = undefined;
    this.#onChange();
  }

  #after(delayMs: number, task: () => void): void {
    if (this.#run !== undefined) this.#run.cancel = this.#clock.after(delayMs, task);
  }

  #say(word: BoxWord): void {
    if (!this.#isSilent) this.#wire?.send(encodeBoxFrame(encodeBoxWord(word)));
  }
}

/** The code of the nth message: another each time, and the same in every run of a test. */
function codeNumber(nth: number): string {
  return String((nth * 271_828 + 314_159) % 1_000_000).padStart(6, '0');
}
