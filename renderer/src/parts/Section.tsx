import type { ReactNode } from 'react';
import styles from './Section.module.css';
import { Soft } from './Soft.tsx';

/** A part of a page under its own heading, with an aside at the end of the line. */
export function Section({ title, aside, children }: { title: string; aside?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>
          <Soft fits={9}>{title}</Soft>
        </h2>
        {aside && <span className={styles.aside}>{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** The heading of a page, with a line below. */
export function Title({ children, why }: { children: ReactNode; why?: ReactNode }) {
  return (
    <div className={styles.title}>
      <h1>
        <Soft fits={9}>{children}</Soft>
      </h1>
      {why && (
        <p>
          <Soft fits={14}>{why}</Soft>
        </p>
      )}
    </div>
  );
}

/** Things below each other, evenly apart. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}
