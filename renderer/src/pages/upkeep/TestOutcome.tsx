import type { DeviceLine, Finding, TestRun } from '../../../../terminal/api.ts';
import { Notice } from '../../parts/Notice.tsx';
import { useScreen } from '../../screen-context.ts';
import type { Translate } from '../../words/words.ts';
import { reasonWord } from './reason-words.ts';
import styles from './Upkeep.module.css';

/** What to do while a device is tested. */
export function handWords(device: DeviceLine['device'], t: Translate): string {
  const isByHand = device === 'card-reader' || device === 'code-scanner';
  return t(`upkeep.test.hand.${isByHand ? device : 'other'}`);
}

/** How a self-test stands, and what it found. */
export function TestOutcome({ run, device }: { run: TestRun; device: DeviceLine['device'] }) {
  const { t } = useScreen();
  if (run.state === 'running')
    return (
      <Notice look="plain" icon="clock" title={t('upkeep.test.running')} announce>
        {handWords(device, t)}
      </Notice>
    );
  if (run.state === 'lost')
    return <Notice look="waiting" icon="warn" title={t('upkeep.test.lost')} announce />;
  return (
    <Notice
      look={run.passed ? 'done' : 'waiting'}
      icon={run.passed ? 'check' : 'warn'}
      title={t(run.passed ? 'upkeep.test.passed' : 'upkeep.test.failed')}
      announce
    >
      <Findings findings={run.findings} />
    </Notice>
  );
}

/** What was found, line by line. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useScreen();
  return (
    <span className={styles.findings}>
      {findings.map((finding) => (
        <span key={finding.type}>{findingWords(finding, t)}</span>
      ))}
    </span>
  );
}

function findingWords(finding: Finding, t: Translate): string {
  switch (finding.type) {
    case 'secure-module':
      return t(finding.ok ? 'upkeep.test.moduleOk' : 'upkeep.test.moduleBad');
    case 'secure-module-id':
      return t('upkeep.test.moduleId', { id: finding.id });
    case 'card':
      return t(`upkeep.test.card.${finding.outcome}`);
    case 'test-slip':
      return printWords('slip', finding.result, t);
    case 'test-page':
      return printWords('page', finding.result, t);
    case 'code': {
      if (finding.code === null) return t('upkeep.test.noCode');
      const { symbology, length } = finding.code;
      return t('upkeep.test.code', { kind: symbology ?? t('upkeep.test.codeKind'), n: length });
    }
    case 'reading':
      if (finding.on === null) return t('upkeep.test.silent');
      return t(finding.on ? 'upkeep.test.on' : 'upkeep.test.off');
  }
}

type Printed = Extract<Finding, { type: 'test-slip' }>['result'];

const PRINTERS = { slip: 'slip-printer', page: 'a4-printer' } as const;

function printWords(what: 'slip' | 'page', result: Printed, t: Translate): string {
  const reason = result.outcome === 'printed' ? '' : reasonWord(PRINTERS[what], result.reason, t);
  return t(`upkeep.test.${what}.${result.outcome}`, { reason });
}
