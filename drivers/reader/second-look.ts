import { equalBytes } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { CommandName } from './commands.ts';
import { READER_DELAYS } from './reader-delays.ts';

/**
 * Whether a sound answer may be believed at once. A frame's check is one byte, so of all frames that noise
 * spoils one in 256 passes for sound; with thirteen spoilt bytes in a read, as a bad line has, that is somebody
 * else's photo or name. After any sign of noise an answer counts only when it comes twice alike.
 */
export class SecondLook {
  readonly #clock: Pick<Clock, 'monoMs'>;
  #doubtedMs: number | undefined;
  #asked: CommandName | undefined;
  /** The answer to `#asked` that came first. */
  #first: Uint8Array | undefined;

  constructor(clock: Pick<Clock, 'monoMs'>) {
    this.#clock = clock;
  }

  /** The line spoilt something. */
  doubt(): void {
    this.#doubtedMs = this.#clock.monoMs();
  }

  /** Told of each command sent: an answer is held against one to the same command alone. */
  ask(command: CommandName): void {
    if (command !== this.#asked) this.drop();
    this.#asked = command;
  }

  /**
   * Why the data of an answer do not count yet: they must be asked for once more (`unsure`), or they differ from
   * what came before (`again`). `undefined` when they count.
   */
  findDoubt(data: Uint8Array): 'unsure' | 'again' | undefined {
    const first = this.#first;
    const isSure = !this.#isInDoubt() || (first !== undefined && equalBytes(first, data));
    this.drop();
    if (isSure) return undefined;
    this.#first = data.slice();
    return first === undefined ? 'unsure' : 'again';
  }

  /** Overwrites and forgets what came first. */
  drop(): void {
    this.#first?.fill(0);
    this.#first = undefined;
  }

  #isInDoubt(): boolean {
    return this.#doubtedMs !== undefined && this.#clock.monoMs() - this.#doubtedMs < READER_DELAYS.doubtMs;
  }
}
