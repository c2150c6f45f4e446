import type { PictureName } from '../../../catalog/picture.ts';
import { DRAWINGS, type Part } from './drawings.ts';
import styles from './Picture.module.css';

/** `tile` beside a name in a list, `page` beside the title of a page. */
type PictureSize = 'tile' | 'page';

/** What a matter is about, for whoever cannot read its name; it says nothing the name does not say. */
export function Picture({ name, size = 'tile' }: { name: PictureName; size?: PictureSize }) {
  return <Drawing parts={DRAWINGS[name]} size={size} />;
}

/** A drawing of these parts, the farthest first. */
export function Drawing({ parts, size }: { parts: readonly Part[]; size: PictureSize }) {
  return (
    <svg className={styles[size]} viewBox="0 0 96 96" aria-hidden="true">
      {parts.map(([look, path]) => (
        <path key={path} className={styles[look]} d={path} />
      ))}
    </svg>
  );
}
