/** How this machine stands, from its durable half and its line: headers, numbers and states. */
import { toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Sql } from '../../base/sql.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import type { MachineReport } from './machine-api.ts';
import type { UpkeepQueue } from './queue.ts';

/** What a report is made from. */
export interface MachineSource {
  readonly opened: Pick<OpenedKeeper, 'rescue' | 'time' | 'keeper' | 'key' | 'findEnrolment'>;
  readonly crypto: Crypto;
  readonly clock: Pick<Clock, 'wallMs'>;
  readonly software: string;
  readonly builtAtMs: number;
  readonly runtime: string;
  readonly programHash: string | null;
  readonly catalog: () => { readonly number: number | null; readonly matters: number };
  readonly disk: () => MachineReport['disk'];
  readonly online: () => boolean;
  readonly queue: Pick<UpkeepQueue, 'status'>;
}

/** The report of now. */
export function machineReport(source: MachineSource): MachineReport {
  const { opened, crypto, clock, queue } = source;
  const { time } = opened;
  const { number, matters } = source.catalog();
  const enrolment = opened.findEnrolment();
  const { software, builtAtMs, runtime, programHash } = source;
  const header = time.headerClock();
  const status = queue.status();
  return {
    versions: { software, builtAtMs, runtime, programHash, catalog: number, matters },
    keys: {
      terminal: enrolment ? shortId(enrolment.cert.terminalId) : null,
      keySet: enrolment ? enrolment.keySet.value.number : null,
      certifiedAtMs: enrolment ? enrolment.cert.issuedAt : null,
      own: shortId(keyId(crypto, opened.key.publicKey)),
    },
    journals: readJournals(opened.rescue.sql),
    disk: source.disk(),
    clock: {
      ...{ nowMs: time.nowMs(), trusted: time.trusted(), floorMs: time.floorMs() },
      offsetMs: header.trusted ? Math.round(time.nowMs() - clock.wallMs()) : null,
    },
    network: {
      ...{ online: source.online(), lastContactMs: opened.keeper.lastContactMs() },
      ...{
        nextTryMs: status?.nextTryMs ?? null,
        trouble: status?.trouble ?? null,
        access: status?.access ?? null,
      },
    },
  };
}

function readJournals(sql: Sql | undefined): MachineReport['journals'] {
  if (sql === undefined) return [];
  return sql
    .prepare<{ journal_id: Uint8Array; rebuilt: number; head: number | null; owed: number }>(
      `SELECT j.journal_id, j.rebuilt,
         (SELECT max(e.seq) FROM entries AS e WHERE e.journal = j.ordinal) AS head,
         (SELECT count(*) FROM owed AS o WHERE o.journal = j.ordinal) AS owed
       FROM journals AS j ORDER BY j.ordinal DESC LIMIT 20`,
    )
    .all()
    .map(({ journal_id, rebuilt, head, owed }) => ({
      ...{ journal: shortId(journal_id), head: head ?? 0, owed, rebuilt: rebuilt === 1 },
    }));
}

function shortId(id: Uint8Array): string {
  return toHex(id.subarray(0, 4));
}
