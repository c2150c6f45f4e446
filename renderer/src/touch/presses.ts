/**
 * Which touches are presses. Slow, trembling and resting hands are heard as what they mean: a press counts when the
 * finger is lifted, however long it lay and though it slipped a little; a palm presses nothing. Lengths are
 * millimetres of the glass. Knows no page: `K` is whatever stands for a key.
 */

/** How far a finger may slip between touching and lifting and still press the key it touched. */
export const SLIP_MM = 8;

/** What is wider than this is no finger. */
export const PALM_MM = 24;

/** For unsteady hands: how far beside a key a touch may land and still mean it, and how much nearer it must be than any other. */
export const BESIDE_MM = 5;
export const CLEARLY_NEARER_MM = 4;

/** For unsteady hands: the same key, or whatever comes to stand where it stood, is not pressed again within this time. */
export const AGAIN_MS = 500;

/** For everyone: another key so near the place just pressed came to stand there meanwhile, and was not meant within this time. */
export const SAME_PLACE_MM = 4;

/** So many contacts at once are a hand, none of them a finger. */
const HAND = 3;

export interface Place {
  readonly xMm: number;
  readonly yMm: number;
}

/** A contact as it lands. */
export interface Landing<K> {
  readonly id: number;
  readonly at: Place;
  readonly widthMm: number;
  /** The key that it means. */
  readonly key: K;
}

/** What became of a touch. */
export interface PressesPort<K> {
  /** The finger was lifted: the key is pressed. */
  press(key: K, id: number): void;
  /** This contact will press nothing any more. */
  drop(key: K, id: number): void;
  monoMs(): number;
  isSteady(): boolean;
}

/** Follows contacts from landing to lifting. */
export interface Presses<K> {
  /** Whether the contact may become a press. */
  land(landing: Landing<K>): boolean;
  /** Whether the contact is one that may still press its key. */
  follows(id: number): boolean;
  /** `over` is the key it lifts from, if from any. */
  lift(id: number, at: Place, over: K | undefined): void;
  /** The browser took the contact for something else. */
  lose(id: number): void;
}

/** Makes a {@link Presses}. */
export function createPresses<K>(port: PressesPort<K>): Presses<K> {
  /** In the order in which they landed. */
  const live = new Map<number, Landing<K> & { readonly landedMs: number }>();
  /** The last press, with where its finger landed and lifted. */
  let last: { readonly key: K; readonly places: readonly Place[]; readonly atMs: number } | null = null;

  const drop = (id: number) => {
    const landing = live.get(id);
    if (landing === undefined) return;
    live.delete(id);
    port.drop(landing.key, id);
  };
  const isRepeat = ({ key, at, landedMs }: Landing<K> & { readonly landedMs: number }) => {
    // However long it then lies there: when it landed is what counts.
    if (last === null || landedMs - last.atMs >= AGAIN_MS) return false;
    const awayMm = Math.min(...last.places.map((place) => distanceMm(place, at)));
    if (port.isSteady()) return last.key === key || awayMm <= SLIP_MM;
    // What a second thumb touched already stood there.
    return last.key !== key && landedMs > last.atMs && awayMm <= SAME_PLACE_MM;
  };

  return {
    land(landing) {
      if (landing.widthMm > PALM_MM) return false;
      live.set(landing.id, { ...landing, landedMs: port.monoMs() });
      if (live.size >= HAND) for (const id of [...live.keys()]) drop(id);
      return live.has(landing.id);
    },
    follows: (id) => live.has(id),
    lift(id, at, over) {
      const landing = live.get(id);
      if (landing === undefined) return;
      const isMeant = over === landing.key || distanceMm(landing.at, at) <= SLIP_MM;
      if (!isMeant || isRepeat(landing)) {
        drop(id);
        return;
      }
      const older = [...live.keys()].slice(0, [...live.keys()].indexOf(id));
      live.delete(id);
      last = { key: landing.key, places: [landing.at, at], atMs: port.monoMs() };
      port.press(landing.key, id);
      // Whatever lay on the glass before the finger came was leaning on it.
      for (const each of older) drop(each);
    },
    lose: drop,
  };
}

function distanceMm(from: Place, to: Place): number {
  return Math.hypot(to.xMm - from.xMm, to.yMm - from.yMm);
}

/** A key and how far from it a touch landed. */
export interface Near<K> {
  readonly key: K;
  readonly distanceMm: number;
}

/** The key that a touch beside it must have meant: close by, and clearly closer than any other. */
export function findMeant<K>(keys: readonly Near<K>[]): K | undefined {
  const [first, second] = [...keys].sort((a, b) => a.distanceMm - b.distanceMm);
  if (first === undefined || first.distanceMm > BESIDE_MM) return undefined;
  const isClear = second === undefined || second.distanceMm >= first.distanceMm + CLEARLY_NEARER_MM;
  return isClear ? first.key : undefined;
}
