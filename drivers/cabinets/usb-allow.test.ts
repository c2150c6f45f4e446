import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCabinet } from './load.ts';
import { type OwnUsb, usbAllowRules } from './usb-allow.ts';

const OWN: OwnUsb = { builtIn: ['0eef:c000'], keyboards: ['1a2c:2124'] };

function rulesOf(file: string, own: OwnUsb = OWN): readonly string[] {
  const { devices, name } = loadCabinet(readFileSync(join(import.meta.dirname, file), 'utf8'));
  return usbAllowRules({ name: name?.en ?? '', devices }, own).split('\n');
}

type Facts = Readonly<Record<string, string | undefined>>;

/** Whether all that a line asks for is so. */
function holds(parts: readonly string[], facts: Facts): boolean {
  return parts.every((part) => {
    const [, name = '', how, value] = /^([A-Z]+(?:\{\w+\})?)(==|!=)"(.*)"$/.exec(part) ?? [];
    if (how === undefined) return true;
    const pattern = new RegExp(`^${value?.replace('*', '.*')}$`);
    return pattern.test(facts[name] ?? '') === (how === '==');
  });
}

/** Whether something the system takes keys from is made dumb by these rules. */
function isDumb(
  rules: readonly string[],
  input: { readonly id?: string; readonly at: 'usb' | 'serio' | 'acpi'; readonly hasKeys: boolean },
): boolean {
  const [maker, product] = input.id?.split(':') ?? [];
  const facts: Facts = {
    ...{ ACTION: 'add', SUBSYSTEM: 'input', KERNEL: 'input7', SUBSYSTEMS: input.at },
    ...{ 'ATTRS{idVendor}': maker, 'ATTRS{idProduct}': product },
    'ENV{ID_INPUT_KEY}': input.hasKeys ? '1' : undefined,
  };
  for (let at = 0; at < rules.length; at += 1) {
    const line = rules[at] ?? '';
    const parts = line.split(/, (?=[A-Z])/);
    if (line === '' || line.startsWith('#') || !holds(parts, facts)) continue;
    if (parts.includes('ATTR{inhibited}="1"')) return true;
    const [, label] = /GOTO="(\w+)"/.exec(line) ?? [];
    if (label !== undefined) at = rules.indexOf(`LABEL="${label}"`);
  }
  return false;
}

/** What a plugged device would come to by these rules, read as udev does: each part of a line in turn. */
function isLetIn(
  rules: readonly string[],
  device: { readonly id: string; readonly hub?: boolean; readonly interface?: readonly [string, string] },
): boolean {
  const [maker, product] = device.id.split(':');
  const facts: Facts = {
    ACTION: 'add',
    SUBSYSTEM: 'usb',
    KERNEL: '1-1',
    'ENV{DEVTYPE}': device.interface ? 'usb_interface' : 'usb_device',
    'ATTR{bDeviceClass}': device.hub ? '09' : '00',
    'ATTR{idVendor}': device.interface ? undefined : maker,
    'ATTR{idProduct}': device.interface ? undefined : product,
    'ATTRS{idVendor}': maker,
    'ATTRS{idProduct}': product,
    'ATTR{bInterfaceClass}': device.interface?.[0],
    'ATTR{bInterfaceProtocol}': device.interface?.[1],
  };
  for (const line of rules) {
    if (line === '' || line.startsWith('#')) continue;
    const parts = line.split(/, (?=[A-Z])/);
    if (!holds(parts, facts)) continue;
    if (parts.includes('ATTR{authorized}="1"')) return true;
    if (parts.some((part) => part.startsWith('GOTO'))) return false;
  }
  return false;
}

const KEYBOARD = ['03', '01'] as const;
const DISK = ['08', '50'] as const;
const SERIAL = ['02', '01'] as const;

test('what the cabinet names is let in, with its parts', () => {
  const rules = rulesOf('village.yaml');
  for (const id of ['0c2e:0caa', '0ac8:3420', '0eef:c000']) expect(isLetIn(rules, { id })).toBe(true);
  expect(isLetIn(rules, { id: '0c2e:0caa', interface: SERIAL })).toBe(true);
  expect(isLetIn(rules, { id: '0eef:c000', interface: ['03', '00'] })).toBe(true);
  expect(isLetIn(rules, { id: '05e3:0608', hub: true })).toBe(true);
});

test('what it does not name is not: a stick, a keyboard, a network', () => {
  const rules = rulesOf('village.yaml');
  for (const id of ['0951:1666', '046d:c31c', '0bda:8153']) {
    expect(isLetIn(rules, { id })).toBe(false);
    for (const part of [KEYBOARD, DISK, SERIAL]) expect(isLetIn(rules, { id, interface: part })).toBe(false);
  }
});

test('a stick with a scanner’s numbers types nothing and is no disk', () => {
  const rules = rulesOf('village.yaml');
  expect(isLetIn(rules, { id: '0c2e:0caa', interface: KEYBOARD })).toBe(false);
  expect(isLetIn(rules, { id: '0c2e:0caa', interface: DISK })).toBe(false);
});

test('nor does one that does not say that it is a keyboard, whatever numbers it has; and none with a round plug', () => {
  const rules = rulesOf('village.yaml');
  // It is let in: its class and protocol are those of the scanner itself, and of the touch screen.
  expect(isLetIn(rules, { id: '0c2e:0caa', interface: ['03', '00'] })).toBe(true);
  for (const id of ['0c2e:0caa', '0eef:c000'])
    expect(isDumb(rules, { id, at: 'usb', hasKeys: true })).toBe(true);
  expect(isDumb(rules, { at: 'serio', hasKeys: true })).toBe(true);
  // The touch screen touches, the four keys type, and the key that switches the machine off does.
  expect(isDumb(rules, { id: '0eef:c000', at: 'usb', hasKeys: false })).toBe(false);
  expect(isDumb(rules, { id: '1a2c:2124', at: 'usb', hasKeys: true })).toBe(false);
  expect(isDumb(rules, { at: 'acpi', hasKeys: true })).toBe(false);
});

test('the cabinet’s own keys type, and without any named nothing does', () => {
  const keys = { id: '1a2c:2124', interface: KEYBOARD } as const;
  expect(isLetIn(rulesOf('village.yaml'), keys)).toBe(true);
  expect(isLetIn(rulesOf('village.yaml', { builtIn: [], keyboards: [] }), keys)).toBe(false);
});

test('everything waits at the root of each bus, and every way ends at the label', () => {
  const rules = rulesOf('hall-24h.yaml');
  expect(rules.join('\n')).toContain(
    'KERNEL=="usb[0-9]*", ATTR{authorized_default}="0", ATTR{interface_authorized_default}="0"',
  );
  expect(rules.at(-2)).toBe('LABEL="yizhan_usb_end"');
});
