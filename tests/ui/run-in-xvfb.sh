#!/bin/sh
# run-in-xvfb.sh SCHEMA-DIRECTORY TEST [ARGUMENT ...]: runs a window test on a display of its own, with a
# session bus, a window manager and settings that are forgotten afterwards.  Skipped where a
# tool is missing.
for tool in dbus-run-session xvfb-run openbox xdotool; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    exit 0
  fi
done
export GSETTINGS_SCHEMA_DIR="$1"
shift
export GSETTINGS_BACKEND=memory GDK_BACKEND=x11 GDK_DEBUG=gl-disable GSK_RENDERER=cairo GTK_A11Y=none
exec dbus-run-session -- xvfb-run -a -s "-screen 0 1700x1100x24" \
  sh -c 'openbox >/dev/null 2>&1 & manager=$!; "$@"; status=$?; kill "$manager" 2>/dev/null; exit "$status"' \
  in-xvfb "$@"
