import type { AskedState as State } from '../../../terminal/api.ts';
import plain from '../pages/Plain.module.css';
import lookUp from '../pages/SlipLookup.module.css';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import { Notice } from './Notice.tsx';

/** How asking the state stands, where that is more than an answer: what happened, and what to do now. */
export function AskedTrouble({ state, afterS }: { state: State; afterS: number | null }) {
  const { t, view } = useScreen();
  if (state === 'found' || state === 'asking') return null;
  const icon =
    state === 'offline' ? 'offline' : state === 'nothing' || state === 'none-fits' ? 'find' : 'clock';
  const phone = groupedNumber(view.support.townPhone);
  return (
    <div className={lookUp.notes}>
      <Notice
        look={state === 'nothing' || state === 'not-agreed' || state === 'none-fits' ? 'plain' : 'waiting'}
        icon={icon}
        title={t(`shared.${state}`)}
        announce
      >
        {t(`shared.${state}How`, { phone, n: afterS ?? 0 })}
      </Notice>
    </div>
  );
}

/** Somebody stands and waits for an answer. */
export function Asking() {
  const { t } = useScreen();
  return (
    <div className={lookUp.asking} role="status">
      <div className={plain.centre}>
        <p>{t('shared.asking')}</p>
        <div className={`${plain.dots} ${lookUp.dots}`} aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
        <p className={plain.second}>{t('shared.askingHow')}</p>
      </div>
    </div>
  );
}
