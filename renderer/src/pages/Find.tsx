import { useEffect, useState } from 'react';
import type { Composition } from '../keyboard/compose.ts';
import { Keyboard } from '../keyboard/Keyboard.tsx';
import { contextOf } from '../keyboard/pinyin/layers.ts';
import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Find.module.css';
import type { PageOf } from './page-of.ts';

/** A name or an everyday word is longer in no matter. */
const LONGEST = 20;
const WRITING = contextOf('text');

/** Finding a matter: letters, pinyin or characters, and what fits stands above the keyboard at once. */
export function Find({ page }: { page: PageOf<'find'> }) {
  const { t, act } = useScreen();
  const [state, setState] = useState<Composition>({ text: page.words, letters: '' });
  const typed = state.text + state.letters;
  const isFound = page.tiles.length + page.guides.length > 0;
  useEffect(() => act({ type: 'find', words: typed }), [act, typed]);
  return (
    <>
      <HolderBar />
      <Pane>
        <h1 className={styles.title}>{t('find.title')}</h1>
        <output className={styles.line} aria-label={t('typing.text')}>
          {typed === '' && <span className={styles.hint}>{t('find.hint')}</span>}
          <span lang="zh-CN">{state.text}</span>
          <span className={styles.letters}>{state.letters}</span>
        </output>
        <div className={styles.found} aria-live="polite">
          {isFound && <TileGrid tiles={page.tiles} guides={page.guides} guideHint={t('find.guide')} low />}
          {!isFound && typed !== '' && <p className={styles.none}>{t('find.none')}</p>}
        </div>
        <Keyboard
          state={state}
          onChange={setState}
          modes={['pinyin', 'hand', 'latin']}
          context={WRITING}
          max={LONGEST}
          anyLetters
        />
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
