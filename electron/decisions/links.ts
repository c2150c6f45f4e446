/** Whom a port leads to. */
export type Peer = 'screen' | 'terminal' | 'devices';

/** A pair of ports to be made and handed out, one end to each. */
export interface Handover {
  readonly ends: readonly [Peer, Peer];
  /** Grows with every pair of this link. */
  readonly generation: number;
}

/** Who talks with whom. The screens never talk with the devices. */
export const LINKS: readonly (readonly [Peer, Peer])[] = [
  ['screen', 'terminal'],
  ['terminal', 'devices'],
];

/** Who is up, and how many pairs each link has had. */
export interface LinkBook {
  readonly up: ReadonlySet<Peer>;
  /** By the link's place in {@link LINKS}. */
  readonly generations: readonly number[];
}

/** What changes, and which pairs must be handed out because of it. */
interface Turn {
  readonly book: LinkBook;
  readonly handovers: readonly Handover[];
}

/** Nobody is up, no pair was ever made. */
export const EMPTY_BOOK: LinkBook = { up: new Set(), generations: LINKS.map(() => 0) };

/** A peer began, or began again: a fresh pair for each of its links whose other end is up. */
export function peerUp(book: LinkBook, peer: Peer): Turn {
  const up = new Set(book.up).add(peer);
  return renew({ ...book, up }, (ends) => ends.includes(peer));
}

/** A peer is gone. Its ports died with it; nothing is handed out until it is up again. */
export function peerDown(book: LinkBook, peer: Peer): LinkBook {
  const up = new Set(book.up);
  up.delete(peer);
  return { ...book, up };
}

/**
 * One end says that its port closed though both ends may live (one of them hung, and was given up). A fresh
 * pair, unless that pair was replaced already: both ends ask, the second is too late.
 */
export function pairLost(
  book: LinkBook,
  lost: { readonly asker: Peer; readonly peer: Peer; readonly generation: number },
): Turn {
  return renew(
    book,
    (ends, generation) =>
      ends.includes(lost.asker) &&
      ends.includes(lost.peer) &&
      lost.asker !== lost.peer &&
      generation === lost.generation,
  );
}

function renew(book: LinkBook, wants: (ends: readonly [Peer, Peer], generation: number) => boolean): Turn {
  const handovers: Handover[] = [];
  const generations = LINKS.map((ends, index) => {
    const generation = book.generations[index] ?? 0;
    if (!wants(ends, generation) || !ends.every((end) => book.up.has(end))) return generation;
    handovers.push({ ends, generation: generation + 1 });
    return generation + 1;
  });
  return { book: { ...book, generations }, handovers };
}
