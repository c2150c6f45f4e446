import { MessageChannelMain, type MessagePortMain } from 'electron';
import { EMPTY_BOOK, type Handover, type Peer, pairLost, peerDown, peerUp } from '../decisions/links.ts';
import type { LostPort, PortMessage } from '../decisions/messages.ts';

type Hand = (message: PortMessage, port: MessagePortMain) => void;

/** Makes pairs of ports and hands them out, fresh ones after every restart. */
export interface PortDesk {
  /** A peer began; `hand` is how ports reach it. */
  up(peer: Peer, hand: Hand): void;
  /** A peer is gone. */
  down(peer: Peer): void;
  /** A peer says that its port closed. */
  lost(asker: Peer, lost: LostPort): void;
}

/** A desk where nobody is up yet. */
export function createPortDesk(): PortDesk {
  const hands = new Map<Peer, Hand>();
  let book = EMPTY_BOOK;
  const handOut = ({ ends: [one, other], generation }: Handover) => {
    const { port1, port2 } = new MessageChannelMain();
    hands.get(one)?.({ type: 'port', peer: other, generation }, port1);
    hands.get(other)?.({ type: 'port', peer: one, generation }, port2);
  };
  const turn = (next: ReturnType<typeof peerUp>) => {
    book = next.book;
    for (const handover of next.handovers) handOut(handover);
  };
  return {
    up(peer, hand) {
      hands.set(peer, hand);
      turn(peerUp(book, peer));
    },
    down(peer) {
      hands.delete(peer);
      book = peerDown(book, peer);
    },
    lost: (asker, lost) => turn(pairLost(book, { asker, ...lost })),
  };
}
