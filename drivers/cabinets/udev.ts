import type { CabinetDevices, Plug } from './schema.ts';

/** Where the rules make names; a port elsewhere is left to the system. */
const OWN_FOLDER = '/dev/yizhan/';

/**
 * The udev rules of a cabinet, as the text of a file in `/etc/udev/rules.d`: each device gets its stable name
 * and is open to the group `dialout` alone. The schema keeps out whatever could end a rule's string.
 */
export function udevRules(cabinet: { readonly name: string; readonly devices: CabinetDevices }): string {
  const rules = Object.entries(cabinet.devices)
    .filter(([, { port }]) => port.startsWith(OWN_FOLDER))
    .map(([, { port, plug }]) => ruleFor(plug, port.slice('/dev/'.length)));
  return [`# ${cabinet.name}: made from its cabinet file, not by hand.`, ...rules, ''].join('\n');
}

function ruleFor(plug: Plug, link: string): string {
  return [
    'SUBSYSTEM=="tty"',
    ...matchesFor(plug),
    `SYMLINK+="${link}"`,
    'GROUP="dialout"',
    'MODE="0660"',
    // A modem prober would write to a device that is not its own.
    'ENV{ID_MM_DEVICE_IGNORE}="1"',
  ].join(', ');
}

/** `KERNELS` and `ATTRS` of one rule must all hold of one parent: the USB device. */
function matchesFor({ usb, serial, socket, tty }: Plug): readonly string[] {
  if (tty !== undefined) return [`KERNEL=="${tty}"`];
  const [maker, product] = (usb ?? '').split(':');
  return [
    ...(socket === undefined ? [] : [`KERNELS=="${socket}"`]),
    `ATTRS{idVendor}=="${maker}"`,
    `ATTRS{idProduct}=="${product}"`,
    ...(serial === undefined ? [] : [`ATTRS{serial}=="${serial}"`]),
  ];
}
