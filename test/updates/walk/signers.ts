/** Those who sign releases of the software, with the programs they use. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPTS = join(import.meta.dirname, '..', '..', '..', 'scripts');

/** Signers with their keys, and the repository they fill. */
export interface Signers {
  /** The repository, a channel of the platform's releases. */
  readonly repository: string;
  /** The root of whom to trust, for a machine's configuration. */
  readonly root: string;
  /** Signs what lies in a folder as the next release, started at `start` within it. */
  release(files: string, start: string, name: string): void;
  /** Lays the newest into the folder of a machine's software. */
  layFirst(software: string): void;
}

/** Makes keys and an empty repository below `folder`; `architecture` is that of every release. */
export function makeSigners(folder: string, architecture: string): Signers {
  const [keys, repository] = [join(folder, 'keys'), join(folder, 'releases', 'pilot')];
  const run = (program: string, ...words: readonly string[]) =>
    execFileSync(process.execPath, [join(SCRIPTS, `${program}.ts`), ...words], { stdio: 'pipe' });
  run('catalog-release', 'keys', '--out', keys);
  return {
    repository,
    root: join(repository, 'metadata', '1.root.json'),
    release: (files, start, name) =>
      void run(
        'software-release',
        'build',
        '--keys',
        keys,
        '--to',
        repository,
        '--for',
        architecture,
        '--files',
        files,
        '--start',
        start,
        '--name',
        name,
      ),
    layFirst: (software) =>
      void run('software-release', 'first', '--from', repository, '--to', software, '--for', architecture),
  };
}
