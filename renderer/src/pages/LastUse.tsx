import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line, Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Seal } from '../parts/Seal.tsx';
import { Section, Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber, momentText } from '../words/format.ts';
import styles from './LastUse.module.css';
import type { PageOf } from './page-of.ts';
import { StageWord } from './StageWord.tsx';

/** When and where this card was last used, and the way to say that it was somebody else. */
export function LastUse({ page }: { page: PageOf<'last-use'> }) {
  if (page.done !== null) return <Reported page={page} localNumber={page.done.localNumber} />;
  return <Ask page={page} />;
}

function Ask({ page }: { page: PageOf<'last-use'> }) {
  const { t, say, act, view, language } = useScreen();
  const [isAsking, setAsking] = useState(false);
  const moment = (atMs: number) => momentText(atMs, view.wallMs, language);
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={page.lastUse === null ? undefined : t('lastUse.ask')}>{t('lastUse.title')}</Title>
        {page.lastUse === null ? (
          <p className={styles.block}>{t('lastUse.none')}</p>
        ) : (
          <div className={styles.use}>
            <p className={styles.moment}>{moment(page.lastUse.atMs)}</p>
            <p>{say(page.lastUse.place)}</p>
          </div>
        )}
        {page.freezes.length > 0 ? (
          <Section title={t('lastUse.freezes')}>
            <ul className={styles.cases}>
              {page.freezes.map((item) => (
                <li key={item.ref}>
                  <b>{say(item.name)}</b>
                  <span className={styles.when}>{t('cases.keptAt', { time: moment(item.keptAtMs) })}</span>
                  <StageWord stage={item.stage} />
                </li>
              ))}
            </ul>
          </Section>
        ) : (
          page.lastUse !== null && <p className={styles.block}>{t('lastUse.freezesNone')}</p>
        )}
        {page.lastUse !== null && (
          <div className={styles.keys}>
            <Key look="danger" grow onPress={() => setAsking(true)}>
              {t('lastUse.notMe')}
            </Key>
          </div>
        )}
      </Pane>
      <VisitFoot>
        {page.lastUse === null ? (
          <BackKey />
        ) : (
          <Key look="main" onPress={() => act({ type: 'back' })}>
            {t('lastUse.isMe')}
          </Key>
        )}
      </VisitFoot>
      <Confirm
        isOpen={isAsking}
        hasCases={page.freezes.length > 0}
        onClose={() => setAsking(false)}
        onConfirm={() => act({ type: 'not-me' })}
      />
    </>
  );
}

function Confirm(props: { isOpen: boolean; hasCases: boolean; onClose: () => void; onConfirm: () => void }) {
  const { isOpen, hasCases, onClose, onConfirm } = props;
  const { t } = useScreen();
  return (
    <ModalOverlay className={styles.veil} isOpen={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Modal className={styles.modal}>
        <Dialog role="alertdialog" className={styles.dialog}>
          <Heading slot="title" level={2} className={styles.heading}>
            {t('lastUse.confirmTitle')}
          </Heading>
          <p>{t(hasCases ? 'lastUse.freezes' : 'lastUse.freezesNone')}</p>
          <Key look="danger" onPress={onConfirm}>
            {t('lastUse.confirmYes')}
          </Key>
          <Key onPress={onClose}>{t('lastUse.confirmNo')}</Key>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Reported({ page, localNumber }: { page: PageOf<'last-use'>; localNumber: string }) {
  const { t, act } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <div className={styles.done} role="status">
          <Seal />
          <h1>
            <Soft fits={8}>{t('lastUse.done')}</Soft>
          </h1>
          <p className={styles.number}>{groupedNumber(localNumber)}</p>
          <p>{t('lastUse.doneHow')}</p>
        </div>
        <div className={styles.block}>
          <Notice look="danger" title={t('lastUse.doneWarn')} />
        </div>
        {page.slip !== null && (
          <div className={styles.block}>
            <Line look={page.slip === 'printed' || page.slip === 'printing' ? 'done' : 'waiting'}>
              {t(`case.${page.slip}`)}
            </Line>
          </div>
        )}
      </Pane>
      <VisitFoot>
        <Key grow onPress={() => act({ type: 'home' })}>
          {t('key.home')}
        </Key>
      </VisitFoot>
    </>
  );
}
