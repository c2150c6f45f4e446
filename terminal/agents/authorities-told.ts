/** Authorities of other machines, as the platform told them, beside those that lie here. */
import { equalBytes } from '../../base/bytes.ts';
import type { OpeningKey } from '../../base/crypto/api.ts';
import { birthOfIdNumber } from '../../catalog/id-number.ts';
import { type AuthoritiesOwner, type AuthorityThere, openAuthorities } from '../../sync/authorities-there.ts';
import type { Authority } from './authorities.ts';

/** What was told, opened; nothing where it is not this agent's. Whoever gave one with a card of no known kind is left out. */
export function findTold(
  key: OpeningKey,
  owner: AuthoritiesOwner,
  sealed: Uint8Array,
): readonly Authority[] | undefined {
  return openAuthorities(key, owner, sealed)?.flatMap(asAuthority);
}

/**
 * Those that lie here and those that were told, the first given first. What was done elsewhere counts with what was done
 * here; the same case counts once.
 */
export function withTold(here: readonly Authority[], told: readonly Authority[]): readonly Authority[] {
  const isSame = (a: Authority) => (b: Authority) => equalBytes(a.authorityId, b.authorityId);
  const own = here.filter(({ elsewhere }) => !elsewhere);
  const others = told.filter((one) => !own.some(isSame(one)));
  return [
    ...own.map((one) => withUses(one, told.find(isSame(one)))),
    ...others.map((one) => withUses(one, here.find(isSame(one)))),
  ].sort((a, b) => a.givenMs - b.givenMs);
}

function withUses(one: Authority, other: Authority | undefined): Authority {
  const isNew = ({ caseId }: Authority['uses'][number]) =>
    caseId === undefined || !one.uses.some((use) => use.caseId && equalBytes(use.caseId, caseId));
  return { ...one, uses: [...one.uses, ...(other?.uses ?? []).filter(isNew)] };
}

const KINDS = ['citizen', 'hmt-permit', 'foreign-2017', 'foreign-2023'] as const;
/** GB/T 2261.1 (domain.md A.8). */
const SEX_OF: Readonly<Record<string, Authority['holder']['sex']>> = {
  ...{ 0: 'unknown', 1: 'male', 2: 'female', 9: 'not-stated' },
};

function asAuthority({ holder, uses, ...one }: AuthorityThere): Authority[] {
  const kind = KINDS.find((known) => known === holder.kind);
  if (kind === undefined) return [];
  const { authorityId, matters, givenMs, untilMs } = one;
  const { name, number } = holder;
  const birth = holder.birth ?? (kind === 'citizen' ? birthOfIdNumber(number) : null);
  const sex = SEX_OF[holder.sex ?? '9'] ?? 'not-stated';
  return [
    {
      ...{ authorityId, matters, givenMs, untilMs, elsewhere: true },
      holder: { kind, name, number, sex, birth, address: holder.address ?? '' },
      uses: uses.map(({ caseId, matterId, atMs }) => ({ submissionId: caseId, caseId, matterId, atMs })),
    },
  ];
}
