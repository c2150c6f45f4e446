/** A real terminal on folders of its own, that reaches the platform only when a test lets it. */
import { join } from 'node:path';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { DONGCUN } from '../../platform/testing/test-platform.ts';
import { filedCase } from '../../platform/testing/test-terminal.ts';
import { decodeContent, encodeContent } from '../../sync/content-coding.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import { enrol } from '../../sync/enrol.ts';
import type { ContentMap } from '../../terminal/keeper.ts';
import { identityOf } from '../../terminal/program/identity.ts';
import { openStores } from '../../terminal/program/open-stores.ts';
import { type AnswersReport, readAnswers } from '../../terminal/rescue/answers.ts';
import { type ExportReport, exportRescue } from '../../terminal/rescue/export.ts';

export const crypto = createCrypto();

const LOOK_EVERY_MS = 200;

/** A terminal under test. */
export type Carried = Awaited<ReturnType<typeof enrolCarried>>;

/** Enrols a terminal at the platform of this code, in folders below `folder`. */
export async function enrolCarried(code: string, folder: string) {
  const own = { dataDir: join(folder, 'data'), mirrorDir: join(folder, 'mirror') };
  let opened = mustOpen(own);
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  const enrolled = await enrol({ fetch, crypto }, opened.key, code);
  invariant(enrolled.ok && opened.enrol(enrolled.value).ok, 'it is enrolled');
  let engine = engineOf();

  function engineOf() {
    return createSyncEngine({
      ...{ journal: opened.port, time: opened.time, clock: systemClock, random: systemRandom, crypto, fetch },
      identity: () => identityOf(opened),
      report: () => undefined,
    });
  }

  return {
    ...own,
    terminalId: enrolled.value.terminalId,
    /** Keeps a case, with a photograph where wanted; answers its entry's id. */
    keep(withPhotograph = false): Uint8Array {
      const { content } = filedCase(DONGCUN);
      const submissionId = crypto.randomBytes(16);
      const plain = decodeContent(encodeContent({ ...content, submissionId }));
      invariant(plain.ok, 'what was encoded can be read');
      const photograph = { mediaType: 'image/jpeg', bytes: crypto.randomBytes(90_000) };
      const kept = opened.keeper.keep({
        ...{ submissionId, entryClass: 1, content: plain.value as ContentMap },
        ...{ attachments: withPhotograph ? [photograph] : [], remember: null, slip: false },
      });
      invariant(kept.ok, 'it is kept');
      return kept.value.entryId;
    },
    exportTo(stick: string): ExportReport {
      const { terminalId } = enrolled.value;
      const steps = exportRescue({
        ...{ crypto, stick: nodeDisk(stick), source: opened.rescue, nowMs: () => opened.time.nowMs() },
        signer: { terminalId, key: opened.key },
      });
      for (;;) {
        const step = steps.next();
        if (!step.done) continue;
        invariant(step.value.ok, 'the stick takes it');
        return step.value.value;
      }
    },
    readBack: (stick: string): AnswersReport =>
      readAnswers(nodeDisk(stick), (file) => engine.takeRescueAnswers(file)),
    owed: () => engine.status().owed,
    stateOf: (entryId: Uint8Array) => opened.keeper.entryState(entryId),
    /** Is online until nothing waits to be offered, and asks again where a loaded machine made it wait. */
    async deliver(): Promise<void> {
      engine.start();
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (engine.status().owed.waiting === 0) resolve();
          else {
            engine.nudge('by-hand');
            systemClock.after(LOOK_EVERY_MS, look);
          }
        };
        look();
      });
      await engine.stop();
    },
    /** Ends the program where it stands. */
    close: () => opened.close(),
    open() {
      opened = mustOpen(own);
      engine = engineOf();
    },
  };
}

function mustOpen(own: { readonly dataDir: string; readonly mirrorDir: string }) {
  const opened = openStores(own, crypto, () => undefined);
  invariant(opened.ok, 'its folders open');
  return opened.value;
}
