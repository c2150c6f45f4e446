import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useScreen } from '../screen-context.ts';
import { Key } from './Key.tsx';
import styles from './Pane.module.css';

/**
 * The middle of a page. What does not fit is reached by two keys, so nothing needs a gesture beyond a tap;
 * `align` says where short content stands.
 */
export function Pane({ children, align = 'top' }: { children: ReactNode; align?: 'top' | 'middle' }) {
  const { t } = useScreen();
  const { pane, body, canUp, canDown, move } = useOverflow();
  const overflows = canUp || canDown;
  return (
    <main className={styles.pane} ref={pane}>
      <div
        className={`${styles.body} ${canDown ? styles.more : ''}`}
        ref={body}
        tabIndex={overflows ? 0 : -1}
      >
        <div className={`${styles.content} ${styles[align]}`}>{children}</div>
      </div>
      {overflows && (
        <div className={styles.keys} data-say="">
          {canUp && (
            <Key icon="up" grow onPress={() => move(-1)}>
              {t('key.up')}
            </Key>
          )}
          {canDown && (
            <Key icon="down" grow onPress={() => move(1)}>
              {t('key.down')}
            </Key>
          )}
        </div>
      )}
    </main>
  );
}

/** How much of a page stays in sight when moving by one page. */
const OVERLAP = 0.15;

function useOverflow() {
  const pane = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [state, setState] = useState({ canUp: false, canDown: false });

  const measure = useCallback(() => {
    const [outer, inner] = [pane.current, body.current];
    if (outer === null || inner === null) return;
    // Measured against the whole pane: the keys themselves must not decide whether there are keys.
    const overflows = inner.scrollHeight > outer.clientHeight + 1;
    const canUp = overflows && inner.scrollTop > 1;
    const canDown = overflows && inner.scrollTop + inner.clientHeight < inner.scrollHeight - 1;
    setState((old) => (old.canUp === canUp && old.canDown === canDown ? old : { canUp, canDown }));
  }, []);

  useEffect(() => {
    const inner = body.current;
    if (inner === null) return undefined;
    const watcher = new ResizeObserver(measure);
    watcher.observe(inner);
    if (inner.firstElementChild) watcher.observe(inner.firstElementChild);
    inner.addEventListener('scroll', measure, { passive: true });
    return () => {
      watcher.disconnect();
      inner.removeEventListener('scroll', measure);
    };
  }, [measure]);

  const move = (pages: number) => {
    const inner = body.current;
    inner?.scrollBy({ top: pages * inner.clientHeight * (1 - OVERLAP) });
  };
  return { pane, body, ...state, move };
}
