#!/bin/sh
# run-in-xvfb.sh SCHEMA-DIRECTORY TEST [ARGUMENT ...]: runs a window test on a display of its own, with a
# session bus, a window manager and settings that are forgotten afterwards.  Skipped where a
# tool is missing.  Several may run at once: each display takes a number that is free.
if [ -z "$PISD_IN_SESSION" ]; then
  for tool in dbus-run-session Xvfb openbox xdotool; do
    if ! command -v "$tool" >/dev/null; then
      echo "1..0 # SKIP $tool is not installed"
      exit 0
    fi
  done
  export GSETTINGS_SCHEMA_DIR="$1"
  shift
  export GSETTINGS_BACKEND=memory GDK_BACKEND=x11 GDK_DEBUG=gl-disable GSK_RENDERER=cairo GTK_A11Y=none
  export GIO_MODULE_DIR=/nonexistent # a desktop's modules, which GIO never frees
  PISD_IN_SESSION=1 exec dbus-run-session -- "$0" "$@"
fi
unset PISD_IN_SESSION

# The server writes its number, and a newline, once clients can connect.
folder=$(mktemp -d) || exit 1
export XDG_STATE_HOME="$folder/state" # where the program keeps sessions
mkfifo "$folder/number" || exit 1
Xvfb -displayfd 5 -screen 0 1700x1100x24 -nolisten tcp -noreset 5>"$folder/number" 2>"$folder/log" &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
trap 'exit 143' TERM INT HUP
if ! read -r number <"$folder/number"; then
  cat "$folder/log" >&2
  echo 'Bail out! The display did not start.'
  exit 1
fi
export DISPLAY=":$number"

# It writes once it manages windows: one that is shown before is moved when it comes, and gets no focus.
mkfifo "$folder/managed" || exit 1
exec 6<>"$folder/managed"
{
  openbox --startup "sh -c 'echo yes >$folder/managed'" >"$folder/log" 2>&1 6>&-
  echo no >&6
} &
manager=$!
read -r managed <&6
exec 6>&-
if [ "$managed" != yes ]; then
  cat "$folder/log" >&2
  echo 'Bail out! The window manager did not start.'
  exit 1
fi
"$@"
status=$?
kill "$manager" 2>/dev/null
exit "$status"
