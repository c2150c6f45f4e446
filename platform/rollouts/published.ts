/** The releases of the software that lie in this platform's own repositories, for whoever chooses one. */
import type { Disk } from '../../base/disk.ts';
import { readList } from '../software/make-release.ts';
import type { Plan } from './plan.ts';

/** Repositories, in the order a release goes through them. */
export const CHANNELS = ['pilot', 'stable'] as const satisfies readonly Plan['channel'][];

/** A release, by its number. */
export interface PublishedRelease {
  readonly version: number;
  /** As people say it: `0.6.0`. */
  readonly name: string;
  readonly architecture: string;
  /** Where it lies. */
  readonly channels: readonly Plan['channel'][];
  /** Nobody installs it any more. */
  readonly withdrawn: boolean;
}

/** Releases, the newest first; none where the platform offers no repository, or one that cannot be read. */
export function publishedReleases(releases: Disk | null): readonly PublishedRelease[] {
  if (releases === null) return [];
  const found = new Map<number, PublishedRelease>();
  for (const channel of CHANNELS) {
    const list = readList({
      list: (folder) => releases.list(`${channel}/${folder}`),
      read: (path) => releases.read(`${channel}/${path}`),
    });
    for (const { version, name, architecture, withdrawn } of list.ok ? list.value.releases : []) {
      const channels = [...(found.get(version)?.channels ?? []), channel];
      const isGone = (withdrawn ?? false) || (found.get(version)?.withdrawn ?? false);
      found.set(version, { version, name, architecture, channels, withdrawn: isGone });
    }
  }
  return [...found.values()].sort((a, b) => b.version - a.version);
}
