#!/bin/sh
# check-translation.sh SOURCE-ROOT: every string of the sources is in de.po, translated and not fuzzy; and POTFILES.in
# lists the files that have such strings, and no others.
cd "$1" || exit 1
for tool in xgettext msgcmp; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    exit 0
  fi
done
template=$(mktemp) || exit 1
trap 'rm -f "$template"' EXIT

echo "1..3"
if xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 -f po/POTFILES.in -o "$template" &&
  msgcmp po/de.po "$template"; then
  echo "ok 1 - de.po is complete"
else
  echo "not ok 1 - de.po is complete"
fi

lacking=$(grep -rlE '\b(_|N_|C_|ngettext) \("|translatable="yes"' --include='*.c' --include='*.ui' src ui resources |
  sort | grep -vxFf po/POTFILES.in)
if [ -z "$lacking" ]; then
  echo "ok 2 - POTFILES.in is complete"
else
  echo "not ok 2 - POTFILES.in lacks: $lacking"
fi

idle=$(grep -LE '\b(_|N_|C_|ngettext) \(|translatable="yes"|^Name=|l10n="|<p>|<summary>' $(grep -v '^#' po/POTFILES.in))
if [ -z "$idle" ]; then
  echo "ok 3 - POTFILES.in lists no file without strings"
else
  echo "not ok 3 - POTFILES.in lists without need: $idle"
fi
