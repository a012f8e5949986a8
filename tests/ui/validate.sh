#!/bin/sh
# validate.sh FILE TOOL [ARGUMENT ...]: the tool's verdict on the file; 77 (skip) where there is no such tool.
file=$1
shift
command -v "$1" >/dev/null || exit 77
exec "$@" "$file"
