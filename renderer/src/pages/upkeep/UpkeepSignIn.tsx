import { useState } from 'react';
import { Key } from '../../parts/Key.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Pad } from '../../parts/Pad.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { pressPad } from '../../questions/pad-text.ts';
import { useScreen } from '../../screen-context.ts';
import type { PageOf } from '../page-of.ts';
import { ByPhone } from './ByPhone.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

const MIN_DIGITS = 6;
const MAX_DIGITS = 12;

/** Who somebody is, then their PIN. */
export function UpkeepSignIn({ page }: { page: PageOf<'upkeep-sign-in'> }) {
  const { t } = useScreen();
  if (page.door.challenge !== null) return <ByPhone page={page} />;
  if (page.role !== null) return <GivePin page={page} role={page.role} />;
  return (
    <UpkeepFrame title={t('upkeep.signIn.title')} hasBack={false}>
      <Title why={t('upkeep.signIn.how')}>{t('upkeep.signIn.title')}</Title>
      {page.roles.length === 0 ? (
        <div className={styles.block}>
          <Notice look="waiting" icon="lock" title={t('upkeep.signIn.none')}>
            {t('upkeep.signIn.noneHow')}
          </Notice>
        </div>
      ) : (
        <ChooseRole roles={page.roles} />
      )}
    </UpkeepFrame>
  );
}

function ChooseRole({ roles }: { roles: PageOf<'upkeep-sign-in'>['roles'] }) {
  const { t, act } = useScreen();
  return (
    <Section title={t('upkeep.signIn.who')}>
      <Stack>
        {roles.map((role) => (
          <Row
            key={role}
            look="big"
            icon={role === 'caretaker' ? 'people' : 'tool'}
            below={t(`upkeep.signIn.${role}How`)}
            onPress={() => act({ type: 'upkeep', command: { do: 'choose-role', role } })}
          >
            {t(`upkeep.signIn.${role}`)}
          </Row>
        ))}
      </Stack>
    </Section>
  );
}

type Role = PageOf<'upkeep-sign-in'>['roles'][number];

function GivePin({ page, role }: { page: PageOf<'upkeep-sign-in'>; role: Role }) {
  const { t, act } = useScreen();
  const [pin, setPin] = useState('');
  const mustWait = page.waitSeconds > 0;
  const enter = () => {
    setPin('');
    act({ type: 'upkeep', command: { do: 'sign-in', pin } });
  };
  const { card, phone } = page.door;
  const canEnter = !mustWait && card !== 'wanted' && card !== 'unknown' && pin.length >= MIN_DIGITS;
  return (
    <UpkeepFrame
      title={t('upkeep.signIn.title')}
      hasBack={false}
      keys={
        <>
          {page.roles.length > 1 && (
            <Key
              icon="back"
              onPress={() => act({ type: 'upkeep', command: { do: 'choose-role', role: null } })}
            >
              {t('upkeep.signIn.other')}
            </Key>
          )}
          {canEnter && (
            <Key look="main" grow onPress={enter}>
              {t('upkeep.signIn.enter')}
            </Key>
          )}
        </>
      }
    >
      <Title why={t('upkeep.signIn.pin')}>{t(`upkeep.signIn.${role}`)}</Title>
      <div className={styles.block}>
        {card === 'wanted' && (
          <Notice look="waiting" icon="card" title={t('care.card.wanted')} announce>
            {t('care.card.wantedHow')}
          </Notice>
        )}
        {card === 'unknown' && <Notice look="waiting" icon="warn" title={t('care.card.unknown')} announce />}
        {card === 'known' && <Notice look="plain" icon="check" title={t('care.card.known')} announce />}
        {mustWait ? (
          <Notice look="waiting" icon="clock" title={t('upkeep.signIn.wait', { n: page.waitSeconds })}>
            {t('upkeep.signIn.waitHow')}
          </Notice>
        ) : (
          page.wrong &&
          pin === '' && <Notice look="waiting" icon="warn" title={t('upkeep.signIn.wrong')} announce />
        )}
      </div>
      <output className={styles.pin} aria-label={t('upkeep.signIn.given', { n: pin.length })}>
        {Array.from({ length: Math.max(MIN_DIGITS, pin.length) }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the dots are their places
          <i key={at} className={at < pin.length ? styles.digit : ''} />
        ))}
      </output>
      <div className={styles.pad}>
        <Pad onKey={(key) => setPin(pressPad(pin, key, MAX_DIGITS))} />
      </div>
      {phone !== null && (
        <div className={styles.block}>
          <Row
            icon="phone"
            below={t('care.phone.wayHow')}
            onPress={() => act({ type: 'upkeep', command: { do: 'by-phone', on: true } })}
          >
            {t('care.phone.way')}
          </Row>
        </div>
      )}
    </UpkeepFrame>
  );
}
