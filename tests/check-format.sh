#!/bin/sh
# Is every source file as clang-format writes it?  TAP, one result a file; `./dev format` mends them.
# usage: check-format.sh SOURCE_ROOT
cd "$1" || exit 1

# Other versions lay out the same style differently.
if ! clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
  echo "1..0 # SKIP clang-format 14 is not installed"
  exit 0
fi

# One call for all, as starting it takes longer than a file does; a file that is not right is named in a message.
files=$(find src tests -name '*.[ch]' | sort)
messages=$(clang-format --dry-run -Werror $files 2>&1)
status=$?
number=0
for file in $files; do
  number=$((number + 1))
  case "
$messages" in
    *"
$file:"*) echo "not ok $number - $file: ./dev format" ;;
    *) echo "ok $number - $file" ;;
  esac
done
echo "1..$number"
exit $status
