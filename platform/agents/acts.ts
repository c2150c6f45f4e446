/** Who acted in an entry besides its submitter, and whether their own key says so. */
import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { type AgentActor, agentActorSchema } from '../../sync/agent-contents.ts';
import { type Act, isActBy } from '../../sync/formats/body.ts';
import type { Db } from '../store/store.ts';

/** An entry with what it says of agents. */
export interface SignedEntry {
  readonly entryId: Uint8Array;
  /** When it was kept, by the terminal's clock put right. */
  readonly submittedMs: number;
  /** As the content lists them. */
  readonly actors: readonly unknown[];
  /** The signed bytes and the signatures; null where nobody signed. */
  readonly signed: { readonly content: Uint8Array; readonly acts: readonly Act[] } | null;
}

/**
 * - `signed`: by a key of this agent that counts.
 * - `unsigned`: the content names them, and nobody signed.
 * - `bad-signature`: somebody signed something else.
 * - `unknown-key`, `refused-key`: signed by a key that was never brought, or counts for nothing.
 * - `revoked`: signed after they were agents no more, where the machine had not heard of it.
 */
export type ActOutcome =
  | ('signed' | 'unsigned' | 'bad-signature')
  | ('unknown-key' | 'refused-key' | 'revoked');

/** One agent who acted. */
export interface JudgedAct {
  readonly actor: AgentActor;
  /** Their name; null where the key is nobody's. */
  readonly name: string | null;
  readonly outcome: ActOutcome;
}

/** Every agent that a content names as having acted. */
export async function judgeActs(db: Db, crypto: Crypto, entry: SignedEntry): Promise<readonly JudgedAct[]> {
  const judged: JudgedAct[] = [];
  for (const actor of agentsNamed(entry.actors, 'agent')) judged.push(await judge(db, crypto, entry, actor));
  return judged;
}

/** Those who filled in a part and handed it back; they signed nothing, so it is the terminal's word alone. */
export async function helpersOf(db: Db, actors: readonly unknown[]): Promise<readonly (string | null)[]> {
  const names: (string | null)[] = [];
  for (const { agentKeyId, agentId } of agentsNamed(actors, 'helper'))
    names.push((await findKey(db, agentKeyId, agentId))?.name ?? null);
  return names;
}

function agentsNamed(actors: readonly unknown[], role: AgentActor['role']): readonly AgentActor[] {
  return actors.flatMap((actor) => {
    const read = agentActorSchema.safeParse(actor);
    return read.success && read.data.role === role ? [read.data] : [];
  });
}

async function judge(db: Db, crypto: Crypto, entry: SignedEntry, actor: AgentActor): Promise<JudgedAct> {
  const key = await findKey(db, actor.agentKeyId, actor.agentId);
  const act = entry.signed?.acts.find(({ agentKeyId }) => equalBytes(agentKeyId, actor.agentKeyId));
  const name = key?.name ?? null;
  const says = (outcome: ActOutcome): JudgedAct => ({ actor, name, outcome });
  if (act === undefined || entry.signed === null) return says('unsigned');
  if (key === undefined) return says('unknown-key');
  const signedOver = {
    entryId: entry.entryId,
    content: entry.signed.content,
    agentPublicKey: new Uint8Array(key.signKey),
  };
  if (!isActBy(crypto, act, signedOver)) return says('bad-signature');
  if (key.refused !== null) return says('refused-key');
  return says(key.revokedMs !== null && entry.submittedMs >= key.revokedMs ? 'revoked' : 'signed');
}

function findKey(db: Db, keyId: Uint8Array, agentId: Uint8Array) {
  return db
    .selectFrom('agentKeys')
    .innerJoin('agents', 'agents.agentId', 'agentKeys.agentId')
    .select(['agentKeys.signKey', 'agentKeys.refused', 'agents.name', 'agents.revokedMs'])
    .where('agentKeys.keyId', '=', keyId)
    .where('agentKeys.agentId', '=', agentId)
    .executeTakeFirst();
}
