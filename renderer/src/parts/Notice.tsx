import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import styles from './Notice.module.css';
import { Soft } from './Soft.tsx';

/** How a notice looks: done, still on its way, danger, or a mere line. */
export type NoticeLook = 'done' | 'waiting' | 'danger' | 'plain';

/**
 * A few words set apart: a strong line and one below. With `announce` they are read out and brought into sight
 * when they appear.
 */
export function Notice(props: {
  title: ReactNode;
  children?: ReactNode;
  look: NoticeLook;
  icon?: IconName;
  announce?: boolean;
}) {
  const { title, children, look, icon, announce = false } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (announce) place.current?.scrollIntoView({ block: 'nearest' });
  }, [announce]);
  return (
    <div ref={place} className={`${styles.notice} ${styles[look]}`} role={announce ? 'alert' : undefined}>
      {icon && <Icon name={icon} />}
      <div className={styles.words}>
        <p className={styles.title}>
          <Soft fits={8}>{title}</Soft>
        </p>
        {children && (
          <p>
            <Soft fits={8}>{children}</Soft>
          </p>
        )}
      </div>
    </div>
  );
}

/** One line set apart. */
export function Line({ children, look }: { children: ReactNode; look: NoticeLook }) {
  return <p className={`${styles.line} ${styles[look]}`}>{children}</p>;
}
