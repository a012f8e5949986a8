#!/bin/sh
# screenshots.sh BUILD-DIRECTORY OUTPUT-DIRECTORY [FILE ...]: pictures of the window, of the comparison of methods and of
# the training lab, light and dark, small and large, taken on a display of their own; those of 1000 x 700 that are light
# are the metainfo's (data/screenshots/store).  FILE: what the program opens first.
# Needs Xvfb, openbox, xdotool, dbus-run-session and ImageMagick's import.
set -e
build=$1 output=$2
shift 2
if [ -z "$PISD_SCREENSHOTS" ]; then
  mkdir -p "$output"
  exec env PISD_SCREENSHOTS=1 GSETTINGS_BACKEND=memory GSETTINGS_SCHEMA_DIR="$build/data" GDK_BACKEND=x11 \
    GDK_DEBUG=gl-disable GSK_RENDERER=cairo GTK_A11Y=none NO_AT_BRIDGE=1 \
    dbus-run-session -- xvfb-run -a -s "-screen 0 1720x1120x24" "$0" "$build" "$output" "$@"
fi
openbox &
manager=$!
trap 'kill "$manager"' EXIT

# wait_title TITLE: the id of the window with that title, once it is there.
wait_title ()
{
  xdotool search --sync --onlyvisible --name "^$1\$" | tail -n 1
}

# shoot WINDOW WIDTH HEIGHT NAME
shoot ()
{
  xdotool windowsize --sync "$1" "$2" "$3"
  sleep 1.5
  import -window "$1" "$output/$4-$2x$3.png"
}

for scheme in light dark; do
  ADW_DEBUG_COLOR_SCHEME=prefer-$scheme "$build/src/app/pisd-explorer" "$@" &
  program=$!
  window=$(wait_title 'PISD Explorer')
  xdotool mousemove 1715 1115
  sleep "${PISD_WAIT_WINDOW:-8}"
  shoot "$window" 900 640 "window-$scheme"
  shoot "$window" 1000 700 "window-$scheme"
  shoot "$window" 1600 1000 "window-$scheme"
  xdotool windowfocus --sync "$window" key ctrl+k
  compare=$(wait_title 'Compare Methods')
  sleep "${PISD_WAIT_COMPARE:-15}"
  shoot "$compare" 900 640 "compare-$scheme"
  shoot "$compare" 1000 700 "compare-$scheme"
  shoot "$compare" 1600 1000 "compare-$scheme"
  xdotool windowfocus --sync "$window" key ctrl+2
  training=$(wait_title 'Training Lab')
  xdotool windowfocus --sync "$training" key space
  sleep "${PISD_WAIT_TRAINING:-15}"
  shoot "$training" 900 640 "training-$scheme"
  shoot "$training" 1000 700 "training-$scheme"
  shoot "$training" 1600 1000 "training-$scheme"
  xdotool windowfocus --sync "$window" key ctrl+1
  diffusion=$(wait_title 'Diffusion Lab')
  xdotool windowfocus --sync "$diffusion" key space
  sleep "${PISD_WAIT_DIFFUSION:-15}"
  xdotool windowfocus --sync "$diffusion" key s
  sleep 2
  shoot "$diffusion" 900 640 "diffusion-$scheme"
  shoot "$diffusion" 1000 700 "diffusion-$scheme"
  shoot "$diffusion" 1600 1000 "diffusion-$scheme"
  kill "$program"
  wait "$program" || true
  sleep 1
done
