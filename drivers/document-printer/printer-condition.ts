/** From a printer's own words to what the terminal says of it (RFC 8011 §5.4.11, §5.4.12). */
import type { DeviceReason } from '../api.ts';
import type { IppTrouble } from './ipp-client.ts';
import { GROUP_TAGS, type IppMessage, type IppValue } from './ipp-message.ts';

/** A printer's condition: whether it can print, and why not, or what it will soon want. */
export type DocumentPrinterCondition =
  | { readonly state: 'ok'; readonly reason: null }
  | { readonly state: 'attention'; readonly reason: DeviceReason }
  | { readonly state: 'fault' | 'absent'; readonly reason: DeviceReason };

/** What a printer says of itself. */
export interface PrinterFacts {
  readonly condition: DocumentPrinterCondition;
  /** The operations it knows, by number; none where it did not answer. */
  readonly operations: ReadonlySet<number>;
  /** The trays it names; none where it does not tell. */
  readonly trays: ReadonlySet<string>;
}

const STOPPED = 5;

type Severity = 'report' | 'warning' | 'error';

/** A reason that stands for a trouble: what it is to us, and how bad it is where the printer does not say. */
interface ReasonMeaning {
  readonly reason: DeviceReason;
  readonly unsaid: Severity;
}

const stops = (reason: DeviceReason): ReasonMeaning => ({ reason, unsaid: 'error' });
const wants = (reason: DeviceReason): ReasonMeaning => ({ reason, unsaid: 'warning' });

/** The registered reasons, the most telling first: the first that a printer gives names its trouble. */
const REASONS: ReadonlyMap<string, ReasonMeaning> = new Map([
  ['media-jam', stops('paper-jam')],
  ['cover-open', stops('cover-open')],
  ['door-open', stops('cover-open')],
  ['interlock-open', stops('cover-open')],
  ['media-empty', stops('paper-out')],
  ['media-needed', stops('paper-out')],
  ['input-tray-missing', stops('tray-missing')],
  ['output-tray-missing', stops('tray-missing')],
  ['output-area-full', stops('output-full')],
  ['toner-empty', stops('toner-empty')],
  ['marker-supply-empty', stops('toner-empty')],
  ['developer-empty', stops('toner-empty')],
  ['marker-waste-full', stops('part-worn')],
  ['opc-life-over', stops('part-worn')],
  ['fuser-over-temp', stops('overheated')],
  ['fuser-under-temp', wants('needs-attention')],
  ['spool-area-full', stops('spool-full')],
  ['paused', stops('paused')],
  ['moving-to-paused', stops('paused')],
  ['hold-new-jobs', stops('paused')],
  ['deactivated', stops('off-line')],
  ['shutdown', stops('off-line')],
  ['timed-out', stops('off-line')],
  ['connecting-to-device', stops('off-line')],
  ['stopping', wants('needs-attention')],
  ['stopped-partly', wants('needs-attention')],
  ['interpreter-resource-unavailable', wants('needs-attention')],
  ['other', wants('needs-attention')],
  ['media-low', wants('paper-low')],
  ['toner-low', wants('toner-low')],
  ['marker-supply-low', wants('toner-low')],
  ['developer-low', wants('toner-low')],
  ['marker-waste-almost-full', wants('part-worn')],
  ['opc-near-eol', wants('part-worn')],
  ['output-area-almost-full', wants('output-full')],
]);

/** A word of a maker's own: of it no more is known than how bad it says it is. */
const UNKNOWN_REASON: ReasonMeaning = wants('needs-attention');
/** Not about its health. */
const SILENT_REASONS = new Set(['none', 'identify-printer-requested']);
const RANKS = [...REASONS.keys()];

interface Said {
  readonly word: string;
  /** Null where the printer does not say it. */
  readonly severity: Severity | null;
}

/** Understands an answer about the printer. One without a state is no such answer: undefined. */
export function findPrinterFacts(message: IppMessage): PrinterFacts | undefined {
  const attributes = message.groups.find(({ tag }) => tag === GROUP_TAGS.printer)?.attributes;
  const [state] = attributes?.get('printer-state') ?? [];
  if (attributes === undefined || typeof state !== 'number') return undefined;
  const [isAccepting] = attributes.get('printer-is-accepting-jobs') ?? [];
  return {
    condition: conditionOf({
      isStopped: state === STOPPED,
      isAccepting: isAccepting !== false,
      said: wordsOf(attributes.get('printer-state-reasons')).map(splitSeverity),
      hasA4Ready: wordsOf(attributes.get('media-ready')).some((media) => media.startsWith('iso_a4')),
    }),
    operations: new Set(
      (attributes.get('operations-supported') ?? []).filter((operation) => typeof operation === 'number'),
    ),
    trays: new Set(wordsOf(attributes.get('media-source-supported'))),
  };
}

/** What a question that failed says of the printer. */
export function conditionOfTrouble(trouble: IppTrouble): DocumentPrinterCondition {
  switch (trouble.code) {
    case 'no-connection':
      return { state: 'absent', reason: 'port-closed' };
    case 'cut-off':
    case 'timeout':
      return { state: 'fault', reason: 'not-answering' };
    case 'not-understood':
      return { state: 'fault', reason: 'not-understood' };
    case 'wrong-path':
      return { state: 'fault', reason: 'misconfigured' };
    case 'not-authorised':
      return { state: 'fault', reason: 'not-authorised' };
    case 'refused':
      return { state: 'fault', reason: refusalReason(trouble.status) };
  }
}

/** Why a printer says no, as far as its status tells (RFC 8011 §B.1.4, §B.1.5). */
const REFUSALS: ReadonlyMap<number, DeviceReason> = new Map([
  [0x0406, 'misconfigured'],
  [0x0408, 'document-refused'],
  [0x040a, 'document-refused'],
  [0x040b, 'document-refused'],
  [0x040f, 'document-refused'],
  [0x0410, 'document-refused'],
  [0x0411, 'document-refused'],
  [0x0502, 'off-line'],
  [0x0504, 'unrecoverable'],
  [0x0505, 'spool-full'],
  [0x0506, 'paused'],
]);

/** Why a printer says no, as far as its status tells. */
export function refusalReason(status: number): DeviceReason {
  return REFUSALS.get(status) ?? 'needs-attention';
}

function conditionOf(facts: {
  readonly isStopped: boolean;
  readonly isAccepting: boolean;
  readonly said: readonly Said[];
  readonly hasA4Ready: boolean;
}): DocumentPrinterCondition {
  const said = facts.said
    .filter(({ word }) => !SILENT_REASONS.has(word))
    .toSorted((one, other) => rankOf(one.word) - rankOf(other.word));
  const judged = said.map((one) => judge(one, facts.hasA4Ready));
  // One that has stopped has a reason to, however mildly it puts it.
  const fault =
    judged.find(({ isFault }) => isFault) ?? judged.find(({ couldStop }) => facts.isStopped && couldStop);
  if (fault !== undefined) return { state: 'fault', reason: fault.reason };
  if (facts.isStopped) return { state: 'fault', reason: 'needs-attention' };
  if (!facts.isAccepting) return { state: 'fault', reason: 'paused' };
  const [wish] = judged;
  return wish === undefined ? { state: 'ok', reason: null } : { state: 'attention', reason: wish.reason };
}

interface Judgement {
  readonly reason: DeviceReason;
  readonly isFault: boolean;
  readonly couldStop: boolean;
}

function judge({ word, severity }: Said, hasA4Ready: boolean): Judgement {
  const { reason, unsaid } = REASONS.get(word) ?? UNKNOWN_REASON;
  const couldStop = unsaid === 'error';
  if (reason !== 'paper-out') return { reason, isFault: (severity ?? unsaid) === 'error', couldStop };
  // Some printers call an empty tray a mere report until somebody prints; others have a second tray, with A4 in it.
  const isOtherTray = severity !== null && severity !== 'error' && hasA4Ready;
  return isOtherTray
    ? { reason: 'paper-low', isFault: false, couldStop }
    : { reason, isFault: true, couldStop };
}

/** A reason may end in how bad it is (RFC 8011 §5.4.12). */
function splitSeverity(reason: string): Said {
  const [, word, severity] = /^(.*)-(report|warning|error)$/.exec(reason) ?? [];
  return word === undefined ? { word: reason, severity: null } : { word, severity: severity as Severity };
}

function rankOf(word: string): number {
  const rank = RANKS.indexOf(word);
  return rank === -1 ? RANKS.indexOf('other') : rank;
}

function wordsOf(values: readonly IppValue[] | undefined): string[] {
  return (values ?? []).filter((value) => typeof value === 'string');
}
