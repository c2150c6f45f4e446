/** The report of this machine, put together from what its parts say. Nothing in it is of a person. */
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Catalog } from '../../catalog/load.ts';
import { canonicalBytes } from '../../catalog/matter-bytes.ts';
import type { MachineReport } from '../../sync/report-contents.ts';
import type { DeviceLine, PaperView } from '../upkeep/api.ts';
import type { FleetStore } from './fleet-store.ts';

/** What is asked for a report. */
export interface ReportSources {
  readonly crypto: Crypto;
  readonly store: FleetStore;
  readonly software: MachineReport['software'];
  readonly bootId: Uint8Array;
  readonly nowMs: () => number;
  readonly uptimeMs: () => number;
  readonly clockTrusted: () => boolean;
  readonly catalog: () => Catalog;
  readonly release: () => { readonly number: number | null; readonly leftOut: number };
  readonly keySet: () => number | null;
  /** Null while the devices' program is not there. */
  readonly devices: () => readonly DeviceLine[] | null;
  readonly paper: () => PaperView | null;
  readonly countOwed: () => number;
  readonly disk: () => MachineReport['disk'];
  /** What the launcher says of the release that runs, and of the last change; nothing where there is none. */
  readonly findLaunched?: () => Pick<MachineReport, 'release' | 'update'>;
}

/** Makes reports. */
export function createReports(sources: ReportSources): () => MachineReport {
  const { crypto, store } = sources;
  let hashed: { readonly catalog: Catalog; readonly hash: string } | undefined;

  /** Of every matter in use, in the order of their ids. */
  function hashOf(catalog: Catalog): string {
    if (hashed?.catalog !== catalog) {
      const sorted = [...catalog.matters].sort((a, b) => (a.id < b.id ? -1 : 1));
      const hashes = sorted.map((matter) => toHex(crypto.sha256(canonicalBytes(matter)))).join('\n');
      hashed = { catalog, hash: toHex(crypto.sha256(new TextEncoder().encode(hashes))) };
    }
    return hashed.hash;
  }

  return () => {
    const nowMs = whole(sources.nowMs());
    const catalog = sources.catalog();
    const { number, leftOut } = sources.release();
    const oldestMs = store.findOldestOwedMs();
    const paper = sources.paper();
    return {
      schema: 1,
      atMs: nowMs,
      software: sources.software,
      catalog: { number, hash: hashOf(catalog), matters: catalog.matters.length, leftOut },
      keySet: sources.keySet(),
      bootId: toHex(sources.bootId),
      uptimeS: whole(sources.uptimeMs() / 1000),
      devices:
        sources.devices()?.map(({ device, state, reason, sinceMs }) => ({
          ...{ kind: device, state, reason },
          sinceMs: sinceMs === null ? null : whole(sinceMs),
        })) ?? null,
      journal: {
        owed: sources.countOwed(),
        oldestS: oldestMs === undefined ? null : whole((nowMs - oldestMs) / 1000),
      },
      disk: sources.disk(),
      clockTrusted: sources.clockTrusted(),
      paper: paper && { level: paper.level, slipsLeft: paper.slipsLeft },
      counts: store.counts(),
      ...sources.findLaunched?.(),
    };
  };
}

function whole(value: number): number {
  return Math.max(0, Math.round(value));
}
