import { timingSafeEqual } from 'node:crypto';
import { toBase64Url, utf8 } from '../base/bytes.ts';
import type { Random } from '../base/random.ts';

/** What of a request decides whether it may pass. */
export interface Asked {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

const COOKIE = 'yizhan-screen';
/** A code with 128 bits needs no rate limit, but nobody honest sends this many wrong ones. */
const MAX_WRONG_CODES = 20;

/**
 * Who may have the screen in an ordinary browser: one session, opened by a one-use code that stands in the
 * fragment of the address (which browsers never send), and only from our own host and origin.
 */
export interface ScreenGuard {
  /** The present code, to be put behind `#` in the address. */
  code(): string;
  /** Another code, in the place of the one before. The session that is open stays until this one is exchanged. */
  renew(): string;
  /** Whether host and origin are exactly ours; `origin` may be absent only where `originNeeded` is false. */
  isOurs(asked: Asked, originNeeded: boolean): boolean;
  /** Exchanges the code for the value of a `Set-Cookie` header; `undefined` when wrong or used. */
  exchange(code: string): string | undefined;
  /** Whether the request carries the one session's cookie. */
  isSession(asked: Asked): boolean;
}

/** A guard for the screen served at `authority`, as in `127.0.0.1:8300`. */
export function createScreenGuard(authority: string, random: Random): ScreenGuard {
  let code = toBase64Url(random.bytes(16));
  let session: string | undefined;
  let codeOpen = true;
  let wrongCodes = 0;
  return {
    code: () => code,
    renew() {
      code = toBase64Url(random.bytes(16));
      codeOpen = true;
      wrongCodes = 0;
      return code;
    },
    isOurs(asked, originNeeded) {
      if (asked.host !== authority) return false;
      if (asked.origin === undefined) return !originNeeded;
      return asked.origin === `http://${authority}`;
    },
    exchange(given) {
      if (!codeOpen) return undefined;
      if (!same(given, code)) {
        wrongCodes += 1;
        if (wrongCodes >= MAX_WRONG_CODES) codeOpen = false;
        return undefined;
      }
      codeOpen = false;
      session = toBase64Url(random.bytes(32));
      return `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    },
    isSession(asked) {
      const present = session;
      if (present === undefined) return false;
      const cookies = (asked.cookie ?? '').split(';').map((pair) => pair.trim());
      return cookies.some(
        (pair) => pair.startsWith(`${COOKIE}=`) && same(pair.slice(COOKIE.length + 1), present),
      );
    },
  };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [utf8(given), utf8(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
