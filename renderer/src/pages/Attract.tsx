import { useEffect } from 'react';
import { browserClock } from '../browser/clock.ts';
import { PlaceBar } from '../parts/Bar.tsx';
import { CardArt, type CardMood } from '../parts/CardArt.tsx';
import { Foot, FootRow, HelpKey, LanguageKey, SettingsKey } from '../parts/Foot.tsx';
import { Hills } from '../parts/Hills.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { PublicNotices } from '../parts/PublicNotices.tsx';
import { Row } from '../parts/Row.tsx';
import { Soft } from '../parts/Soft.tsx';
import { Steps } from '../parts/Steps.tsx';
import { MatterTileKey, Tile } from '../parts/Tile.tsx';
import { Urgent } from '../parts/Urgent.tsx';
import { useScreen } from '../screen-context.ts';
import { usePageVoice } from '../voice/voice-context.tsx';
import { findTouchWord, layWord } from '../words/lay-word.ts';
import type { Translate } from '../words/words.ts';
import styles from './Attract.module.css';
import type { PageOf } from './page-of.ts';
import { UpkeepLink } from './upkeep/UpkeepLink.tsx';

/** The page nobody has touched yet: place your card, what needs none, what everybody should know. */
export function Attract({ page }: { page: PageOf<'attract'> }) {
  const { t, act, view } = useScreen();
  const { title, how, mood } = attractWords(page, t, t(layWord(view.cabinet)));
  const touch = mood === 'place' ? findTouchWord(view.cabinet) : undefined;
  // What is said to everybody, and trouble, need the room more.
  if (page.alarm !== null) return <AttractAlarm page={page} alarm={page.alarm} />;
  const isCalm = mood === 'place' && page.stopped === null && page.notices.length === 0 && !page.offersHelp;
  return (
    <>
      <PlaceBar />
      <Pane>
        <PublicNotices stopped={page.stopped} notices={page.notices.filter(({ danger }) => danger)} />
        <div className={styles.hero} role={page.trouble === null ? undefined : 'alert'}>
          <h1>
            <Soft fits={8}>{title}</Soft>
          </h1>
          <p>
            <Soft fits={18}>{how}</Soft>
          </p>
          {touch && (
            <p className={styles.touch}>
              <Soft fits={20}>{t(touch)}</Soft>
            </p>
          )}
        </div>
        <div className={styles.art}>
          <CardArt mood={mood} size="room" />
        </div>
        {isCalm && (
          <div className={styles.steps}>
            <Steps />
          </div>
        )}
        {page.offersHelp && (
          <Row
            icon="help"
            look="tinted"
            below={t('play.how')}
            onPress={() => act({ type: 'go', to: 'agent' })}
          >
            {t('play.line')}
          </Row>
        )}
        <PublicNotices notices={page.notices.filter(({ danger }) => !danger)} />
        <div className={styles.tiles}>
          {page.tiles.map((tile) => (
            <MatterTileKey key={tile.matterId} tile={tile} />
          ))}
          <Tile icon="book" name={t('guides.title')} onPress={() => act({ type: 'go', to: 'guides' })} />
          <Tile
            icon="shield"
            name={t('attract.emergency')}
            onPress={() => act({ type: 'go', to: 'emergency' })}
          />
        </div>
        <p className={styles.privacy}>{t('attract.privacy')}</p>
        <UpkeepLink />
      </Pane>
      <Foot>
        <Hills />
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <HelpKey />
        </FootRow>
        <FootRow>
          <Key grow onPress={() => act({ type: 'go', to: 'no-card' })}>
            {t('key.noCard')}
          </Key>
          {view.takesPhoneCode && (
            <Key grow onPress={() => act({ type: 'go', to: 'phone-code' })}>
              {t('code.phone.open')}
            </Key>
          )}
        </FootRow>
      </Foot>
    </>
  );
}

/** While nobody of the village has said that they have it, an emergency takes the page; a card is still read. */
function AttractAlarm({
  page,
  alarm,
}: {
  page: PageOf<'attract'>;
  alarm: NonNullable<PageOf<'attract'>['alarm']>;
}) {
  const { t, act, view } = useScreen();
  const { title, how, mood } = attractWords(page, t, t(layWord(view.cabinet)));
  useSaidAgain();
  return (
    <>
      <PlaceBar />
      <Pane>
        <Urgent notice={alarm} look="whole" />
        <PublicNotices stopped={page.stopped} notices={page.notices} />
        <div className={styles.aside} role={page.trouble === null ? undefined : 'alert'}>
          <p>
            <Soft fits={14}>{mood === 'place' ? t('notice.urgent.stillServed') : title}</Soft>
          </p>
          <p>
            <Soft fits={18}>{how}</Soft>
          </p>
        </div>
      </Pane>
      <Foot>
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <HelpKey />
        </FootRow>
        <FootRow>
          <Key grow icon="shield" onPress={() => act({ type: 'go', to: 'emergency' })}>
            {t('attract.emergency')}
          </Key>
          <Key grow onPress={() => act({ type: 'go', to: 'no-card' })}>
            {t('key.noCard')}
          </Key>
        </FootRow>
      </Foot>
    </>
  );
}

/** An emergency that nobody acknowledged is said again every so often. */
const SAID_EVERY_MS = 600_000;

function useSaidAgain(): void {
  const { listen } = usePageVoice();
  useEffect(() => {
    let cancel = browserClock.after(SAID_EVERY_MS, again);
    function again() {
      listen();
      cancel = browserClock.after(SAID_EVERY_MS, again);
    }
    return () => cancel();
  }, [listen]);
}

/** What the page says, and how the picture looks, by what the reader does and what went wrong last. */
function attractWords(
  page: PageOf<'attract'>,
  t: Translate,
  where: string,
): { title: string; how: string; mood: CardMood } {
  if (page.reader === 'reading')
    return { title: t('attract.reading'), how: t('attract.readingHow'), mood: 'reading' };
  if (page.reader === 'down') return { title: t('attract.down'), how: t('attract.downHow'), mood: 'down' };
  if (page.trouble === null) return { title: t('attract.title'), how: where, mood: 'place' };
  return {
    title: t(`trouble.${page.trouble}.title`),
    how: t(`trouble.${page.trouble}.how`),
    mood: page.trouble === 'reader-down' ? 'down' : 'again',
  };
}
