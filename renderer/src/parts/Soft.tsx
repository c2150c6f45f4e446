import { Fragment, type ReactNode, use } from 'react';
import { ScreenContext } from '../screen-context.ts';
import { moreSoftBreaks, softBreaks } from './soft-breaks.ts';

/**
 * Words that may break between two of them where a phrase is longer than its line: pages keep a phrase whole, and
 * one of more than `fits` characters would else be cut in the middle of a word; half as many fit where words are twice
 * as large. Only text is changed, and nothing of what it says.
 */
export function Soft({ children, fits }: { children: ReactNode; fits: number }) {
  // The page that waits for a view has none.
  const textSize = use(ScreenContext)?.view.settings.textSize;
  if (typeof children !== 'string') return children;
  const pieces = textSize === 'double' ? moreSoftBreaks(children, fits / 2) : softBreaks(children, fits);
  if (pieces.length < 2) return children;
  return pieces.map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name, and never change places
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
