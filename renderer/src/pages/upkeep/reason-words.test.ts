import { expect, it } from 'vitest';
import { deviceNameSchema, deviceReasonSchema } from '../../../../drivers/device-status.ts';
import { upkeepZh } from '../../words/upkeep-zh.ts';
import { wordsOf } from '../../words/words.ts';
import { adviceWord, reasonWord } from './reason-words.ts';

const { t } = wordsOf('zh');

it('never tells somebody to put a roll into a printer of sheets', () => {
  expect(adviceWord('slip-printer', 'paper-out', t)).toContain('卷');
  for (const reason of ['paper-out', 'paper-low'] as const)
    expect(adviceWord('a4-printer', reason, t)).toContain('A4');
});

it('says of a lost document no more than is known, and nothing of a secure module where there is none', () => {
  expect(reasonWord('a4-printer', 'job-lost', t)).not.toContain('没收到');
  expect(reasonWord('card-reader', 'self-test-failed', t)).toContain('安全模块');
  expect(reasonWord('proof', 'self-test-failed', t)).not.toContain('安全模块');
});

it('has words of a device’s own only for devices and reasons there are', () => {
  for (const name of Object.keys(upkeepZh.own)) {
    const [device, reason] = name.split('/');
    expect(deviceNameSchema.options).toContain(device);
    expect(deviceReasonSchema.options).toContain(reason);
  }
});
