import { invariant } from '../../base/result.ts';
import type { TerminalIdentity } from '../../sync/client.ts';
import type { OpenedKeeper } from '../open-keeper.ts';

/** Who this terminal is to its platform; to be asked for once enrolled. */
export function identityOf(opened: OpenedKeeper): TerminalIdentity {
  const enrolment = opened.findEnrolment();
  invariant(enrolment !== undefined, 'the engine runs once enrolled');
  return {
    origin: enrolment.origin,
    platformId: enrolment.keySet.value.platformId,
    terminalId: enrolment.cert.terminalId,
    key: opened.key,
    bootId: opened.bootId,
  };
}
