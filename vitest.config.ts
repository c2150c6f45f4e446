import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { preparedCatalog } from './scripts/prepared-catalog.ts';

/** Where the files lie that take longest, longest first: one of them left for the end would run alone. */
const LONGEST = ['test/simulation/', 'platform/connector/', 'drivers/', 'test/', 'host/', 'platform/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId, project }: TestSpecification) => {
      const path = moduleId.slice(project.config.root.length + 1);
      const rank = LONGEST.findIndex((folder) => path.startsWith(folder));
      return rank < 0 ? LONGEST.length : rank;
    };
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

export default defineConfig({
  test: {
    include: [
      '{base,catalog,drivers,sync,terminal,renderer,host,electron,platform,scripts,test}/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/node_modules/**', 'dist/**', 'test/bench/**'],
    // An odd time zone (+12:45, with summer time), so that a time-zone bug shows.
    env: { TZ: 'Pacific/Chatham', YIZHAN_PREPARED_CATALOG: preparedCatalog() },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most files wait for devices, lines and programs more than they compute.
    maxWorkers: Math.min(availableParallelism() + 1, 8),
    sequence: { sequencer: LongestFirst },
  },
});
