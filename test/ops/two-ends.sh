#!/bin/sh
# two-ends.sh RULES NODE PROGRAM: a machine under the rules of a file, and the world at the other end of its cable, each
# in a network of its own. Prints what each knock of PROGRAM came to, one line of JSON. Wants root; leaves nothing behind.
set -eu
rules=$1 node=$2 program=$3

if [ "${YIZHAN_ENDS:-}" = "" ]; then
  YIZHAN_ENDS=1 exec unshare --net --mount --pid --fork --mount-proc --kill-child sh "$0" "$@"
fi

# The rules name users; here they stand in a list of users of this mount alone.
users=$(mktemp)
sed '/^yizhan/d; /^_apt/d' /etc/passwd >"$users"
printf 'yizhan:x:64001:64001::/:/usr/sbin/nologin\nyizhan-screen:x:64002:64002::/:/usr/sbin/nologin\n_apt:x:64003:65534::/:/usr/sbin/nologin\n' >>"$users"
mount --bind "$users" /etc/passwd
rm "$users"

in_world() { nsenter --net="/proc/$world/ns/net" "$@"; }
as() { setpriv --reuid="$1" --regid=65534 --clear-groups "$node" "$program" knock "$2" "$3"; }

unshare --net sleep 60 &
world=$!
# A name of its own there says that the other network is there.
until [ "$(readlink "/proc/$world/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done

ip link set lo up
ip link add name cable type veth peer name far
ip link set far netns "$world"
ip addr add 192.0.2.2/24 dev cable
ip addr add fd00::2/64 dev cable nodad
ip link set cable up
in_world ip link set lo up
for address in 10 53 99 123; do in_world ip addr add "192.0.2.$address/24" dev far; done
in_world ip addr add fd00::10/64 dev far nodad
in_world ip link set far up
nft -f "$rules"

ready=$(mktemp -d)
in_world "$node" "$program" listen "$ready/far" &
"$node" "$program" listen "$ready/here" &
until [ -e "$ready/far" ] && [ -e "$ready/here" ]; do sleep 0.05; done
rm -r "$ready"

as 64001 terminal out &
one=$!
as 64002 screen out &
two=$!
as 0 root out &
three=$!
as 64003 packages out &
four=$!
in_world "$node" "$program" knock world in
wait $one $two $three $four
