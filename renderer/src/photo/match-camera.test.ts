import { describe, expect, it } from 'vitest';
import { findNamed, type NamedCamera } from './match-camera.ts';

const at = (...labels: string[]) => labels.map((label) => ({ label }));
const named = (more: Partial<NamedCamera>): NamedCamera => ({
  device: 'document-camera',
  usb: null,
  label: null,
  ...more,
});

describe('the named camera', () => {
  const present = at('HD Pro Webcam C920 (046d:082d)', 'USB Camera (0ac8:3420)', 'Integrated Camera');

  it('is found by maker and product, by its label, with or without them, or by both', () => {
    expect(findNamed(named({ usb: '0ac8:3420' }), present)?.label).toBe('USB Camera (0ac8:3420)');
    expect(findNamed(named({ label: 'USB Camera' }), present)?.label).toBe('USB Camera (0ac8:3420)');
    expect(findNamed(named({ label: 'Integrated Camera' }), present)?.label).toBe('Integrated Camera');
    expect(findNamed(named({ usb: '046d:082d', label: 'HD Pro Webcam C920' }), present)).toBe(present[0]);
  });

  it('is none that only looks like it', () => {
    expect(findNamed(named({ usb: '0ac8:3421' }), present)).toBeUndefined();
    expect(findNamed(named({ usb: '0ac8:3420', label: 'Other' }), present)).toBeUndefined();
    expect(findNamed(named({ usb: '0ac8:3420' }), at('0ac8:3420', 'x (0ac8:3420) y'))).toBeUndefined();
    expect(findNamed(named({ label: 'Camera' }), present)).toBeUndefined();
  });

  it('is none of two alike, and none whose label the browser hides', () => {
    expect(findNamed(named({ usb: '0ac8:3420' }), [...present, ...present])).toBeUndefined();
    expect(findNamed(named({}), at('', ''))).toBeUndefined();
  });
});
