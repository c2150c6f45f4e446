/** The first page in its states. */
import type { Page, View } from '../../../terminal/api.ts';
import { DANGER_NOTICE, PLAIN_NOTICE, STOPPED, STOPPED_TILE, TILES } from './people.ts';

type Attract = Extract<Page, { kind: 'attract' }>;

/** What needs no card. */
export const OPEN_TILES = [TILES.report, TILES.guides];

/** What stands on the first page of it. */
const OPEN_MATTERS = [TILES.power, TILES.report];

/** A large hall's screen. */
export const HALL_SCREEN = { widthMm: 398, heightMm: 708 };

const SCREEN = { widthMm: 268, heightMm: 476.4 };

/** A cabinet with its reader at this place. */
export const cabinet = (
  readerPlace: NonNullable<View['cabinet']>['readerPlace'],
  screen = SCREEN,
): View['cabinet'] => ({ readerPlace, screen, cameras: [] });

const attract = (more: Partial<Attract> = {}): Page => ({
  kind: 'attract',
  reader: 'ready',
  trouble: null,
  alarm: null,
  stopped: null,
  notices: [DANGER_NOTICE],
  tiles: OPEN_MATTERS,
  offersHelp: false,
  ...more,
});

/** The views, by name. */
export const ATTRACT_PAGES: Readonly<Record<string, readonly [Page, Pick<View, 'cabinet' | 'dimmed'>?]>> = {
  attract: [attract()],
  'attract-night': [attract({ notices: [PLAIN_NOTICE] }), { cabinet: null, dimmed: true }],
  'attract-below': [attract(), { cabinet: cabinet('below') }],
  'attract-felt': [
    attract({ notices: [] }),
    { cabinet: { readerPlace: 'right', readerTouch: 'raised-edge', screen: SCREEN, cameras: [] } },
  ],
  'attract-left': [attract({ trouble: 'lay-again', notices: [] }), { cabinet: cabinet('left') }],
  'attract-hall': [attract(), { cabinet: cabinet('right', HALL_SCREEN) }],
  'attract-calm': [attract({ notices: [] })],
  'attract-stopped': [attract({ stopped: STOPPED, notices: [], tiles: [TILES.power, STOPPED_TILE] })],
  'attract-notices': [attract({ notices: [DANGER_NOTICE, PLAIN_NOTICE] })],
  'attract-offers-help': [attract({ offersHelp: true, notices: [] })],
  'attract-alarm': [attract({ alarm: DANGER_NOTICE, notices: [] })],
  'attract-alarm-two': [attract({ alarm: DANGER_NOTICE, notices: [PLAIN_NOTICE], trouble: 'lay-again' })],
  'attract-reading': [attract({ reader: 'reading' })],
  'attract-reader-down': [attract({ reader: 'down' })],
  'attract-pulled-early': [attract({ trouble: 'lay-again' })],
  'attract-unreadable': [attract({ trouble: 'unreadable' })],
  'attract-wrong-card': [attract({ trouble: 'wrong-card', notices: [] })],
  'attract-not-remembered': [attract({ trouble: 'not-remembered' })],
};
