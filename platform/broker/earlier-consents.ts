/**
 * `own-consents`: what a person agreed to at this terminal, also at earlier visits, so that it can be taken back there.
 * A terminal hears of consents that were given at itself alone: whoever has its key could have heard those anyway.
 */
import { toHex } from '../../base/bytes.ts';
import { readContent } from '../../sync/content-coding.ts';
import { consentContentSchema } from '../../sync/contents.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { readBody } from '../intake/read-body.ts';
import { createLimiter } from '../limits/limiter.ts';

const DAY_MS = 86_400_000;
/** What is older is on paper with the county; a terminal asks of what a person can still remember. */
export const LOOKED_BACK_MS = 90 * DAY_MS;
/** The latest of a terminal that are opened for one question: a tenth of a second. */
const OPENED = 400;
/** More than these nobody reads through. */
const MOST = 20;
/** A person opens this page once; who asks of many people is not one. */
const RATE = { burst: 12, perMinute: 2 } as const;

const label = (zh: string, en: string) => ({ zh, en });
const FIELDS = [
  { id: 'consent', label: label('同意', 'Consent'), type: 'text' as const },
  { id: 'dataSet', label: label('资料', 'Data'), type: 'text' as const },
  { id: 'matter', label: label('事项', 'Matter'), type: 'text' as const },
  { id: 'from', label: label('哪里', 'From'), type: 'text' as const },
  { id: 'givenS', label: label('什么时候', 'When'), type: 'count' as const },
  { id: 'withdrawn', label: label('已收回', 'Taken back'), type: 'yes-no' as const },
];

/** Answers with a record for each consent of the number in parameter `person`, the latest first. */
export function consentsAnswer(
  context: Pick<PlatformContext, 'store' | 'clock' | 'openingKeys' | 'county'>,
): OwnAnswer {
  const limiter = createLimiter(context.clock, RATE);
  return async ({ terminalId, parameters }) => {
    const { person } = parameters;
    if (person === undefined || Object.keys(parameters).length !== 1) return 'malformed';
    const waitS = limiter.spend(toHex(terminalId));
    if (waitS > 0) return { schema: 1, outcome: 'later', afterS: waitS };
    const nowMs = Math.floor(context.clock.wallMs());
    const records = (await consentsOf(context, terminalId, nowMs)).flatMap(({ content, ...row }) =>
      content.person.number === person
        ? content.dataSets.map((dataSet) => recordOf(row, content, dataSet))
        : [],
    );
    const origin = { from: label(context.county.name, 'The county'), asOfMs: nowMs };
    if (records.length === 0) return { schema: 1, outcome: 'nothing', ...origin };
    return { schema: 1, outcome: 'found', ...origin, fields: FIELDS, records: records.slice(0, MOST) };
  };
}

type Consents = Awaited<ReturnType<typeof consentsOf>>;

function recordOf(
  { entryId, receivedMs, withdrawnMs }: Omit<Consents[number], 'content'>,
  { matter }: Consents[number]['content'],
  { id, from }: Consents[number]['content']['dataSets'][number],
) {
  return {
    ...{ consent: toHex(entryId), dataSet: id, matter: matter?.[0] ?? null, from },
    ...{ givenS: Math.floor(receivedMs / 1_000), withdrawn: withdrawnMs !== null },
  };
}

/** The latest consents of a terminal, opened; what cannot be read is no consent. */
async function consentsOf(
  context: Pick<PlatformContext, 'store' | 'openingKeys'>,
  terminalId: Uint8Array,
  nowMs: number,
) {
  const rows = await context.store.db
    .selectFrom('bodies')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .leftJoin('consentWithdrawals', (join) =>
      join
        .onRef('consentWithdrawals.consentId', '=', 'bodies.entryId')
        .onRef('consentWithdrawals.terminalId', '=', 'bodies.terminalId'),
    )
    .select(['bodies.entryId', 'bodies.body', 'headers.header', 'headers.receivedMs'])
    .select('consentWithdrawals.atMs as withdrawnMs')
    .where('bodies.terminalId', '=', terminalId)
    .where('bodies.kind', '=', 'consent')
    .where('bodies.filing', '=', 'filed')
    .where('headers.receivedMs', '>=', nowMs - LOOKED_BACK_MS)
    .orderBy('headers.receivedMs', 'desc')
    .limit(OPENED)
    .execute();
  return rows.flatMap(({ body, header, ...row }) => {
    const read = parseHeader(header);
    const content = read.ok
      ? readContent(consentContentSchema, readBody(context, read.value, body))
      : undefined;
    return content?.ok ? [{ ...row, content: content.value }] : [];
  });
}
