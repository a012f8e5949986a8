#!/bin/sh
# validate.sh FILE TOOL [ARGUMENT ...]: the tool's verdict on the file, as TAP; skipped where there is no such tool.
file=$1
shift
if ! command -v "$1" >/dev/null; then
  echo "1..0 # SKIP $1 is not installed"
  exit 0
fi
echo "1..1"
if messages=$("$@" "$file" 2>&1); then
  echo "ok 1 - $1"
else
  echo "not ok 1 - $1"
fi
printf '%s\n' "$messages" | sed 's/^/# /'
