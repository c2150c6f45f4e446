#!/bin/sh
# wayland-session.sh: the Wayland session of ops/linux/session/weston.ini on a display of its own, with users of its own
# as in the units, the launcher, the host and the system's Chromium on it as they are bundled (dist/, npm run build).
# Then real keys. Prints what came of each; exit code 1 where anything was amiss. Wants root, weston, Xvfb, xdotool and
# ImageMagick's import; leaves nothing behind but the picture session.png in the folder it was started in.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
picture=$PWD/session.png
display=:83
box=$(mktemp -d)
chmod 755 "$box"
failed=0

say() { printf '%-8s%s\n' "$1" "$2"; }
check() { # WHAT COMMAND…
  what=$1
  shift
  if "$@"; then say ok "$what"; else
    say AMISS "$what"
    failed=1
  fi
}
finish() {
  for started in ${ours:-}; do kill "$started" 2>/dev/null || true; done
  for user in 64001 64002; do pgrep -u "$user" | xargs -r kill -9 2>/dev/null || true; done
  kill "${xvfb:-}" 2>/dev/null || true
  rm -rf "$box"
}
trap finish EXIT

mkdir -p "$box/screen" "$box/yizhan/profiles" "$box/software/a" "$box/data" "$box/mirror" "$box/bin"
install -m 0755 "$(readlink -f "$root/node_modules/.bin/node")" "$box/bin/node"
install -m 0644 "$root/dist/programs/launcher.js" "$box/bin/launcher.js"
install -m 0644 "$root/ops/linux/session/weston.ini" "$box/weston.ini"
"$box/bin/node" "$root/test/ops/lay-version-program.ts" "$box/software/a" "$box/host.json" "$box"
chown 64002:64002 "$box/screen"
chmod 750 "$box/screen"
chown -R 64001:64001 "$box/yizhan" "$box/software" "$box/data" "$box/mirror" "$box/host.json"
chmod 700 "$box/yizhan" "$box/yizhan/profiles"

as_screen() { setpriv --reuid 64002 --regid 64002 --clear-groups --no-new-privs env -i PATH=/usr/bin:/bin "$@"; }
as_terminal() {
  setpriv --reuid 64001 --regid 64001 --groups 64002 --no-new-privs env -i PATH=/usr/bin:/bin HOME="$box/yizhan" \
    XDG_RUNTIME_DIR="$box/yizhan" WAYLAND_DISPLAY="$box/screen/wayland-0" NODE_ENV=production "$@"
}

Xvfb "$display" -screen 0 1080x1920x24 >"$box/xvfb.log" 2>&1 &
xvfb=$!
sleep 2
(umask 0007 && as_screen XDG_RUNTIME_DIR="$box/screen" DISPLAY="$display" weston --backend=x11-backend.so \
  --config="$box/weston.ini" --use-pixman --width=1080 --height=1920 --socket=wayland-0 >"$box/weston.log" 2>&1) &
ours=$!
sleep 2
cd "$box"
as_terminal "$box/bin/node" "$box/bin/launcher.js" --software "$box/software" -- --config "$box/host.json" \
  >"$box/launcher.log" 2>&1 &
ours="$ours $!"

up() { grep -q '"screen.up"' "$box/launcher.log"; }
for _ in $(seq 90); do
  if up && grep -q '"ready"' "$box/launcher.log"; then break; fi
  sleep 1
done
check 'the page beats, drawn by Chromium in its sandbox, as another user than the screen' up

browsers() { pgrep -u 64001 -f -- '--app=http' | wc -l; }
weston_pid=$(pgrep -u 64002 -x weston)
browser_pid=$(pgrep -u 64001 -f -- '--app=http' | head -n 1)
draw() { DISPLAY=$display import -window root "$1"; }
sleep 3
draw "$box/before.png"
# The clock of the page may turn; its upper edge is left out.
same() { draw "$box/after.png" && [ "$(convert "$box/before.png" "$box/after.png" -crop 1080x1720+0+200 +repage -metric AE -compare -format '%[distortion]' info: 2>/dev/null | cut -d. -f1)" = 0 ]; }
stands() {
  sleep 1
  kill -0 "$weston_pid" && kill -0 "$browser_pid" && [ "$(browsers)" = 1 ] && same
}
# KEYS names others, for whoever wants to see it fail.
all='alt+Tab alt+shift+Tab alt+F4 alt+F10 alt+space super super+Tab super+d super+l super+k super+s super+r
  super+shift+space super+Next super+Prior Print alt+Print ctrl+alt+BackSpace ctrl+alt+Delete ctrl+alt+b
  ctrl+alt+F1 ctrl+alt+F2 ctrl+alt+F7 ctrl+alt+F12 ctrl+Escape ctrl+shift+Escape ctrl+alt+t ctrl+q ctrl+w Menu'
for keys in ${KEYS:-$all}; do
  DISPLAY=$display xdotool key --clearmodifiers "$keys"
  check "$keys leads nowhere" stands
done
draw "$picture"
say picture "$picture"
exit "$failed"
