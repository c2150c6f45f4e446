import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { invariant } from '../../base/result.ts';
import type { Sql } from '../../base/sql.ts';
import type { SyncEngine } from '../../sync/engine.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { JournalPort } from '../../sync/ports.ts';
import type { TimeKeeper } from '../../sync/time.ts';
import type { Keeper, KeepWish, Kept, PersonMemory } from '../../terminal/keeper.ts';
import { keyFile } from '../../terminal/keys/key-file.ts';
import { type KeeperParts, type OpenedKeeper, openKeeper } from '../../terminal/open-keeper.ts';
import type { Chance } from './chance.ts';
import { createClock, type Timeline } from './clock.ts';
import type { CryptoMaker } from './crypto.ts';
import { awaitKilled, createLife, Killed, type Life, passKilled } from './death.ts';
import { createDisk, type Platter } from './disk.ts';
import type { Hurt, Room } from './history.ts';
import { hurtImage, hurtMirror } from './hurt.ts';
import type { Network } from './network.ts';
import { type Card, type Submission, wishOf } from './people.ts';
import { BEGAN_AT_MS } from './platform.ts';
import { createStore, createStoreOnDisk, type StoreOnDisk } from './store.ts';
import { changeKey, keepEnrolling, startEngine } from './terminal-engine.ts';

/** One run of the terminal's program. */
export interface TerminalRun {
  readonly life: Life;
  readonly opened: OpenedKeeper;
  readonly keeper: Keeper;
  readonly clock: Clock;
  readonly crypto: Crypto;
  /** Once enrolled. */
  engine: SyncEngine | undefined;
}

/** What a supervisor would be told to do next. */
export interface Death {
  readonly atPoint: number;
  readonly againAtPoint: number | null;
  readonly downMs: number;
  readonly hurt: Hurt;
}

/** The real durable half of a terminal and its engine, on disks that can be hurt. */
export interface SimulatedTerminal {
  findRun(): TerminalRun | undefined;
  start(): void;
  /** Arms a death; the supervisor starts the program again. */
  dieAs(death: Death): void;
  /** Takes back a death that has not come yet. */
  calm(): void;
  setClock(offsetMs: number): void;
  /** No more room where these things lie, for so long; it may be there again for a moment. */
  fill(which: Room, ms: number): void;
  /** How far the time it trusts is from the truth, in milliseconds; `undefined` while it trusts none. */
  findTimeErrorMs(): number | undefined;
  /** Files a submission, as a visit does; answers what the visitor was told. */
  file(submission: Submission): Kept | 'refused' | 'nothing';
  /** Opens the memory of a card. */
  remember(card: Card): PersonMemory;
  /** The database, for whoever looks on. */
  database(): Sql;
  /** The mirror's files, for the same. */
  mirror(): ReadonlyMap<string, Uint8Array>;
  /** The paths of encrypted photographs on its disk. */
  files(): readonly string[];
  /** A maintainer asks for a new signing key. */
  changeKey(): void;
  /** The key that this run must sign with: the one that lay on its disk when it began. */
  dueKeyId(): Uint8Array | undefined;
  /** What lies on its disks now; `undefined` while a copy that was hurt is not healed. */
  copyDisks(): CopiedDisks | undefined;
  end(): Promise<void>;
  /** How often a disk was hurt. */
  hurts(): { readonly database: number; readonly mirror: number };
}

/** Everything that lies on a terminal's disks, for another machine to go on with. */
export interface CopiedDisks {
  readonly disk: Platter;
  readonly mirror: Platter;
  readonly image: Uint8Array | undefined;
  /** How far that machine's clock is from the truth. */
  readonly wallOffsetMs: number;
}

/** Ways to bend the terminal, for the bugs that tests plant; `kept` outlives every run. */
export interface TerminalBends {
  readonly port?: (port: JournalPort, kept: Map<string, unknown>) => JournalPort;
  readonly parts?: (parts: KeeperParts, life: Life, kept: Map<string, unknown>) => KeeperParts;
  readonly wish?: (wish: KeepWish, kept: Map<string, unknown>) => KeepWish;
  readonly time?: (time: TimeKeeper, run: Pick<TerminalRun, 'clock'>) => TimeKeeper;
}

/** What a simulated terminal is made of. */
export interface TerminalParts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly makeCrypto: CryptoMaker;
  readonly network: Network;
  readonly enrolmentCode: string;
  readonly note: (what: string) => void;
  readonly onFault: (what: string) => void;
  readonly onCommitted: (sql: Sql) => void;
  readonly onMirrorRemoved: (path: string, bytes: Uint8Array) => void;
  /** Called when a file is removed from the disk of backups and photographs. */
  readonly onRemoved: (path: string) => void;
  /** Called when the program is open and both copies are whole. */
  readonly onWhole: () => void;
  /** Called before the program is opened on disks that were hurt. */
  readonly onHurt: (hurt: Hurt['what']) => void;
  readonly bends?: TerminalBends;
  /** What its disks hold at first; nothing where it is new. */
  readonly copied?: CopiedDisks;
}

/** The check in the background is through by then. */
const CHECKED_WITHIN_MS = 120_000;

const NO_DEATH: Death = { atPoint: 0, againAtPoint: null, downMs: 5_000, hurt: { what: 'nothing' } };

/** A terminal that is not started yet. */
export function createSimulatedTerminal(parts: TerminalParts): SimulatedTerminal {
  const { timeline, chance, note } = parts;
  const { copied } = parts;
  const platters: Record<'disk' | 'mirror', Platter> = {
    disk: new Map(copied?.disk),
    mirror: new Map(copied?.mirror),
  };
  const onDisk: StoreOnDisk = createStoreOnDisk();
  if (copied) onDisk.inner.putImage(copied.image);
  const bent = new Map<string, unknown>();
  const hurts = { database: 0, mirror: 0 };
  let wallOffsetMs = copied?.wallOffsetMs ?? BEGAN_AT_MS;
  let dueKeyId: Uint8Array | undefined;
  let runs = 0;
  let run: TerminalRun | undefined;
  let death = NO_DEATH;
  const fullUntilMs: Record<Room, number> = { database: 0, mirror: 0, files: 0 };
  const fullness = chance.stream('fullness');
  /** Both copies are whole: only then may one of them be hurt. */
  let isWhole = true;
  /** Bits of the mirror may be others where a start does not look; the check in the background does. */
  let isUnchecked = false;

  function start(): void {
    const number = ++runs;
    onDisk.inner.crash();
    hurt();
    let engine: SyncEngine | undefined;
    const life = createLife({
      onPoint: (write) => note(`terminal: ${write}`),
      onDeath(how) {
        note(`terminal: killed ${how}`);
        run = undefined;
        if (engine) void awaitKilled(engine.stop());
        timeline.after(death.downMs, start);
      },
    });
    if (death.againAtPoint !== null) life.dieAt(death.againAtPoint);
    death = { ...death, againAtPoint: null };
    const opened = passKilled(() => open(life, number));
    if (!opened) return;
    run = opened;
    dueKeyId = keyOnDisk(opened.crypto);
    note(
      `terminal: run ${number}, ${opened.opened.recovery.origin}, ${opened.opened.recovery.opened ?? 'goes on'}`,
    );
    const present = opened;
    if (isUnchecked) timeline.after(CHECKED_WITHIN_MS, () => seeWhole(present));
    else seeWhole(present);
    const begin = () => {
      engine = startEngine(present, parts, bent);
      present.engine = engine;
    };
    if (present.opened.findEnrolment()) begin();
    else keepEnrolling(present, parts, begin);
  }

  /** The two copies have been held against each other, and are alike. */
  function seeWhole({ life }: TerminalRun): void {
    // On a full disk nothing is healed: the next start tries again.
    if (!life.alive() || (isUnchecked && isAnyFull())) return;
    isWhole = true;
    isUnchecked = false;
    parts.onWhole();
  }

  function open(life: Life, number: number): TerminalRun | undefined {
    const random = chance.stream(`run ${number}`);
    const crypto = parts.makeCrypto(random);
    const disk = createDisk({
      ...{ platter: platters.disk, life, chance, isFull: () => isFull('files') },
      onRemoved: parts.onRemoved,
    });
    const clock = createClock(timeline, life, () => wallOffsetMs);
    const own: KeeperParts = {
      ...{ disk, random, crypto, clock, keys: keyFile({ disk, random, crypto }) },
      store: createStore(onDisk, life, {
        onCommitted: parts.onCommitted,
        isFull: () => isFull('database'),
      }),
      mirrorDisk: createDisk({
        ...{ platter: platters.mirror, life, chance, isFull: () => isFull('mirror') },
        onRemoved: parts.onMirrorRemoved,
      }),
      ...{ software: 'yizhan/simulated', builtAtMs: BEGAN_AT_MS - 86_400_000 },
      onDamage(damage) {
        parts.onFault(`the full check found ${JSON.stringify(damage)}`);
        life.die('damaged');
      },
      onFileTrouble: (code) => note(`terminal: the full check finds a file ${JSON.stringify(code)}`),
      onBackupTrouble: (trouble) =>
        trouble.code === 'full'
          ? note('terminal: no room for a backup')
          : parts.onFault(`no backup: ${JSON.stringify(trouble)}`),
    };
    const bentParts = parts.bends?.parts?.(own, life, bent) ?? own;
    const opened = openKeeper(bentParts);
    if (!opened.ok) {
      if (!isAnyFull()) parts.onFault(`the terminal cannot open: ${JSON.stringify(opened.error)}`);
      life.die(`because it cannot open: ${JSON.stringify(opened.error)}`);
      return undefined;
    }
    const { keeper } = opened.value;
    return { life, opened: opened.value, keeper, clock, crypto: bentParts.crypto, engine: undefined };
  }

  /** What a full disk still takes is chance: something else may have gone from it. */
  function isFull(room: Room): boolean {
    return timeline.nowMs() < fullUntilMs[room] && !fullness.oneIn(4);
  }

  /** The signing key as it lies on the disk, whatever the program makes of it. */
  function keyOnDisk(crypto: Crypto): Uint8Array | undefined {
    const life = createLife({ onPoint: () => {}, onDeath: () => {} });
    const disk = createDisk({ platter: platters.disk, life, chance });
    const key = keyFile({ disk, random: chance, crypto }).signingKey();
    return key.ok ? keyId(crypto, key.value.publicKey) : undefined;
  }

  function isAnyFull(): boolean {
    return Object.values(fullUntilMs).some((untilMs) => timeline.nowMs() < untilMs);
  }

  function hurt(): void {
    const { hurt: wanted } = death;
    death = { ...death, hurt: { what: 'nothing' } };
    if (wanted.what === 'nothing' || !isWhole) return;
    isWhole = false;
    note(`terminal: ${JSON.stringify(wanted)}`);
    parts.onHurt(wanted.what);
    if (wanted.what.startsWith('mirror')) {
      hurts.mirror += 1;
      isUnchecked = wanted.what === 'mirror-flipped';
      hurtMirror(platters.mirror, wanted, chance);
    } else {
      hurts.database += 1;
      onDisk.inner.putImage(hurtImage(onDisk, wanted, chance));
    }
  }

  return {
    findRun: () => run,
    start,
    dieAs(wanted) {
      death = wanted;
      run?.life.dieAt(wanted.atPoint);
    },
    calm() {
      death = { ...NO_DEATH, downMs: death.downMs };
      for (const room of Object.keys(fullUntilMs) as Room[]) fullUntilMs[room] = 0;
      run?.life.dieAt(Number.POSITIVE_INFINITY);
    },
    fill(which, ms) {
      fullUntilMs[which] = Math.max(fullUntilMs[which], timeline.nowMs() + ms);
    },
    findTimeErrorMs() {
      const time = run?.opened.time;
      return time?.trusted() ? time.nowMs() - Math.floor(timeline.nowMs() + BEGAN_AT_MS) : undefined;
    },
    setClock(offsetMs) {
      wallOffsetMs = BEGAN_AT_MS + offsetMs;
    },
    file(submission) {
      const present = run;
      if (!present) return 'nothing';
      const told = passEnded(present, isAnyFull, () => {
        const person = present.keeper.openMemory(submission.card);
        invariant(person.ok, 'sample photos are fit');
        const wish = wishOf(submission, person.value);
        const kept = present.keeper.keep(parts.bends?.wish?.(wish, bent) ?? wish);
        person.value.close();
        return kept.ok ? kept.value : 'refused';
      });
      note(`visitor: ${describe(told)}`);
      return told ?? 'nothing';
    },
    remember(card) {
      invariant(run, 'the terminal runs');
      const person = run.keeper.openMemory(card);
      invariant(person.ok, 'sample photos are fit');
      return person.value;
    },
    database() {
      const image = onDisk.inner.findImage();
      const opened = image && onDisk.inner.openImage(image);
      invariant(opened?.ok, 'the database can be read');
      return opened.value;
    },
    mirror: () => platters.mirror,
    files: () => [...platters.disk.keys()].filter((path) => path.startsWith('attachments/')),
    changeKey() {
      const present = run;
      if (present) passKilled(() => changeKey(present, parts));
    },
    dueKeyId: () => dueKeyId,
    copyDisks() {
      if (!isWhole || isAnyFull()) return undefined;
      const { disk, mirror } = platters;
      const image = onDisk.inner.findImage();
      return { disk: new Map(disk), mirror: new Map(mirror), image, wallOffsetMs };
    },
    async end() {
      const { engine } = run ?? {};
      await engine?.stop();
      onDisk.inner.crash();
    },
    hurts: () => ({ ...hurts }),
  };
}

/** Runs `task`; a death ends it, and so does a broken invariant on a full disk: the program ends and heals. */
function passEnded<T>({ life }: TerminalRun, isAnyFull: () => boolean, task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof Killed) && !isAnyFull()) throw error;
    life.die(`on a full disk: ${String(error)}`);
    return undefined;
  }
}

function describe(told: Kept | 'refused' | undefined): string {
  if (told === undefined) return 'told nothing';
  if (told === 'refused') return 'told that nothing was kept';
  return `told kept ${toHex(told.entryId.subarray(0, 4))}${told.repeated ? ' again' : ''}`;
}

/** Whether two answers to one submission are the same. */
export function isSameAnswer(a: Kept, b: Kept): boolean {
  return equalBytes(a.entryId, b.entryId) && equalBytes(a.entryHash, b.entryHash);
}
