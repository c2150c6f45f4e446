/** What stands for every machine of a place: a newcomer is told of it when it is enrolled. */
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { standingRoster } from '../agents/roster.ts';
import type { PlatformContext } from '../context.ts';
import { standingIssuers } from '../phone/send-issuers.ts';
import type { Db } from '../store/store.ts';
import { isIn, type PlacedTerminal } from './areas.ts';
import { noticeItem } from './notices.ts';
import { orderItem } from './orders.ts';
import type { Outbox } from './outbox.ts';

/** Notices in force there, its agents, whose codes from phones are taken, and the last word on each matter that was said to its whole area. */
export async function standingItems(
  tx: Db,
  context: Pick<PlatformContext, 'clock' | 'crypto'>,
  { terminalId, place }: PlacedTerminal,
): Promise<Outbox> {
  const notices = await tx
    .selectFrom('notices')
    .selectAll()
    .where('withdrawnMs', 'is', null)
    .where('untilMs', '>', context.clock.wallMs())
    .orderBy('publishedMs')
    .execute();
  const orders = await tx
    .selectFrom('machineOrders')
    .selectAll()
    .where('kind', '=', FEED_KIND.matter)
    .where('areaCode', 'is not', null)
    .orderBy('orderNo')
    .execute();
  const here = orders.filter(({ areaCode }) => areaCode !== null && isIn(place, areaCode));
  const last = new Map(here.map((order) => [order.matterId, order]));
  return [
    ...notices
      .filter(({ areaCode }) => isIn(place, areaCode))
      .map((notice) => noticeItem(context, terminalId, notice)),
    ...(await standingRoster(tx, context, terminalId, place.village.code)),
    ...(await standingIssuers(tx, context, terminalId)),
    ...[...last.values()].map((order) => orderItem(context, terminalId, order)),
  ];
}
