import type { CabinetDevices } from './schema.ts';

/** A device on USB by its maker and its product, as `0c2e:0caa`. */
export type UsbId = string;

/** What beside a cabinet's devices belongs to its machine. */
export interface OwnUsb {
  /** The touch screen, where it is on USB, and whatever else is built in. */
  readonly builtIn: readonly UsbId[];
  /** Four keys that are a keyboard to the system: these alone may type. */
  readonly keyboards: readonly UsbId[];
}

/** Boot keyboards say so in the protocol of their interface; of those the cabinet has none but what it names. */
const KEYBOARD = ['ATTR{bInterfaceClass}=="03"', 'ATTR{bInterfaceProtocol}=="01"'];
/** Work is given to an interface by name, once it is let in. */
const LET_IN = ['ATTR{authorized}="1"', `RUN+="/bin/sh -c 'echo %k > /sys/bus/usb/drivers_probe'"`];

/**
 * The udev rules of a machine that lets in the USB devices of its cabinet and no others, as the text of a file in
 * `/etc/udev/rules.d`. Every device waits, then every interface of one that was let in: a scanner's numbers on a stick
 * that types open its storage to nobody and its keyboard to nothing. Hubs pass: they only lead on. A keyboard need not
 * say that it is one: whatever came in and turns out to have keys is made dumb, and so is a keyboard of the old round plug.
 */
export function usbAllowRules(
  cabinet: { readonly name: string; readonly devices: CabinetDevices },
  own: OwnUsb,
): string {
  const ids = [...new Set([...usbIdsOf(cabinet.devices), ...own.builtIn, ...own.keyboards])].sort();
  const lines = [
    `# ${cabinet.name}: made from its cabinet file, not by hand. What is not named here does nothing.`,
    'ACTION!="add", GOTO="yizhan_usb_end"',
    'SUBSYSTEM=="input", GOTO="yizhan_input"',
    'SUBSYSTEM!="usb", GOTO="yizhan_usb_end"',
    '',
    '# Whatever is plugged into a socket waits, and so does each part of it.',
    rule('KERNEL=="usb[0-9]*"', 'ATTR{authorized_default}="0"', 'ATTR{interface_authorized_default}="0"'),
    '',
    '# Hubs, and the devices of this cabinet.',
    rule('ENV{DEVTYPE}=="usb_device"', 'ATTR{bDeviceClass}=="09"', 'ATTR{authorized}="1"'),
    ...ids.map((id) => rule('ENV{DEVTYPE}=="usb_device"', ...attrs('ATTR', id), 'ATTR{authorized}="1"')),
    '',
    '# Their parts: none may type but the keys of the cabinet, none may be a disk.',
    rule('ENV{DEVTYPE}!="usb_interface"', 'GOTO="yizhan_usb_end"'),
    ...own.keyboards.map((id) =>
      rule(...attrs('ATTRS', id), ...KEYBOARD, ...LET_IN, 'GOTO="yizhan_usb_end"'),
    ),
    rule(...KEYBOARD, 'GOTO="yizhan_usb_end"'),
    rule('ATTR{bInterfaceClass}=="08"', 'GOTO="yizhan_usb_end"'),
    rule('ATTR{bInterfaceClass}=="09"', ...LET_IN, 'GOTO="yizhan_usb_end"'),
    ...ids.map((id) => rule(...attrs('ATTRS', id), ...LET_IN)),
    'GOTO="yizhan_usb_end"',
    '',
    '# What has keys, whatever it said of itself, and is not the keys of the cabinet, is heard by nobody.',
    'LABEL="yizhan_input"',
    rule('KERNEL!="input[0-9]*"', 'GOTO="yizhan_usb_end"'),
    'IMPORT{builtin}="input_id"',
    rule('ENV{ID_INPUT_KEY}!="1"', 'GOTO="yizhan_usb_end"'),
    ...own.keyboards.map((id) => rule('SUBSYSTEMS=="usb"', ...attrs('ATTRS', id), 'GOTO="yizhan_usb_end"')),
    rule('SUBSYSTEMS=="usb"', 'ATTR{inhibited}="1"'),
    rule('SUBSYSTEMS=="serio"', 'ATTR{inhibited}="1"'),
    'LABEL="yizhan_usb_end"',
  ];
  return [...lines, ''].join('\n');
}

/** Every USB device that a cabinet's file names. */
function usbIdsOf(devices: CabinetDevices): readonly UsbId[] {
  return Object.values(devices).flatMap((device) => {
    if ('plug' in device && device.plug.usb !== undefined) return [device.plug.usb];
    return 'usb' in device && device.usb !== undefined ? [device.usb] : [];
  });
}

function attrs(of: 'ATTR' | 'ATTRS', id: UsbId): readonly string[] {
  const [maker, product] = id.split(':');
  return [`${of}{idVendor}=="${maker}"`, `${of}{idProduct}=="${product}"`];
}

function rule(...parts: readonly string[]): string {
  return parts.join(', ');
}
