import type { Cancel } from '../../base/clock.ts';
import type { Language } from '../api.ts';
import type { Desk } from './desk.ts';

/** The language of the machine while nobody is here: Chinese, or what was chosen a moment ago. */
export interface Lobby {
  language(): Language;
  choose(language: Language): void;
  /** A visit is over: the next one begins in Chinese. */
  leave(): void;
}

/** A {@link Lobby}; `onChange` follows a choice and its end. */
export function createLobby(desk: Pick<Desk, 'clock' | 'timeouts'>, onChange: () => void): Lobby {
  let chosen: Language = 'zh';
  let cancel: Cancel = () => {};
  return {
    language: () => chosen,
    choose(language) {
      cancel();
      chosen = language;
      cancel = desk.clock.after(desk.timeouts.lobbyLanguageMs, () => {
        chosen = 'zh';
        onChange();
      });
      onChange();
    },
    leave() {
      cancel();
      chosen = 'zh';
    },
  };
}
