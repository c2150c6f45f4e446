import { isBuiltin } from 'node:module';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { err, ok } from '../../base/result.ts';
import type { ProofMethod } from './api.ts';
import type { LoadProof, OpenProof, ProofModule } from './module.ts';

const PACKAGE = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
const FILE = /^(?:\/[A-Za-z0-9@_+-][A-Za-z0-9@._+-]*)+\.(?:js|mjs|cjs)$/;

/** The name of a vendor's module: a package, or the absolute path of a script. Never a URL, never Node's own. */
export const moduleNameSchema = z
  .string()
  .max(200)
  .refine((name) => FILE.test(name) || (PACKAGE.test(name) && !isBuiltin(name)), {
    message: 'must be the name of a package, or the absolute path of a .js, .mjs or .cjs file',
  });

/** Loads a vendor's module by its name when it is needed: most cabinets have none. */
export function moduleLoader(name: string, methods: readonly ProofMethod[]): LoadProof {
  return async () => {
    let openProof: OpenProof | undefined;
    try {
      openProof = findOpenProof(await import(/* @vite-ignore */ targetOf(name)));
    } catch (thrown) {
      return err(isMissing(thrown) ? 'driver-missing' : 'not-answering');
    }
    if (openProof === undefined) return err('driver-missing');
    try {
      const opened: unknown = await openProof({ methods });
      return isProofModule(opened) ? ok(opened) : err('driver-missing');
    } catch {
      return err('not-answering');
    }
  };
}

function targetOf(name: string): string {
  return name.startsWith('/') ? pathToFileURL(name).href : name;
}

/** An older package puts its exports below `default`. */
function findOpenProof(loaded: Record<string, unknown>): OpenProof | undefined {
  const { openProof, default: below } = loaded;
  const found =
    openProof ?? (typeof below === 'object' && below !== null && 'openProof' in below && below.openProof);
  return typeof found === 'function' ? (found as OpenProof) : undefined;
}

function isProofModule(opened: unknown): opened is ProofModule {
  if (typeof opened !== 'object' || opened === null) return false;
  const has = (name: string) => typeof (opened as Record<string, unknown>)[name] === 'function';
  return has('check') && has('prove') && has('close');
}

/** Whether a module is not there, as both of Node's loaders say it. */
function isMissing(thrown: unknown): boolean {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
