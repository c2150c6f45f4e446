import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses';

/** A switch burnt into Electron's program when it is packaged. */
interface Fuse {
  readonly fuse: keyof typeof FuseV1Options;
  readonly on: boolean;
  readonly reason: string;
}

/** Every fuse this version of Electron has, each set on purpose. */
export const FUSES: readonly Fuse[] = [
  { fuse: 'RunAsNode', on: false, reason: 'nobody runs scripts of theirs with our program' },
  {
    fuse: 'EnableCookieEncryption',
    on: false,
    reason:
      'no cookie reaches the disk, and the key would be asked of a desktop’s key ring that is not there',
  },
  {
    fuse: 'EnableNodeOptionsEnvironmentVariable',
    on: false,
    reason: 'no code is slipped in by NODE_OPTIONS',
  },
  {
    fuse: 'EnableNodeCliInspectArguments',
    on: false,
    reason: 'no debugger is attached, by argument or SIGUSR1',
  },
  {
    fuse: 'EnableEmbeddedAsarIntegrityValidation',
    on: true,
    reason:
      'checked where Electron can, which Linux is not: there the package’s owner, root, guards the archive',
  },
  { fuse: 'OnlyLoadAppFromAsar', on: true, reason: 'no folder laid beside the archive is run in its place' },
  {
    fuse: 'LoadBrowserProcessSpecificV8Snapshot',
    on: false,
    reason: 'we have no snapshot of our own',
  },
  { fuse: 'GrantFileProtocolExtraPrivileges', on: false, reason: 'no page comes from file:' },
  { fuse: 'WasmTrapHandlers', on: true, reason: 'Electron’s own setting; we run no WebAssembly' },
];

/** The same as `@electron/fuses` wants it: a fuse that a later Electron adds stops the packaging. */
export function fuseConfig(): FuseConfig {
  const wanted = Object.fromEntries(FUSES.map(({ fuse, on }) => [FuseV1Options[fuse], on]));
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    ...(wanted as Record<FuseV1Options, boolean>),
  };
}
