#!/bin/sh
# usb-rules.sh: the USB rules of a cabinet (drivers/cabinets/village.yaml) read by udev itself, on a bus that umockdev
# makes up. Prints what came of each thing plugged in; exit code 1 where one is let in that should wait, or waits that
# should come in. Wants root, umockdev and udevadm. Nothing of this machine's own bus is touched.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${YIZHAN_USB:-}" = "" ]; then YIZHAN_USB=1 exec unshare --mount sh "$0"; fi
box=$(mktemp -d)
trap 'umount /etc/udev/rules.d; rm -rf "$box"' EXIT
mkdir "$box/rules"
cabinet=$root/drivers/cabinets/village.yaml
node=$root/node_modules/.bin/node
"$node" "$root/scripts/cabinet-usb.ts" "$cabinet" --built-in 0eef:c000 --keyboard 1a2c:2124 >"$box/rules/50-yizhan-usb.rules"
"$node" "$root/scripts/cabinet-udev.ts" "$cabinet" >"$box/rules/60-yizhan.rules"
mount --bind "$box/rules" /etc/udev/rules.d

hub=/devices/pci0000:00/0000:00:14.0/usb1
plug() { # PORT VENDOR PRODUCT CLASS PROTOCOL
  printf 'P: %s/%s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: authorized=0\\n\nA: idVendor=%s\\n\nA: idProduct=%s\\n\nA: bDeviceClass=00\\n\n\n' "$hub" "$1" "$2" "$3"
  printf 'P: %s/%s/%s:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nA: authorized=0\\n\nA: bInterfaceClass=%s\\n\nA: bInterfaceProtocol=%s\\n\n\n' "$hub" "$1" "$1" "$4" "$5"
}
# What the kernel hears keys from, behind one of them: KEYS as it lists them, every letter or the touch of a screen alone.
keys() { # PORT KEYS
  printf 'P: %s/%s/%s:1.0/input/input%s\nE: SUBSYSTEM=input\nE: PRODUCT=3/1/1/1\nA: inhibited=0\\n\nA: capabilities/ev=b\\n\nA: capabilities/abs=3\\n\nA: capabilities/rel=0\\n\nA: capabilities/key=%s\\n\nA: properties=2\\n\n\n' "$hub" "$1" "$1" "${1#1-}" "$2"
}
letters='1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe'
touch='400 0 0 0 0 0'
{
  printf 'P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: authorized=1\\n\nA: authorized_default=1\\n\nA: interface_authorized_default=1\\n\nA: bDeviceClass=09\\n\n\n' "$hub"
  plug 1-1 046d c31c 03 01
  plug 1-2 0781 5567 08 50
  plug 1-3 0c2e 0caa 03 00
  plug 1-4 0c2e 0caa 03 01
  plug 1-5 0eef c000 03 00
  plug 1-6 0bda 8153 ff 00
  plug 1-7 0c2e 0caa 08 50
  plug 1-8 0c2e 0caa 03 00
  plug 1-9 1a2c 2124 03 01
  keys 1-5 "$touch"
  keys 1-8 "$letters"
  keys 1-9 "$letters"
} >"$box/bus"

cat >"$box/look" <<'LOOK'
failed=0
at=/sys$1
read_by_udev() { udevadm test -a add "$1" >/dev/null 2>&1 || true; }
expect() { # WHAT FOUND WANTED
  if [ "$2" = "$3" ]; then word=ok; else word=AMISS failed=1; fi
  printf '%-8s%s: %s\n' "$word" "$1" "$2"
}
read_by_udev "$at"
expect 'a socket lets in by itself, device and part' "$(cat "$at/authorized_default") $(cat "$at/interface_authorized_default")" '0 0'
while read -r port device part what; do
  read_by_udev "$at/$port"
  read_by_udev "$at/$port/$port:1.0"
  expect "$what" "$(cat "$at/$port/authorized") $(cat "$at/$port/$port:1.0/authorized")" "$device $part"
done <<'THINGS'
1-1 0 0 a keyboard, or a stick that says it is one
1-2 0 0 a stick
1-3 1 1 the cabinet's scanner
1-4 1 0 one with the scanner's numbers that types
1-5 1 1 the touch screen
1-6 0 0 a network
1-7 1 0 a disk with the scanner's numbers
1-8 1 1 one with the scanner's numbers that does not say that it types
1-9 1 1 the cabinet's own keys
THINGS
while read -r port dumb what; do
  input=$at/$port/$port:1.0/input/input${port#1-}
  read_by_udev "$input"
  expect "$what" "$(cat "$input/inhibited")" "$dumb"
done <<'INPUTS'
1-5 0 the touch screen is heard
1-8 1 keys behind the scanner's numbers are heard by nobody
1-9 0 the cabinet's own keys are heard
INPUTS
exit $failed
LOOK
umockdev-run -d "$box/bus" -- sh "$box/look" "$hub"
