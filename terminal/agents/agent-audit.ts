/** What the platform is told of agents at this machine, as audit entries of the journal: ids, counts and keys. */
import type { Crypto } from '../../base/crypto/api.ts';
import type { Random } from '../../base/random.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { ContentMap, Keeper } from '../keeper.ts';
import type { AgentHere } from './agent-desk.ts';
import type { AgentSecret, AgentSlot, AgentVault } from './agent-vault.ts';

/** After so many wrong tries an entry is written, and one for each so many more: nobody can fill the journal with them. */
const TELL_EVERY = 5;

/** Writes the agents' audit. */
export interface AgentAudit {
  /** The public halves of new keys, and whose card they were made with; false where it could not be kept. */
  newKey(agentId: Uint8Array, secret: AgentSecret, card: IdentityRead): boolean;
  newPin(here: AgentHere): void;
  signedIn(here: AgentHere): void;
  /** Tells of wrong PINs that no entry tells of yet. */
  refusedPins(agentId: Uint8Array, slot: AgentSlot): void;
  /** The same of registration codes. */
  refusedCodes(vault: AgentVault): void;
}

/** An {@link AgentAudit} into this journal. */
export function createAgentAudit(parts: {
  readonly keeper: Pick<Keeper, 'keep'>;
  readonly crypto: Crypto;
  readonly random: Random;
}): AgentAudit {
  const { keeper, crypto, random } = parts;

  function tell(kind: string, said: ContentMap): boolean {
    const submissionId = random.bytes(16);
    return keeper.keep({
      submissionId,
      entryClass: 2,
      content: { schema: 1, kind, submissionId, ...said },
      attachments: [],
      remember: null,
      slip: false,
    }).ok;
  }

  return {
    newKey(agentId, secret, card) {
      const signKey = crypto.signingKey(secret.signSeed).publicKey;
      const openKey = crypto.openingKey(secret.openPrivate).publicKey;
      const holder = {
        ...{ name: card.name, number: card.number, kind: card.kind },
        ...{ birth: null, sex: null, address: null },
      };
      return tell('audit.agent-key', { agentId, signKey, openKey, holder });
    },
    newPin: ({ agentId, signKeyId }) => void tell('audit.agent-pin', { agentId, agentKeyId: signKeyId }),
    signedIn: ({ agentId, signKeyId, roster }) =>
      void tell('audit.agent-sign-in', { agentId, agentKeyId: signKeyId, roster: { ...roster } }),
    refusedPins(agentId, slot) {
      const stored = slot.find();
      if (stored === undefined || stored.failures - stored.told < TELL_EVERY) return;
      const count = stored.failures - stored.told;
      if (tell('audit.agent-refused', { what: 'pin', agentId, count }))
        slot.saveTries({ failures: stored.failures, told: stored.failures });
    },
    refusedCodes(vault) {
      const { failures, told } = vault.codeTries();
      if (failures - told < TELL_EVERY) return;
      if (tell('audit.agent-refused', { what: 'code', agentId: null, count: failures - told }))
        vault.saveCodeTries({ failures, told: failures });
    },
  };
}
