#!/bin/sh
# check-mime.sh XML LESSONS: do files of ours have their kinds, by content and by name?  As TAP; skipped where
# update-mime-database or gio is missing.
for tool in update-mime-database gio; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    exit 0
  fi
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/share/mime/packages"
cp "$1" "$folder/share/mime/packages" || exit 1
update-mime-database "$folder/share/mime" 2>"$folder/said"
export XDG_DATA_HOME="$folder/share" XDG_DATA_DIRS="$folder/share"
printf '[scenario]\nproblem=poisson\n' >"$folder/set-up"
cp "$folder/set-up" "$folder/set-up.ini"
cp "$2"/resonance.lesson "$folder/lesson-without-ending"
printf "# a remark\n[scenario]\n" >"$folder/new.pisd"
printf "# a remark\n[lesson]\n" >"$folder/new.lesson"
printf '[other]\nkey=value\n' >"$folder/other"

echo "1..7"
number=0
# check NAME COMPLAINT: the complaint is empty where all is well.
check ()
{
  number=$((number + 1))
  if [ -z "$2" ]; then echo "ok $number - $1"; else echo "not ok $number - $1: $2"; fi
}
check warnings "$(grep -F io.github.pisd "$folder/said")"
for pair in set-up:application/x-pisd-scenario set-up.ini:application/x-pisd-scenario lesson-without-ending:application/x-pisd-lesson \
  new.pisd:application/x-pisd-scenario new.lesson:application/x-pisd-lesson other:text/plain; do
  got=$(gio info -a standard::content-type "$folder/${pair%%:*}" | sed -n 's/.*content-type: //p')
  if [ "$got" = "${pair#*:}" ]; then check "${pair%%:*}" ""; else check "${pair%%:*}" "got '$got', expected '${pair#*:}'"; fi
done
