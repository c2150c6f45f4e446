import { err, ok, type Result } from '../../base/result.ts';
import type { CommandName, ReaderSpeed } from './commands.ts';
import type { ExchangeOutcome } from './exchange.ts';
import { SUCCESS } from './status.ts';

/** What a maintainer may ask of a reader in service, between two looks for a card. */
export type ServiceCommand =
  | Extract<CommandName, 'status' | 'sam-id' | 'max-rf-bytes' | 'read-body-numbers'>
  | `speed-${ReaderSpeed}`;

/** Why a reader did not do it: it said so (`sw3`, domain.md A.5), or it said nothing sound. */
export type ServiceTrouble =
  | { readonly code: 'refused'; readonly sw3: number }
  | { readonly code: 'no-answer' };

/** The data of its answer. */
export type ServiceResult = Result<Uint8Array, ServiceTrouble>;

/** A command that waits for its turn. */
interface Ask {
  readonly command: ServiceCommand;
  readonly data: Uint8Array;
  readonly settle: (result: ServiceResult) => void;
}

/** Commands of a maintainer, each answered exactly once, in turn. */
export class ServiceQueue {
  #waiting: Ask[] = [];
  #current: Ask | undefined;

  /** Whether one is with the reader. */
  get isServing(): boolean {
    return this.#current !== undefined;
  }

  /** Puts a command in the queue. */
  add(command: ServiceCommand, data: Uint8Array): Promise<ServiceResult> {
    return new Promise((settle) => this.#waiting.push({ command, data, settle }));
  }

  /** Begins the next, or gives `undefined` when none waits. */
  takeNext(): Pick<Ask, 'command' | 'data'> | undefined {
    this.#current = this.#waiting.shift();
    return this.#current;
  }

  /** Ends the one that is with the reader; says whether the reader did it. */
  finish(outcome: ExchangeOutcome): boolean {
    const result = resultOf(outcome);
    this.#current?.settle(result);
    this.#current = undefined;
    return result.ok;
  }

  /** Ends all without an answer: the line is gone. */
  giveUp(): void {
    for (const ask of [this.#current, ...this.#waiting]) ask?.settle(err({ code: 'no-answer' }));
    this.#current = undefined;
    this.#waiting = [];
  }
}

function resultOf(outcome: ExchangeOutcome): ServiceResult {
  if (outcome.type !== 'answer') return err({ code: 'no-answer' });
  const { sw3, data } = outcome.answer;
  return sw3 === SUCCESS ? ok(data.slice()) : err({ code: 'refused', sw3 });
}
