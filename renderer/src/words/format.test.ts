import { describe, expect, it } from 'vitest';
import { barTime, dateText, grouped, groupedNumber, momentText } from './format.ts';

/** 12 June 2026, 9:41 in China. */
const NOW_MS = Date.UTC(2026, 5, 12, 1, 41);

describe('times', () => {
  it('show the bar by the clock of China, wherever the machine thinks it is', () => {
    expect(barTime(NOW_MS, 'zh')).toBe('6月12日 星期五 9:41');
    expect(barTime(NOW_MS, 'en')).toBe('Fri 12 Jun 9:41');
    expect(barTime(Date.UTC(2026, 11, 31, 16, 5), 'zh')).toBe('1月1日 星期五 0:05');
  });

  it('name the year only when it is another', () => {
    expect(momentText(Date.UTC(2026, 5, 3, 6, 20), NOW_MS, 'zh')).toBe('6月3日 14:20');
    expect(momentText(Date.UTC(2025, 5, 3, 6, 20), NOW_MS, 'zh')).toBe('2025年6月3日 14:20');
    expect(momentText(Date.UTC(2025, 5, 3, 6, 20), NOW_MS, 'en')).toBe('3 June 2025 14:20');
  });

  it('put a date in words, and leave what is no date as it is', () => {
    expect(dateText('2026-06-26', NOW_MS, 'zh')).toBe('6月26日');
    expect(dateText('2026-06-26', null, 'en')).toBe('26 June 2026');
    expect(dateText('1951-10-21', NOW_MS, 'zh')).toBe('1951年10月21日');
    expect(dateText('长期', NOW_MS, 'zh')).toBe('长期');
    expect(dateText('2026-02-30', NOW_MS, 'zh')).toBe('2026-02-30');
  });
});

describe('numbers to copy', () => {
  it('stand in the groups people say them in', () => {
    expect(groupedNumber('830625120047')).toBe('8306 2512 0047');
    expect(groupedNumber('13800571234')).toBe('138 0057 1234');
    expect(groupedNumber('86120000')).toBe('8612 0000');
    expect(groupedNumber('0575-86120000')).toBe('0575 8612 0000');
    expect(groupedNumber('010-65120000')).toBe('010 6512 0000');
    expect(groupedNumber('120')).toBe('120');
    expect(groupedNumber('12345')).toBe('12345');
  });

  it('are grouped as far as they go', () => {
    expect(grouped('1380057', [3, 4, 4])).toBe('138 0057');
    expect(grouped('', [3, 4])).toBe('');
  });
});
