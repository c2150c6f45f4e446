/** The software as the maintainer sees it, out of the keeper's words, and what may be asked of it. */
import type { SoftwareOutcome, SoftwareState } from '../software/software-state.ts';
import type { UpkeepPage } from './api.ts';
import type { SoftwareCame, SoftwareTrial, SoftwareView } from './software-api.ts';

/** What the page asks for. */
export interface UpkeepSoftware {
  /** `undefined` where no launcher started this program, or no root says whom to trust. */
  findView(): SoftwareView | undefined;
  /** Sticks that carry releases, by name. */
  sticks(): readonly string[];
  /** Looks at the platform, or at a stick; false where there is no such stick, or a look is under way. */
  look(stick: string | null): boolean;
  /** What waits is changed over to as soon as nobody stands here; false where nothing may be. */
  hurry(): boolean;
  /** Breaks a look off, or lets go of what came by stick; false where there is neither. */
  cancel(): boolean;
}

/** The page. */
export function softwarePage(
  software: UpkeepSoftware,
  asks: boolean,
): Extract<UpkeepPage, { kind: 'software' }> {
  const view = software.findView() ?? null;
  const canChange = view?.waiting != null && view.waiting.for !== 'offer' && !view.looking;
  return { kind: 'software', software: view, sticks: [...software.sticks()], asks: asks && canChange };
}

/** What the keeper's words mean to whoever reads them. */
const CAME: Readonly<Record<SoftwareOutcome['code'], SoftwareCame>> = {
  ready: 'ready',
  newest: 'newest',
  'nothing-offered': 'nothing-offered',
  ...{ unreachable: 'unreachable', slow: 'unreachable', busy: 'unreachable' },
  stopped: 'stopped',
  'not-trusted': 'not-trusted',
  expired: 'expired',
  ...{ 'no-target': 'none', 'not-listed': 'none', 'not-there': 'none', 'not-found': 'none' },
  ...{ 'wrong-hash': 'damaged', malformed: 'damaged', damaged: 'damaged', 'contradicts-itself': 'damaged' },
  ...{
    'wrong-product': 'damaged',
    'wrong-version': 'damaged',
    'wrong-name': 'damaged',
    'no-start': 'damaged',
  },
  ...{ 'no-files': 'damaged', 'too-many-files': 'damaged', 'too-large': 'damaged', 'bad-path': 'damaged' },
  ...{ 'same-name': 'damaged', 'outside-pack': 'damaged' },
  ...{ 'wrong-machine': 'other-machine', 'other-machine': 'other-machine' },
  ...{ 'two-steps': 'two-steps', 'unreadable-store': 'two-steps' },
  ...{ 'launcher-too-old': 'launcher', 'needs-launcher': 'launcher' },
  ...{ 'failed-before': 'failed-before', refused: 'failed-before' },
  older: 'older',
  ...{ 'no-room': 'no-room', full: 'no-room' },
  ...{ io: 'disk', disk: 'disk' },
  ...{ 'in-trial': 'trial', trial: 'trial' },
  ...{ 'no-launcher': 'no-answer', 'no-answer': 'no-answer', 'not-staged': 'no-answer' },
  'called-off': 'no-answer',
};

const TRIALS: ReadonlySet<string> = new Set<SoftwareTrial>([
  ...(['committed', 'ill', 'hung', 'crashed', 'crashed-later', 'late', 'power', 'damaged'] as const),
]);
const trialOf = (outcome: string) => (TRIALS.has(outcome) ? outcome : 'other') as SoftwareTrial;

/** So much of a hash is shown: to be read out over the telephone. */
const HASH_SHOWN = 16;

/** The keeper's state for the page. */
export function softwareView(
  state: SoftwareState,
  known: Pick<SoftwareView, 'hours'> & {
    readonly clockTrusted: boolean;
    readonly sinceMs: number | null;
  },
): SoftwareView {
  const { running, other, trial, waiting, fetching, looking, backTo, last } = state;
  return {
    running: running && {
      ...{ version: running.version, name: running.name, sinceMs: known.sinceMs },
      hash: running.manifest.slice(0, HASH_SHOWN),
    },
    ...{ other, looking, fetching, backTo, hours: known.hours },
    trial: trial && { version: trial.version, outcome: trialOf(trial.outcome) },
    refused: state.refused.map(({ version, why }) => ({ version, why: trialOf(why) })),
    waiting: waiting && {
      version: waiting.version,
      for: waiting.for === 'hour' && !known.clockTrusted ? 'clock' : waiting.for,
      by: waiting.by,
    },
    last: last && { came: CAME[last.code], atMs: last.atMs },
  };
}
