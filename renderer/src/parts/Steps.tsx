import { Fragment } from 'react';
import { STEP_DRAWINGS } from './drawings.ts';
import { Icon } from './Icon.tsx';
import { Drawing } from './Picture.tsx';
import styles from './Steps.module.css';

/** How it goes here, for whoever cannot read: lay the card, choose, take the slip. The page says the same in words. */
export function Steps() {
  return (
    <div className={styles.steps} aria-hidden="true">
      {STEP_DRAWINGS.map((parts, step) => (
        <Fragment key={parts.map(([, path]) => path).join()}>
          {step > 0 && <Icon name="go" small />}
          <Drawing parts={parts} size="tile" />
        </Fragment>
      ))}
    </div>
  );
}
