/**
 * A machine that was revoked, and whose configuration names another enrolment code than it was enrolled with, begins
 * anew: whatever it had, keys and journal and both copies, is set aside whole in a folder `former/{terminalId}` beside
 * where it was, and the next start finds empty folders. What is owed there stays until it is answered: the rescue
 * program exports it, and reads the answers back, as from any stopped terminal.
 */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { equalBytes, toHex, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import type { Log } from '../../base/log.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { ok, type Result } from '../../base/result.ts';
import { enrolmentCodeId, parseEnrolmentCode } from '../../sync/formats/enrolment.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { OpenedKeeper, OpenTrouble } from '../open-keeper.ts';
import type { TerminalConfig } from './config.ts';
import { openStores } from './open-stores.ts';

type Config = Pick<TerminalConfig, 'dataDir' | 'mirrorDir' | 'enrolment'>;

/** Where former terminals of this machine lie, inside each of its two folders. */
export const FORMER = 'former';
/** Names the terminal that is being set aside, until all of it is: whoever dies in between goes on with it. */
const LEAVING = `${FORMER}/leaving`;
/** The id of the code this machine was enrolled with, or is about to be. */
const ENROLLED_WITH = 'enrolled-with';

/** Why nothing is opened: what is kept cannot be, or what was there cannot be moved. */
export type BeginTrouble = OpenTrouble | { readonly code: 'set-aside'; readonly detail: string };

/** Opens what is kept; of a revoked machine with a new code, after all of it was set aside. */
export function openOrBeginAnew(
  config: Config,
  crypto: Crypto,
  log: Log,
): Result<OpenedKeeper, BeginTrouble> {
  const places = placesOf(config);
  const finished = finishSettingAside(places);
  if (!finished.ok) return cannot(finished.error);
  const opened = openStores(config, crypto, log);
  if (!opened.ok) return opened;
  const codeId = findCodeId(crypto, config.enrolment);
  const former = findFormer(opened.value, places.data, codeId);
  if (former === undefined) {
    noteCode(opened.value, places.data, codeId);
    return opened;
  }
  log('store.set-aside', { owed: opened.value.upkeep.countOwed() });
  opened.value.close();
  const marked = places.data.writeDurably(LEAVING, utf8(former));
  if (!marked.ok) return cannot(marked.error);
  return openOrBeginAnew(config, crypto, log);
}

/** Names of the terminals that were set aside here, in hex. */
export function formerTerminals(dataDir: string): readonly string[] {
  return nodeDisk(dataDir)
    .list(FORMER)
    .filter((name) => TERMINAL_NAME.test(name));
}

const TERMINAL_NAME = /^[0-9a-f]{32}$/;

/** The terminal that is to be set aside; undefined where this one goes on. */
function findFormer(opened: OpenedKeeper, data: Disk, codeId: Uint8Array | undefined): string | undefined {
  const terminalId = opened.findEnrolment()?.cert.terminalId;
  const used = data.read(ENROLLED_WITH);
  if (!terminalId || !codeId || !used.ok || !isRevoked(opened)) return undefined;
  return equalBytes(used.value, codeId) ? undefined : toHex(terminalId);
}

function isRevoked({ access, feedItems }: OpenedKeeper): boolean {
  return access.find() === 'revoked' || feedItems(FEED_KIND.revoked).length > 0;
}

/**
 * Notes the code in the configuration as the one this terminal belongs to. Not of a revoked machine, where another code
 * is word to begin anew; save where nothing was noted before: then nobody can tell which code that is.
 */
function noteCode(opened: OpenedKeeper, data: Disk, codeId: Uint8Array | undefined): void {
  const used = data.read(ENROLLED_WITH);
  if (!codeId || (used.ok && (isRevoked(opened) || equalBytes(used.value, codeId)))) return;
  // A disk that cannot take it now is asked again at the next start.
  data.writeDurably(ENROLLED_WITH, codeId);
}

function findCodeId(crypto: Crypto, code: string | undefined): Uint8Array | undefined {
  const parsed = code === undefined ? undefined : parseEnrolmentCode(code);
  return parsed?.ok ? enrolmentCodeId(crypto, parsed.value.secret) : undefined;
}

/** The two folders, each with the names in it that are not its own. */
interface Places {
  readonly data: Disk;
  readonly all: readonly { readonly disk: Disk; readonly foreign: ReadonlySet<string> }[];
}

function placesOf({ dataDir, mirrorDir }: Config): Places {
  const [data, mirror] = [nodeDisk(dataDir), nodeDisk(mirrorDir)];
  const foreign = (own: string, other: string) => new Set([FORMER, ...firstNameTo(own, other)]);
  return {
    data,
    all: [
      { disk: data, foreign: foreign(dataDir, mirrorDir) },
      { disk: mirror, foreign: foreign(mirrorDir, dataDir) },
    ],
  };
}

/** The name in `folder` that leads to `other`, where that lies inside it. */
function firstNameTo(folder: string, other: string): readonly string[] {
  const way = relative(resolve(folder), resolve(other));
  const [first = ''] = way.split(sep);
  return way === '' || first === '..' || isAbsolute(way) ? [] : [first];
}

function finishSettingAside({ data, all }: Places): Result<void, DiskTrouble> {
  const leaving = data.read(LEAVING);
  if (!leaving.ok) return leaving.error.code === 'not-found' ? ok(undefined) : leaving;
  const former = new TextDecoder().decode(leaving.value);
  for (const { disk, foreign } of all) {
    for (const name of disk.list('.')) {
      if (foreign.has(name)) continue;
      const moved = disk.rename(name, `${FORMER}/${former}/${name}`);
      if (!moved.ok) return moved;
    }
  }
  return data.remove(LEAVING);
}

function cannot({ code }: DiskTrouble): { readonly ok: false; readonly error: BeginTrouble } {
  return { ok: false, error: { code: 'set-aside', detail: code } };
}
