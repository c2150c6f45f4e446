/**
 * What items of the feed hold that are for the machine as a whole, as data (journal.md "Feed", kinds 2 and 6). They
 * travel unsealed in a signed page, so nothing here names a person. Unknown keys are kept: a later platform may say
 * more.
 */
import { z } from 'zod';

const id = z.instanceof(Uint8Array).refine((value) => value.length === 16, 'must be 16 bytes');
const words = (most: number) =>
  z.string().refine((text) => text.trim() !== '' && text.length <= most, `must be 1 to ${most} characters`);
const text = (most: number) => z.looseObject({ zh: words(most), en: words(most) });

/** The most a notice may say, in characters: more than this nobody reads while they wait. */
export const NOTICE_LIMITS = { title: 60, body: 300, issuer: 40, phone: 30 } as const;
/** The most a reason for taking a matter out may say. */
export const REASON_LIMIT = 120;

const published = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('notice.published'),
  /** Stays the same for as long as it is one notice: published again, the later words count. */
  noticeId: id,
  title: text(NOTICE_LIMITS.title),
  body: text(NOTICE_LIMITS.body),
  /** The office that stands by it. */
  issuer: text(NOTICE_LIMITS.issuer),
  /** Whom to call about it. */
  phone: words(NOTICE_LIMITS.phone).nullable(),
  fromMs: z.int(),
  /** From here on it is gone; the item's own `expires` says the same. */
  untilMs: z.int(),
  /** An emergency: first, across the page, and never hidden by a clock nobody vouched for. */
  danger: z.boolean(),
});
export type PublishedNotice = z.infer<typeof published>;

/** The content of kind 2: a notice, or that one is taken back. */
export const noticeContentSchema = z.discriminatedUnion('kind', [
  published,
  z.looseObject({ schema: z.literal(1), kind: z.literal('notice.withdrawn'), noticeId: id }),
]);
export type NoticeContent = z.infer<typeof noticeContentSchema>;

/** The content of kind 3: a new release of the catalog lies in this channel. It is believed for its signatures alone. */
export const catalogReleaseContentSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('catalog.release'),
  channel: z.enum(['stable', 'pilot']),
});
export type CatalogReleaseContent = z.infer<typeof catalogReleaseContentSchema>;

const matterId = z.string().min(1).max(64);

/** The content of kind 6: a matter taken out of service with the reason villagers read, or put back in. */
export const matterOrderContentSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    schema: z.literal(1),
    kind: z.literal('matter.out'),
    matterId,
    reason: text(REASON_LIMIT),
  }),
  z.looseObject({ schema: z.literal(1), kind: z.literal('matter.in'), matterId }),
]);
export type MatterOrderContent = z.infer<typeof matterOrderContentSchema>;
