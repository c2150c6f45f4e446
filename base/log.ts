/**
 * What programs may log, declared as data: an event has a name, a level and named fields of closed kinds.
 * Nothing else can be written, so a name, a number or an answer has no way into a log (redaction by
 * allow-list). `docs/` lists these for maintainers.
 */
export const LOG_EVENTS = {
  'program.started': {
    level: 'info',
    about: 'A program is up.',
    fields: { program: 'word', tookMs: 'count' },
  },
  'program.stopping': { level: 'info', about: 'A program was told to stop.', fields: { program: 'word' } },
  'program.fault': {
    level: 'error',
    about: 'A bug: the program, or one call, ended. The place is a file and line of ours, never a message.',
    fields: { program: 'word', fault: 'word', place: 'place' },
  },
  'program.cannot-start': {
    level: 'error',
    about: 'A program ended because of something outside that must change: another one runs on its files.',
    fields: { program: 'word', code: 'word' },
  },
  'program.restart': {
    level: 'warn',
    about: 'A program ended and is started again.',
    fields: { program: 'word', exitCode: 'count', delayMs: 'count', inARow: 'count' },
  },
  'program.too-large': {
    level: 'error',
    about: 'A program held more memory than it ever needs, and ended; it is started again.',
    fields: { program: 'word', residentMib: 'count' },
  },
  'program.hung': {
    level: 'error',
    about: 'A program said nothing for too long and was killed; it is started again.',
    fields: { program: 'word' },
  },
  'trial.stuck': {
    level: 'error',
    about:
      'A new version of the software is on trial, and the visit that nobody sees did not come to its end.',
    fields: { at: 'word' },
  },
  'device.status': {
    level: 'info',
    about: 'A device changed state.',
    fields: { device: 'word', state: 'word', reason: 'word' },
  },
  'reader.speed': {
    level: 'info',
    about: 'The card reader answered at that speed, which was searched for.',
    fields: { baudRate: 'count' },
  },
  'device.restarted': {
    level: 'info',
    about: 'Somebody who looks after the machine had a device’s line closed and opened anew.',
    fields: { device: 'word' },
  },
  'device.hung': {
    level: 'warn',
    about: 'A driver showed no sign of life: its line is closed and it is started anew.',
    fields: { device: 'word' },
  },
  'cabinet.refused': {
    level: 'error',
    about: 'The cabinet file is wrong in that line: the device is left out. `npm run cabinet:udev` says why.',
    fields: { line: 'count', where: 'word' },
  },
  'sync.enrol-failed': {
    level: 'warn',
    about: 'The terminal could not be enrolled; it is tried again.',
    fields: { code: 'word' },
  },
  'sync.trouble': {
    level: 'info',
    about: 'The platform was not reached, or did not serve us; it is tried again.',
    fields: { loop: 'word', code: 'word', waitMs: 'count' },
  },
  'sync.ignored': {
    level: 'warn',
    about: 'Something that came down did not count: wrongly signed, for another, or not ours.',
    fields: { what: 'word', code: 'word' },
  },
  'sync.answered': {
    level: 'info',
    about: 'A batch was answered.',
    fields: { held: 'count', refused: 'count' },
  },
  'sync.new-key': {
    level: 'warn',
    about:
      'A new signing key was asked for: promoted, certified once more for a platform that forgot it, or why not.',
    fields: { code: 'word' },
  },
  'sync.epoch': {
    level: 'warn',
    about: 'The platform was set up or restored: everything unreleased is offered again.',
    fields: { first: 'flag' },
  },
  'store.cannot-open': {
    level: 'error',
    about: 'Nothing can be kept: the screens say out of service, and it is tried again.',
    fields: { code: 'word', detail: 'word' },
  },
  'store.recovered': {
    level: 'warn',
    about: 'Database and mirror differed at start and were brought together.',
    fields: { how: 'word', opened: 'word' },
  },
  'store.set-aside': {
    level: 'warn',
    about:
      'A revoked machine was given a new enrolment code: what it had lies in `former/` and still owes so many entries.',
    fields: { owed: 'count' },
  },
  'store.healed': {
    level: 'warn',
    about:
      'The disk lost part of one copy of the journal by itself; it was given back from the other. So many pieces so far: plan for another disk.',
    fields: { pieces: 'count' },
  },
  'store.no-backup': {
    level: 'warn',
    about: 'A backup could not be made or verified; the ones before stay.',
    fields: { code: 'word' },
  },
  'store.file-trouble': {
    level: 'error',
    about: 'A photograph that goes with a kept case could not be read as it was written; its case stays.',
    fields: { code: 'word' },
  },
  'order.answered': {
    level: 'info',
    about: 'The platform ordered something of this machine, and was told what became of it.',
    fields: { order: 'word', outcome: 'word' },
  },
  'maintenance.not-told': {
    level: 'warn',
    about: 'The system could not be told that a maintainer is signed in, or gone: sticks stay as they are.',
    fields: { code: 'word' },
  },
  'catalog.left-out': {
    level: 'warn',
    about: 'A matter file breaks the schema and is not served.',
    fields: { file: 'word', problems: 'count' },
  },
  'catalog.release': {
    level: 'info',
    about: 'A release of the catalog was looked for: taken and waiting for the end of the visit, or why not.',
    fields: { code: 'word', number: 'count' },
  },
  'software.release': {
    level: 'info',
    about: 'New software was looked for: ready and waiting until nobody stands here, or why not.',
    fields: { code: 'word', version: 'count' },
  },
  'platform.alarm': {
    level: 'warn',
    about: 'The platform saw what a person must look at; the county desk shows which terminal.',
    fields: { kind: 'word' },
  },
  'platform.refused': {
    level: 'warn',
    about: 'A request to the platform was turned away.',
    fields: { where: 'word', why: 'word' },
  },
  'platform.backup': {
    level: 'info',
    about: 'A backup was made and verified; entries up to it may be released.',
    fields: { entries: 'count', bytes: 'count', tookMs: 'count' },
  },
  'centre.away': {
    level: 'warn',
    about: "The province's case centre was not reached, or did not let us in; it is tried again.",
    fields: { waitMs: 'count' },
  },
  'alerts.away': {
    level: 'warn',
    about: 'Whoever is told of alerts was not reached, or did not take one; it is told again.',
    fields: { waitMs: 'count' },
  },
  'broker.source-away': {
    level: 'warn',
    about: 'A source of shared data was not reached, did not let us in, or said what nobody can read.',
    fields: { dataSet: 'word', code: 'word' },
  },
  'phone.unavailable': {
    level: 'warn',
    about:
      'The service behind the app that shows codes on phones was not reached, or said what nobody can read.',
    fields: { code: 'word' },
  },
  'payments.no-answer': {
    level: 'warn',
    about:
      'The payment provider was not reached, did not let us in, or what came was not its word; it is asked again.',
    fields: { call: 'word', code: 'word', tried: 'count' },
  },
  'payments.notice-refused': {
    level: 'warn',
    about: 'A notice that said to be of the payment provider was not taken.',
    fields: { answer: 'word' },
  },
  'screen.refused': {
    level: 'warn',
    about: 'Someone without the right to it asked for the screen.',
    fields: { why: 'word' },
  },
  'screen.restart': {
    level: 'warn',
    about:
      'The page, or the browser that shows it, ended, was silent, drew nothing or held too much: another takes its place. After "nightly" nothing was wrong.',
    fields: { why: 'word', delayMs: 'count', inARow: 'count' },
  },
  'screen.up': {
    level: 'info',
    about: 'The page lives, so long after its browser was started.',
    fields: { tookMs: 'count' },
  },
  'shell.refused': {
    level: 'warn',
    about: 'A page asked the kiosk shell for what it may not have.',
    fields: { what: 'word', why: 'word' },
  },
  'shell.page-gone': {
    level: 'warn',
    about: 'The page in the kiosk window crashed, hung or did not load; it is loaded again.',
    fields: { why: 'word', exitCode: 'count', delayMs: 'count', inARow: 'count' },
  },
  'shell.child-gone': {
    level: 'warn',
    about: 'A helper process of the kiosk shell ended.',
    fields: { kind: 'word', reason: 'word', exitCode: 'count' },
  },
  'shell.out-of-service': {
    level: 'warn',
    about: 'The kiosk window shows the out-of-service page, or the screens again.',
    fields: { on: 'flag' },
  },
  'visit.shared-filled': {
    level: 'info',
    about: 'With consent, what the state keeps answered so many questions that were not asked.',
    fields: { questions: 'count' },
  },
  'screen.cannot-say': {
    level: 'warn',
    about:
      'So many phrases of a page could not be said aloud: no clips are built in, one is missing, no sound.',
    fields: { why: 'word', phrases: 'count' },
  },
  'shell.unsandboxed': {
    level: 'warn',
    about: 'The kiosk shell was started with --no-sandbox: a page that breaks out is not held.',
    fields: {},
  },
} as const satisfies Record<string, LogEvent>;

type FieldKind = 'word' | 'count' | 'flag' | 'place';
interface LogEvent {
  readonly level: 'info' | 'warn' | 'error';
  readonly about: string;
  readonly fields: Readonly<Record<string, FieldKind>>;
}

type ValueOf<K extends FieldKind> = K extends 'count' ? number : K extends 'flag' ? boolean : string;
export type LogName = keyof typeof LOG_EVENTS;
export type LogFields<N extends LogName> = {
  readonly [F in keyof (typeof LOG_EVENTS)[N]['fields']]: (typeof LOG_EVENTS)[N]['fields'][F] extends FieldKind
    ? ValueOf<(typeof LOG_EVENTS)[N]['fields'][F]> | null
    : never;
};

/** Writes one declared event. */
export type Log = <N extends LogName>(name: N, fields: LogFields<N>) => void;

/** A word of ours: short, lower case, no digits in a row long enough to be a number of somebody. */
const WORD = /^(?!.*\d{5})[a-z][a-zA-Z0-9._/-]{0,63}$/;
const PLACE = /^[\w./-]{1,120}:\d+$/;

/** The fields that fit their declared kind; what does not fit is replaced by `"?"`. */
export function allowedFields(
  name: LogName,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kinds: Readonly<Record<string, FieldKind>> = LOG_EVENTS[name].fields;
  return Object.fromEntries(
    Object.entries(kinds).map(([field, kind]) => [field, fits(kind, fields[field]) ? fields[field] : '?']),
  );
}

function fits(kind: FieldKind, value: unknown): boolean {
  if (value === null) return true;
  if (kind === 'count') return typeof value === 'number' && Number.isFinite(value);
  if (kind === 'flag') return typeof value === 'boolean';
  return typeof value === 'string' && (kind === 'word' ? WORD : PLACE).test(value);
}

/** What may be said of a thrown error: its class and our own file and line, of the source or the bundle. Messages may hold anything. */
export function faultFields(error: unknown): { fault: string; place: string | null } {
  if (!(error instanceof Error)) return { fault: 'thrown', place: null };
  const frame =
    /(?:file:\/\/)?\/(?:[\w.-]+\/)*?((?:dist\/programs|base|catalog|drivers|sync|terminal|host|electron|platform)\/[\w./-]+:\d+)/.exec(
      error.stack ?? '',
    );
  return { fault: faultName(error), place: frame?.[1] ?? null };
}

/** The system's own code where it has one (`eaddrinuse` says more than `error`), else the class. */
function faultName(error: Error): string {
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && /^[A-Z][A-Z_]{2,30}$/.test(code)) return code.toLowerCase();
  const name = error.constructor.name;
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
