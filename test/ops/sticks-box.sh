#!/bin/sh
# sticks-box.sh STICKS: plays six things on USB to the program STICKS (ops/linux/usb/sticks) in a mount of its own, with
# made-up /sys, /dev and commands. Prints what it did and how each thing stands, while a maintainer is signed in and
# after. Wants root; nothing of this machine is touched.
set -eu
sticks=$1
if [ "${YIZHAN_STICKS:-}" = "" ]; then YIZHAN_STICKS=1 exec unshare --mount sh "$0" "$@"; fi
box=/mnt
mount -t tmpfs box "$box"
cat "$sticks" >"$box/sticks"
mkdir "$box/bin" "$box/kinds"
# Each says what it was asked for; lsblk knows a part's kind from a file.
for command in modprobe mount umount; do
  # shellcheck disable=SC2016
  printf '#!/bin/sh\necho "%s $*" >>%s/said\n' "$command" "$box" >"$box/bin/$command"
done
# shellcheck disable=SC2016
printf '#!/bin/sh\nfor last; do :; done\ncat "%s/kinds/$(basename "$last")" 2>/dev/null\n' "$box" >"$box/bin/lsblk"
chmod +x "$box"/bin/*

mount -t tmpfs sys /sys
mount -t tmpfs media /media
mkdir "$box/dev" && mknod "$box/dev/null" c 1 3
mkdir -p /sys/bus/usb/devices /sys/class/block /media/yizhan
thing() { # PORT CLASSES…
  port=$1 at=/sys/devices/pci0/usb1/$1 number=0
  shift
  mkdir -p "$at"
  echo 0 >"$at/authorized"
  echo 00 >"$at/bDeviceClass"
  ln -s "$at" "/sys/bus/usb/devices/$port"
  for class; do
    mkdir "$at/$port:1.$number"
    echo 0 >"$at/$port:1.$number/authorized"
    echo "$class" >"$at/$port:1.$number/bInterfaceClass"
    ln -s "$at/$port:1.$number" "/sys/bus/usb/devices/$port:1.$number"
    number=$((number + 1))
  done
}
block() { # PATH KIND
  mkdir -p "/sys/devices/pci0/$1"
  ln -s "/sys/devices/pci0/$1" "/sys/class/block/$(basename "$1")"
  echo "$2" >"$box/kinds/$(basename "$1")"
  mknod "$box/dev/$(basename "$1")" b 7 250
}
thing 1-1 08
thing 1-2 08
thing 1-3 08
thing 1-4 08 03
thing 1-5 03
# Pulled in the middle of it: what is written to goes nowhere.
thing 1-6 08
rm /sys/devices/pci0/usb1/1-6/1-6:1.0/authorized
mkdir /sys/devices/pci0/usb1/1-6/1-6:1.0/authorized
block nvme0n1p1 vfat
block usb1/1-1/1-1:1.0/host0/block/sda ''
block usb1/1-1/1-1:1.0/host0/block/sda/sda1 vfat
block usb1/1-2/1-2:1.0/host1/block/sdb exfat
block usb1/1-3/1-3:1.0/host2/block/sdc/sdc1 ext4
block usb1/1-4/1-4:1.0/host3/block/sdd/sdd1 vfat
mount --bind "$box/dev" /dev

stand() {
  for port in 1 2 3 4 5; do
    at=/sys/bus/usb/devices/1-$port
    echo "$1: 1-$port $(cat "$at/authorized") $(cat "$at":*/authorized | tr '\n' ' ')"
  done
  echo "$1: mounted $(ls /media/yizhan | tr '\n' ' ')"
}
touch "$box/signed-in"
PATH=$box/bin:$PATH sh "$box/sticks" "$box/signed-in" &
working=$!
sleep 2.5
stand in
rm "$box/signed-in"
wait "$working"
PATH=$box/bin:$PATH sh "$box/sticks" --shut
stand out
cat "$box/said"
