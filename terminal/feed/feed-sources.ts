/** What came down for everybody, as the visits see it: notices in force, matters taken out, agents, a word of revocation. */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Text } from '../../catalog/schema.ts';
import type { RosterContent } from '../../sync/agent-contents.ts';
import { findAgentList } from '../../sync/agent-list.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { findPhoneIssuers, type PhoneIssuers } from '../../sync/phone-issuers.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import { type Watched, watched } from '../program/source.ts';
import type { Source } from '../terminal.ts';
import type { Notice } from '../visit/desk.ts';
import { catalogWords } from './catalog-words.ts';
import { noticesInForce } from './notices.ts';
import { rosterOf } from './roster.ts';
import { takenOutBy } from './taken-out.ts';

/** The sources; each tells only when it is another. */
export interface FeedSources {
  readonly notices: Source<readonly Notice[]>;
  readonly takenOut: Source<ReadonlyMap<string, Text>>;
  /** Whether the platform's signed word of revocation came down. */
  readonly revoked: Source<boolean>;
  /** The channel of signed releases that the platform named last. */
  readonly catalogChannel: Source<'stable' | 'pilot'>;
  /** Goes up with each word of the platform that a release is there. */
  readonly catalogNews: Source<number>;
  /** The village's agents, as the platform said last; null before it did. */
  readonly roster: Source<RosterContent | null>;
  /** Lists of agents, unopened. */
  readonly agentLists: Source<readonly Uint8Array[]>;
  /** Whose codes from phones are taken, as the platform said last; null before it did. */
  readonly phoneIssuers: Source<PhoneIssuers | null>;
  stop(): void;
}

/** Notices begin and end by the minute. */
const LOOK_EVERY_MS = 20_000;

/** Watches what the feed brought, and the time. */
export function createFeedSources(
  opened: Pick<OpenedKeeper, 'feedItems' | 'sureMs' | 'keeper' | 'time'>,
  clock: Clock,
  village: string,
): FeedSources {
  const contentsOf = (kind: number) => opened.feedItems(kind).map(({ content }) => content);
  const readNotices = () =>
    noticesInForce(contentsOf(FEED_KIND.notice), { nowMs: opened.time.nowMs(), sureMs: opened.sureMs() });
  const readTakenOut = () => takenOutBy(contentsOf(FEED_KIND.matter));
  const readReleases = () => catalogWords(contentsOf(FEED_KIND.catalog));
  const readRoster = () => rosterOf(contentsOf(FEED_KIND.roster), village);
  const isRevoked = () => contentsOf(FEED_KIND.revoked).length > 0;

  const notices = watched(readNotices());
  const takenOut = watched(readTakenOut());
  const revoked = watched(isRevoked());
  const catalogChannel = watched(readReleases().channel);
  const catalogNews = watched(readReleases().count);
  const roster = watched(readRoster());
  const readIssuers = () => findPhoneIssuers(contentsOf(FEED_KIND.phoneIssuers));
  const phoneIssuers = watched(readIssuers());
  const agentLists = watched(contentsOf(FEED_KIND.agentList));
  const look = () => {
    setIfOther(notices, readNotices(), JSON.stringify);
    setIfOther(takenOut, readTakenOut(), (map) => JSON.stringify([...map]));
    revoked.set(isRevoked());
    catalogChannel.set(readReleases().channel);
    catalogNews.set(readReleases().count);
    setIfOther(roster, readRoster(), (one) => String(one?.version ?? 0));
    setIfOther(phoneIssuers, readIssuers(), (one) => String(one?.version ?? 0));
    setIfOther(agentLists, contentsOf(FEED_KIND.agentList), versionsOf);
  };
  const stopListening = opened.keeper.onChange(look);
  let cancel: Cancel = () => {};
  const again = () => {
    look();
    cancel = clock.after(LOOK_EVERY_MS, again);
  };
  cancel = clock.after(LOOK_EVERY_MS, again);
  return {
    notices,
    takenOut,
    revoked,
    catalogChannel,
    catalogNews,
    roster,
    agentLists,
    phoneIssuers,
    stop() {
      cancel();
      stopListening();
    },
  };
}

function versionsOf(lists: readonly Uint8Array[]): string {
  return lists.map((content) => findAgentList(content)?.version ?? 0).join();
}

function setIfOther<T>(source: Watched<T>, value: T, words: (value: T) => string): void {
  if (words(value) !== words(source.now())) source.set(value);
}
