import { join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import { fuseConfig } from './fuses.ts';

/** What electron-builder tells of a folder it has packed; the rest of it is not needed here. */
interface Packed {
  readonly appOutDir: string;
  readonly packager: { readonly executableName: string };
}

/** Called by electron-builder once the program's folder stands: sets the fuses. Throws when one cannot be set. */
export default async function afterPack({ appOutDir, packager }: Packed): Promise<void> {
  await flipFuses(join(appOutDir, packager.executableName), fuseConfig());
}
