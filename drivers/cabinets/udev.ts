import type { CabinetDevices, Plug } from './schema.ts';

/** Where the rules make names; a port elsewhere is left to the system. */
const OWN_FOLDER = '/dev/yizhan/';

/**
 * The udev rules of a cabinet, as the text of a file in `/etc/udev/rules.d`: each device gets its stable name
 * and is open to the group `dialout` alone. The schema keeps out whatever could end a rule's string.
 */
export function udevRules(cabinet: { readonly name: string; readonly devices: CabinetDevices }): string {
  const rules = Object.values(cabinet.devices).flatMap((device) => {
    if ('port' in device) return serialRules(device);
    if ('plug' in device) return hidRules(device.plug);
    // What is reached over the network needs no leave of the kernel's, and a vendor's module comes with its own.
    return 'usb' in device ? cameraRules(device) : [];
  });
  return [`# ${cabinet.name}: made from its cabinet file, not by hand.`, ...rules, ''].join('\n');
}

const ACCESS = ['GROUP="dialout"', 'MODE="0660"'];

function serialRules({ port, plug }: { readonly port: string; readonly plug: Plug }): readonly string[] {
  if (!port.startsWith(OWN_FOLDER)) return [];
  const parts = [
    'SUBSYSTEM=="tty"',
    ...matchesFor(plug),
    `SYMLINK+="${port.slice('/dev/'.length)}"`,
    ...ACCESS,
    // A modem prober would write to a device that is not its own.
    'ENV{ID_MM_DEVICE_IGNORE}="1"',
  ];
  return [parts.join(', ')];
}

/** A device on HID is found by what it is: it needs no name, only that it may be opened. */
function hidRules(plug: Plug): readonly string[] {
  return [['SUBSYSTEM=="hidraw"', ...matchesFor(plug), ...ACCESS].join(', ')];
}

/** A camera is opened by the screen, by what it is; one known by its label alone is left to the system. */
function cameraRules({ usb }: { readonly usb?: string | undefined }): readonly string[] {
  if (usb === undefined) return [];
  return [['SUBSYSTEM=="video4linux"', ...matchesFor({ usb }), ...ACCESS].join(', ')];
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
