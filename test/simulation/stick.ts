/** A stick that goes between the terminal and the platform: each end may die at any write to it, and bits may turn. */
import type { Disk } from '../../base/disk.ts';
import type { HttpRequest, HttpResponse } from '../../base/fetch.ts';
import { importRescue } from '../../platform/rescue/import-rescue.ts';
import { makeBatchAnswer } from '../../sync/formats/messages.ts';
import { parseRescueAnswers, RESCUE_FILES } from '../../sync/formats/rescue.ts';
import { signedBytes } from '../../sync/formats/signed.ts';
import { readAnswers } from '../../terminal/rescue/answers.ts';
import { exportRescue } from '../../terminal/rescue/export.ts';
import { findRescues } from '../../terminal/rescue/stick.ts';
import type { Chance } from './chance.ts';
import { awaitKilled, passKilled } from './death.ts';
import { createDisk, type Platter } from './disk.ts';
import type { PlatformRun } from './platform.ts';
import type { TerminalRun } from './terminal.ts';
import type { Watch } from './watch.ts';

/** The one stick of a world. */
export interface Stick {
  /** No bit of it turns any more. */
  isSound: boolean;
  /** What the terminal owes is copied to it. */
  fill(run: TerminalRun): void;
  /** The platform imports all that lies on it, and answers on it. */
  bring(run: PlatformRun, watch: Watch): Promise<void>;
  /** The terminal reads the answers back. */
  readBack(run: TerminalRun, watch: Watch): void;
}

const REQUEST: HttpRequest = {
  ...{ method: 'POST', url: 'stick:/v1/entries', headers: {}, timeoutMs: 0, maxBytes: 0 },
};

/** An empty stick. */
export function createStick(parts: {
  readonly chance: Chance;
  readonly note: (what: string) => void;
}): Stick {
  const { chance, note } = parts;
  const platter: Platter = new Map();

  /** One bit of some file is another now, as cheap sticks do. */
  function bend(): void {
    const [path, bytes] = chance.pick([...platter]);
    if (bytes.length === 0) return;
    const at = chance.below(bytes.length);
    platter.set(path, bytes.with(at, bytes[at]! ^ (1 << chance.below(8))));
    note(`stick: a bit of ${path.split('/').at(-1)} turned`);
  }

  const stick: Stick = {
    isSound: false,
    fill({ life, opened, crypto }) {
      const enrolment = opened.findEnrolment();
      if (!enrolment) return;
      const signer = { terminalId: enrolment.cert.terminalId, key: opened.key };
      const disk = createDisk({ platter, life, chance });
      const nowMs = () => opened.time.nowMs();
      const steps = exportRescue({ crypto, signer, stick: disk, nowMs, source: opened.rescue });
      passKilled(() => {
        for (let step = steps.next(); ; step = steps.next()) {
          if (step.done) return note(`stick: filled ${JSON.stringify(step.value)}`);
        }
      });
    },
    async bring(run, watch) {
      const disk = createDisk({ platter, life: run.life, chance });
      if (platter.size > 0 && !stick.isSound && chance.oneIn(3)) bend();
      for (const { path } of findRescues(disk)) {
        const done = await awaitKilled(importRescue(run.context(), inside(disk, path)));
        note(`stick: brought ${JSON.stringify(done)}`);
        const answers = platter.get(`${path}/${RESCUE_FILES.answers}`);
        if (done && answers) await watch.checkAnswer(REQUEST, answerOf(answers), run);
      }
    },
    readBack({ life, engine }, watch) {
      if (!engine) return;
      if (platter.size > 0 && !stick.isSound && chance.oneIn(4)) bend();
      passKilled(() => {
        const report = readAnswers(createDisk({ platter, life, chance }), (file) => {
          watch.onReply('/v1/entries', asBatchAnswer(file));
          return engine.takeRescueAnswers(file);
        });
        note(`stick: read ${JSON.stringify(report)}`);
      });
    },
  };
  return stick;
}

/** A folder of a disk as a disk of its own. */
function inside(disk: Disk, folder: string): Disk {
  const at = (path: string) => `${folder}/${path}`;
  return {
    ...disk,
    appendDurably: (path, bytes) => disk.appendDurably(at(path), bytes),
    writeDurably: (path, bytes) => disk.writeDurably(at(path), bytes),
    read: (path) => disk.read(at(path)),
    readPart: (path, from, bytes) => disk.readPart(at(path), from, bytes),
    list: (path) => disk.list(at(path)),
    findSize: (path) => disk.findSize(at(path)),
  };
}

/** The words on a stick as the same words would come over the network. */
function asBatchAnswer(file: Uint8Array): Uint8Array {
  const parsed = parseRescueAnswers(file);
  const words = parsed.ok ? parsed.value : [];
  return makeBatchAnswer({
    receipts: words.flatMap((word) => (word.kind === 'receipt' ? [signedBytes(word.receipt)] : [])),
    releases: words.flatMap((word) => (word.kind === 'release' ? [signedBytes(word.release)] : [])),
    later: [],
  });
}

function answerOf(file: Uint8Array): HttpResponse {
  return { status: 200, headers: {}, body: asBatchAnswer(file) };
}
