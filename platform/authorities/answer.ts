/**
 * `own-authorities`: the authorities that an agent may act on now, told to the machine where a key of theirs is, sealed to
 * the list key that was made with it. Whoever asks without that agent's card and PIN gets bytes that nobody opens.
 */
import { equalBytes, findHex, toBase64Url, toHex } from '../../base/bytes.ts';
import { type AuthorityThere, MOST_AUTHORITIES, sealAuthorities } from '../../sync/authorities-there.ts';
import { AUTHORITY_MONTH_MS, authorityContentSchema } from '../../sync/authority-contents.ts';
import { readContent } from '../../sync/content-coding.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { getContent } from '../intake/read-body.ts';
import { createLimiter } from '../limits/limiter.ts';
import type { AuthorityRow } from '../store/authority-tables.ts';
import type { Db } from '../store/store.ts';
import { endsOf, firstEnd, mattersOf } from './judge.ts';

/** An agent comes back to their page after each resident. */
const RATE = { burst: 60, perMinute: 12 } as const;

const label = (zh: string, en: string) => ({ zh, en });
const FIELDS = [{ id: 'sealed', label: label('密封', 'Sealed'), type: 'text' as const }];

type Context = Pick<PlatformContext, 'store' | 'clock' | 'county' | 'crypto' | 'openingKeys'>;

/** Answers with one record; with nothing where no such key of an agent counts at the machine that asks. */
export function authoritiesAnswer(context: Context): OwnAnswer {
  const limiter = createLimiter(context.clock, RATE);
  return async ({ terminalId, parameters }) => {
    const [agentId, signKeyId] = [findHex(parameters.agent ?? ''), findHex(parameters.key ?? '')];
    const isAsked = agentId?.length === 16 && signKeyId?.length === 16;
    if (!isAsked || Object.keys(parameters).length !== 2) return 'malformed';
    const waitS = limiter.spend(toHex(terminalId));
    if (waitS > 0) return { schema: 1, outcome: 'later', afterS: waitS };
    const asOfMs = Math.floor(context.clock.wallMs());
    const origin = { from: label(context.county.name, 'The county'), asOfMs };
    const openKey = await findOpenKey(context, { terminalId, agentId, signKeyId });
    if (openKey === undefined) return { schema: 1, outcome: 'nothing', ...origin };
    const given = await findGiven(context, agentId);
    const sealed = sealThoseThatFit(context, { agentId, signKeyId, openKey }, given);
    const records = [{ sealed: toBase64Url(sealed) }];
    return { schema: 1, outcome: 'found', ...origin, fields: FIELDS, records };
  };
}

/** The last given first: what does not fit one answer any more is used where it was given. */
function sealThoseThatFit(
  { crypto }: Pick<Context, 'crypto'>,
  to: Parameters<typeof sealAuthorities>[1],
  given: readonly AuthorityThere[],
): Uint8Array {
  const sealed = sealAuthorities(crypto, to, given);
  return sealed ?? sealThoseThatFit({ crypto }, to, given.slice(0, -1));
}

/** The list key that was made with a signing key, where both count, at that very machine. */
async function findOpenKey(
  { store, clock }: Context,
  asked: { readonly terminalId: Uint8Array; readonly agentId: Uint8Array; readonly signKeyId: Uint8Array },
): Promise<Uint8Array | undefined> {
  const key = await store.db
    .selectFrom('agentKeys')
    .innerJoin('agents', 'agents.agentId', 'agentKeys.agentId')
    .select(['agentKeys.openKey', 'agentKeys.terminalId', 'agentKeys.refused'])
    .select(['agents.revokedMs', 'agents.untilMs'])
    .where('agentKeys.keyId', '=', asked.signKeyId)
    .where('agentKeys.agentId', '=', asked.agentId)
    .executeTakeFirst();
  if (key === undefined || !equalBytes(key.terminalId, asked.terminalId)) return undefined;
  const counts = key.refused === null && key.revokedMs === null && key.untilMs > clock.wallMs();
  return counts ? new Uint8Array(key.openKey) : undefined;
}

async function findGiven(context: Context, agentId: Uint8Array): Promise<readonly AuthorityThere[]> {
  const { db } = context.store;
  const rows = await db
    .selectFrom('authorities')
    .selectAll()
    .where('agentId', '=', agentId)
    .where('flaw', 'is', null)
    .where('untilMs', '>', context.clock.wallMs())
    .orderBy('givenMs', 'desc')
    .limit(MOST_AUTHORITIES * 4)
    .execute();
  const given: AuthorityThere[] = [];
  for (const row of rows) {
    const isEnded = firstEnd(row, await endsOf(db, row.authorityId)) !== undefined;
    const one = isEnded ? undefined : await findOne(context, row);
    if (one !== undefined && given.length < MOST_AUTHORITIES) given.push(one);
  }
  return given;
}

async function findOne(context: Context, row: AuthorityRow): Promise<AuthorityThere | undefined> {
  const read = readContent(authorityContentSchema, await getContent(context, row.entryId));
  if (!read.ok) return undefined;
  const { name, number, kind, birth, sex, address } = read.value.submitter;
  const { givenMs, untilMs } = row;
  const authorityId = new Uint8Array(row.authorityId);
  const uses = await usesOf(context.store.db, authorityId, context.clock.wallMs() - AUTHORITY_MONTH_MS);
  const holder = { name, number, kind, birth, sex, address };
  return { authorityId, holder, matters: mattersOf(row), givenMs, untilMs, uses: [...uses] };
}

async function usesOf(db: Db, authorityId: Uint8Array, sinceMs: number): Promise<AuthorityThere['uses']> {
  const acts = await db
    .selectFrom('authorityActs')
    .select(['caseId', 'matterId', 'submittedMs'])
    .where('authorityId', '=', authorityId)
    .where('submittedMs', '>', sinceMs)
    .orderBy('submittedMs', 'desc')
    .limit(372)
    .execute();
  return acts.map(({ caseId, matterId, submittedMs: atMs }) => ({
    caseId: new Uint8Array(caseId),
    matterId,
    atMs: Math.floor(atMs),
  }));
}
