/** A readiness report as a slip: what was tested, what it came to, and how the machine stands otherwise. */
import type { Text } from '../../catalog/schema.ts';
import type { DeviceName, SlipBlock } from '../../drivers/api.ts';
import type { Language } from '../api.ts';
import { wallTime } from '../slips/blocks.ts';
import type { ReadinessReport } from './api.ts';
import { DEVICE_NAMES } from './device-names.ts';

const WORDS = {
  title: { zh: '上岗检查', en: 'Readiness' },
  ready: { zh: '都通过了', en: 'All passed' },
  notReady: { zh: '有 {count} 项没通过', en: '{count} not passed' },
  when: { zh: '时间', en: 'Time' },
  software: { zh: '软件', en: 'Software' },
  cabinet: { zh: '机柜', en: 'Cabinet' },
  clock: { zh: '时钟', en: 'Clock' },
  trusted: { zh: '已核对', en: 'verified' },
  untrusted: { zh: '还没核对', en: 'not verified yet' },
  network: { zh: '网络', en: 'Network' },
  online: { zh: '通', en: 'up' },
  offline: { zh: '不通', en: 'down' },
  free: { zh: '剩余空间', en: 'Free disk' },
  owed: { zh: '待结台账', en: 'Owed entries' },
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '没通过', en: 'FAILED' },
} as const satisfies Record<string, Text>;

/** The blocks, top to bottom. */
export function reportBlocks(report: ReadinessReport, language: Language): SlipBlock[] {
  const say = (text: Text) => text[language];
  const pair = (label: Text, value: string): SlipBlock => ({ type: 'pair', label: say(label), value });
  const failed = report.results.filter(({ passed }) => !passed).length;
  const verdict = failed === 0 ? say(WORDS.ready) : say(WORDS.notReady).replace('{count}', String(failed));
  const nameOf = (device: DeviceName) => DEVICE_NAMES[device];
  return [
    { type: 'title', text: say(WORDS.title) },
    { type: 'text', text: verdict, strong: true },
    pair(WORDS.when, wallTime(report.atMs)),
    { type: 'rule' },
    ...report.results.map(({ device, passed }) =>
      pair(nameOf(device), say(passed ? WORDS.passed : WORDS.failed)),
    ),
    { type: 'rule' },
    pair(WORDS.software, report.software),
    ...(report.cabinet === null ? [] : [pair(WORDS.cabinet, say(report.cabinet))]),
    pair(WORDS.clock, say(report.clockTrusted ? WORDS.trusted : WORDS.untrusted)),
    pair(WORDS.network, say(report.online ? WORDS.online : WORDS.offline)),
    ...(report.freeBytes === null ? [] : [pair(WORDS.free, gigabytes(report.freeBytes))]),
    pair(WORDS.owed, String(report.owed)),
  ];
}

/** `12.3 GB`. */
function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
