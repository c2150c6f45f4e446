/** What is said in the frames of a proof box: to it, and by it. A run's number keeps a late word out of the next. */
import { concat, utf8 } from '../../base/bytes.ts';
import {
  type CodeSent,
  codeSentSchema,
  type NotProvedReason,
  notProvedReasonSchema,
  type ProofMethod,
  type ProofOrder,
  type ProofPrompt,
  type ProofVerdict,
  proofMethodSchema,
  proofPromptSchema,
} from './api.ts';
import type { BoxFrame } from './box-frame.ts';

/** Said to the box. `run` is 0 to 255. */
export type HostWord =
  | { readonly say: 'ask' }
  | {
      readonly say: 'begin';
      readonly run: number;
      readonly method: ProofMethod;
      readonly person: ProofOrder['person'];
    }
  | { readonly say: 'guess'; readonly run: number; readonly code: string }
  | { readonly say: 'cancel'; readonly run: number };

/** Said by the box. */
export type BoxWord =
  | { readonly say: 'ready'; readonly methods: readonly ProofMethod[] }
  | { readonly say: 'prompt'; readonly run: number; readonly prompt: ProofPrompt }
  | { readonly say: 'code-sent'; readonly run: number; readonly sent: CodeSent }
  | { readonly say: 'wrong-code'; readonly run: number }
  | { readonly say: 'verdict'; readonly run: number; readonly verdict: ProofVerdict };

const HOST = { ask: 0x01, begin: 0x02, guess: 0x03, cancel: 0x04 } as const;
const BOX = { ready: 0x81, prompt: 0x82, codeSent: 0x83, wrongCode: 0x84, verdict: 0x85 } as const;

/** Methods, prompts and reasons as bytes: their place in these lists. Lists grow at their end only. */
const METHODS = proofMethodSchema.options;
const PROMPTS = proofPromptSchema.options;
const REASONS = notProvedReasonSchema.options;

/** The verdict's byte when somebody was proved; else 1 and more: the reason's place in the list. */
const PROVED = 0;

const ASCII = /^[ -~]*$/;

/** The frame of what is said to the box. */
export function encodeHostWord(word: HostWord): BoxFrame {
  switch (word.say) {
    case 'ask':
      return { type: HOST.ask, payload: new Uint8Array(0) };
    case 'begin': {
      const { name, number, photo } = word.person;
      const parts = [utf8(name), utf8(number), photo].map(withLength);
      return {
        type: HOST.begin,
        payload: concat(Uint8Array.of(word.run, METHODS.indexOf(word.method)), ...parts),
      };
    }
    case 'guess':
      return { type: HOST.guess, payload: concat(Uint8Array.of(word.run), utf8(word.code)) };
    case 'cancel':
      return { type: HOST.cancel, payload: Uint8Array.of(word.run) };
  }
}

/** What a frame says to the box; `undefined` when it is none of these. */
export function findHostWord({ type, payload }: BoxFrame): HostWord | undefined {
  const [run = -1] = payload;
  switch (type) {
    case HOST.ask:
      return payload.length === 0 ? { say: 'ask' } : undefined;
    case HOST.begin:
      return findBegin(payload);
    case HOST.guess: {
      const code = asciiOf(payload.subarray(1));
      return run >= 0 && code !== undefined ? { say: 'guess', run, code } : undefined;
    }
    case HOST.cancel:
      return payload.length === 1 ? { say: 'cancel', run } : undefined;
    default:
      return undefined;
  }
}

/** The frame of what the box says. */
export function encodeBoxWord(word: BoxWord): BoxFrame {
  switch (word.say) {
    case 'ready':
      return { type: BOX.ready, payload: Uint8Array.from(word.methods, (method) => METHODS.indexOf(method)) };
    case 'prompt':
      return { type: BOX.prompt, payload: Uint8Array.of(word.run, PROMPTS.indexOf(word.prompt)) };
    case 'code-sent': {
      const { digits, maskedPhone } = word.sent;
      return { type: BOX.codeSent, payload: concat(Uint8Array.of(word.run, digits), utf8(maskedPhone)) };
    }
    case 'wrong-code':
      return { type: BOX.wrongCode, payload: Uint8Array.of(word.run) };
    case 'verdict': {
      const byte = word.verdict.outcome === 'proved' ? PROVED : 1 + REASONS.indexOf(word.verdict.reason);
      return { type: BOX.verdict, payload: Uint8Array.of(word.run, byte) };
    }
  }
}

/** What a frame of the box says; `undefined` when it is none of these. */
export function findBoxWord({ type, payload }: BoxFrame): BoxWord | undefined {
  const [run = -1, second = -1] = payload;
  const isPair = payload.length === 2;
  switch (type) {
    case BOX.ready: {
      const methods = [...payload].flatMap((byte) => METHODS[byte] ?? []);
      return methods.length === payload.length ? { say: 'ready', methods } : undefined;
    }
    case BOX.prompt: {
      const prompt = PROMPTS[second];
      return isPair && prompt !== undefined ? { say: 'prompt', run, prompt } : undefined;
    }
    case BOX.codeSent: {
      const sent = codeSentSchema.safeParse({ digits: second, maskedPhone: asciiOf(payload.subarray(2)) });
      return sent.success ? { say: 'code-sent', run, sent: sent.data } : undefined;
    }
    case BOX.wrongCode:
      return payload.length === 1 ? { say: 'wrong-code', run } : undefined;
    case BOX.verdict: {
      const verdict = findVerdict(second);
      return isPair && verdict !== undefined ? { say: 'verdict', run, verdict } : undefined;
    }
    default:
      return undefined;
  }
}

function findVerdict(byte: number): ProofVerdict | undefined {
  if (byte === PROVED) return { outcome: 'proved' };
  const reason: NotProvedReason | undefined = REASONS[byte - 1];
  return reason && { outcome: 'not-proved', reason };
}

function findBegin(payload: Uint8Array): HostWord | undefined {
  const [run, methodByte = -1] = payload;
  const method = METHODS[methodByte];
  const parts: Uint8Array[] = [];
  let at = 2;
  while (at + 2 <= payload.length && parts.length < 3) {
    const end = at + 2 + (((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0));
    if (end > payload.length) return undefined;
    parts.push(payload.slice(at + 2, end));
    at = end;
  }
  const [name, number, photo] = parts;
  if (run === undefined || method === undefined || at !== payload.length) return undefined;
  if (name === undefined || number === undefined || photo === undefined) return undefined;
  const person = { name: new TextDecoder().decode(name), number: new TextDecoder().decode(number), photo };
  return { say: 'begin', run, method, person };
}

function withLength(part: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(part.length >>> 8, part.length), part);
}

function asciiOf(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes);
  return ASCII.test(text) ? text : undefined;
}
