import { describe, expect, it } from 'vitest';
import { createActionGate, DOUBLE_TAP_MS, TOUCH_EVERY_MS } from './act.ts';

describe('the gate for actions', () => {
  const atTime = () => {
    const clock = { nowMs: 1_000, monoMs: () => clock.nowMs };
    return clock;
  };

  it('drops a second tap of a trembling finger, whatever it hits', () => {
    const clock = atTime();
    const gate = createActionGate(clock);
    expect(gate({ type: 'submit' })).toBe(true);
    clock.nowMs += DOUBLE_TAP_MS - 1;
    expect(gate({ type: 'leave' })).toBe(false);
    clock.nowMs += 1;
    expect(gate({ type: 'leave' })).toBe(true);
  });

  it('lets what is being typed through always', () => {
    const gate = createActionGate(atTime());
    expect(gate({ type: 'submit' })).toBe(true);
    expect(gate({ type: 'typing', questionId: 'phone', value: '1' })).toBe(true);
    expect(gate({ type: 'typing', questionId: 'phone', value: '13' })).toBe(true);
  });

  it('tells of touches once in a while, without holding up an action', () => {
    const clock = atTime();
    const gate = createActionGate(clock);
    expect(gate({ type: 'touch' })).toBe(true);
    expect(gate({ type: 'touch' })).toBe(false);
    expect(gate({ type: 'home' })).toBe(true);
    clock.nowMs += TOUCH_EVERY_MS;
    expect(gate({ type: 'touch' })).toBe(true);
  });
});
