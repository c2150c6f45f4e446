/**
 * The card reader's states and what moves between them, as a table with every cell filled: state × event →
 * next state and effects. Nothing here knows bytes, time or people.
 */

/** Where a reader session stands. */
export const READER_STATES = [
  /** The port is not open. */
  'closed',
  /** Open; the reader has not said that it is well. */
  'checking',
  /** The reader says it cannot be used. */
  'unfit',
  /** Looking for a card; nothing is known to lie there. */
  'searching',
  'selecting',
  'reading',
  /** Looking again for the card that was being read when something failed. */
  'refinding',
  /** Read; asking for an added address. */
  'addressing',
  /**
   * A card was read. It cannot be found again while it stays (domain.md A.6), so "no card" means unknown; a
   * card that is found was laid again, or is another.
   */
  'holding',
  /** A card failed and was told to be taken away; it is not tried again before it was missed once. */
  'troubled',
] as const;
export type ReaderState = (typeof READER_STATES)[number];

/** What can happen to a session. */
export const READER_EVENTS = [
  'opened',
  'lost',
  /** The state's delay is over. */
  'due',
  /** The reader answered that it is well. */
  'ready',
  'found',
  'none',
  'selected',
  /** A card was read, and it is not the one held. */
  'read-new',
  /** A card was read, and it is the one held. */
  'read-same',
  /** A sound answer came over a line that was noisy just now: it is asked for once more. */
  'unsure',
  /** The added address came, or there is none. */
  'addressed',
  /** The card cannot be used. */
  'refused',
  /** The reader cannot be used. */
  'unfit',
  /** The reader lost its place. */
  'restart',
  /** No sound answer, but it is early to give up. */
  'again',
  /** No sound answer, too often in a row. */
  'gave-up',
  /** Whoever was here has left. */
  'forget',
] as const;
export type ReaderMachineEvent = (typeof READER_EVENTS)[number];

/** What the session must do. `send-…` asks the reader; `tell-…` goes to whoever watches. */
export type ReaderEffect =
  | 'open'
  | 'close'
  | 'send-status'
  | 'send-reset'
  | 'send-find'
  | 'send-select'
  | 'send-read'
  | 'send-address'
  | 'tell-well'
  | 'tell-unfit'
  | 'tell-silent'
  | 'tell-closed'
  | 'tell-reading'
  | 'tell-identity'
  | 'tell-still-here'
  | 'tell-trouble'
  /** Told when the line failed while a card was being read: the screen must not wait for it. */
  | 'tell-lay-again'
  | 'forget';

export interface ReaderTransition {
  readonly next: ReaderState;
  readonly effects: readonly ReaderEffect[];
}

type Row = Readonly<Record<ReaderMachineEvent, ReaderTransition>>;

function go(next: ReaderState, ...effects: readonly ReaderEffect[]): ReaderTransition {
  return { next, effects };
}

/** What holds in any state unless its row says otherwise; answers that nobody asked for change nothing. */
function anywhere(state: ReaderState): Row {
  const stay = go(state);
  return {
    opened: stay,
    lost: go('closed', 'tell-closed'),
    due: stay,
    ready: stay,
    found: stay,
    none: stay,
    selected: stay,
    'read-new': stay,
    'read-same': stay,
    unsure: stay,
    addressed: stay,
    refused: stay,
    unfit: go('unfit', 'tell-unfit'),
    restart: stay,
    again: stay,
    'gave-up': go('checking', 'tell-silent'),
    forget: go(state, 'forget'),
  };
}

/** While a card is being read, whatever spoils it is told, so that nobody waits for it in vain. */
function withCard(state: ReaderState): Row {
  return {
    ...anywhere(state),
    lost: go('closed', 'tell-lay-again', 'tell-closed'),
    none: go('troubled', 'tell-lay-again'),
    refused: go('troubled', 'tell-trouble'),
    unfit: go('unfit', 'tell-lay-again', 'tell-unfit'),
    restart: go('refinding', 'send-find'),
    again: go('refinding', 'send-find'),
    'gave-up': go('checking', 'tell-lay-again', 'send-status'),
  };
}

/** Looking for a card, once every delay. */
function polling(state: ReaderState): Row {
  return {
    ...anywhere(state),
    due: go(state, 'send-find'),
    found: go('selecting', 'tell-reading', 'send-select'),
    refused: go('troubled', 'tell-trouble'),
  };
}

const TOLD = go('holding', 'tell-identity');

/** The table. */
const READER_TABLE: Readonly<Record<ReaderState, Row>> = {
  closed: {
    ...anywhere('closed'),
    due: go('closed', 'open'),
    opened: go('checking', 'send-status'),
    unfit: go('closed'),
    'gave-up': go('closed'),
  },
  checking: {
    ...anywhere('checking'),
    due: go('checking', 'send-status'),
    ready: go('searching', 'tell-well', 'send-find'),
    'gave-up': go('closed', 'close', 'tell-silent'),
  },
  unfit: {
    ...anywhere('unfit'),
    due: go('unfit', 'send-reset'),
    // After a reset the reader is asked how it is, as after opening.
    ready: go('checking', 'send-status'),
  },
  searching: polling('searching'),
  selecting: {
    ...withCard('selecting'),
    selected: go('reading', 'send-read'),
  },
  reading: {
    ...withCard('reading'),
    'read-new': go('addressing', 'send-address'),
    'read-same': go('holding', 'tell-still-here'),
    unsure: go('reading', 'send-read'),
    // Asked again at once: a card whose good read was lost on the line cannot be found a second time.
    again: go('reading', 'send-read'),
  },
  refinding: {
    ...withCard('refinding'),
    found: go('selecting', 'send-select'),
  },
  addressing: {
    ...anywhere('addressing'),
    addressed: TOLD,
    unsure: go('addressing', 'send-address'),
    // The card itself was read well: whatever happens here, its own address stands.
    none: TOLD,
    refused: TOLD,
    restart: TOLD,
    again: TOLD,
    'gave-up': TOLD,
    lost: go('closed', 'tell-identity', 'tell-closed'),
    unfit: go('unfit', 'tell-identity', 'tell-unfit'),
  },
  holding: {
    ...polling('holding'),
    forget: go('searching', 'forget'),
  },
  troubled: {
    ...polling('troubled'),
    found: go('troubled'),
    none: go('searching'),
    refused: go('troubled'),
  },
};

/** The next state and the effects, in the order they are to be done. */
export function step(state: ReaderState, event: ReaderMachineEvent): ReaderTransition {
  return READER_TABLE[state][event];
}
