#!/usr/bin/env python3
"""Do the includes follow the ranks?  TAP, one result a source file.

  check-ranks.py SOURCE_ROOT     checks src/engine (against the table in its meson.build), src/draw and src/cli
  check-ranks.py --self-check    is every kind of planted violation found?

A file of the engine includes only headers of its own or a lower rank; physics and learning never include each
other; the engine knows neither Cairo nor GTK; the drawing and the command line know no GTK and nothing of the window.
"""
import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
PHYSICS = {"pisd-elliptic", "pisd-instance", "pisd-sensors"}
LEARNING = {"pisd-denoiser"}
WINDOW = ("gtk/", "gdk/", "gsk/", "adwaita.h", "explorer-")
FORBIDDEN = {
    "engine": WINDOW + ("cairo", "pango/"),
    "draw": WINDOW,
    "cli": WINDOW,
}


def read_ranks(meson_build):
    """Rank by module, from the lists between `engine_ranks = [` and the `]` that closes it."""
    text = meson_build.read_text(encoding="utf-8")
    table = re.search(r"^engine_ranks = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    if table is None:
        sys.exit(f"{meson_build}: no table `engine_ranks`")
    ranks = {}
    for rank, row in enumerate(re.findall(r"\[(.*?)\]", table.group(1), re.DOTALL)):
        for module in re.findall(r"'([^']+)'", row):
            ranks[module] = rank
    return ranks


def check_file(path, folder, ranks):
    """What is wrong with one file's includes, as a list of sentences."""
    module, wrong = path.stem, []
    if folder == "engine" and module not in ranks:
        wrong.append("is not in the rank table")
    for header in INCLUDE.findall(path.read_text(encoding="utf-8")):
        if header.startswith(FORBIDDEN[folder]):
            wrong.append(f"src/{folder} must not include {header}")
        other = pathlib.PurePath(header).stem
        if folder != "engine" or module not in ranks or not other.startswith("pisd-"):
            continue
        if other not in ranks:
            wrong.append(f"{header} is not in the rank table")
        elif ranks[other] > ranks[module]:
            wrong.append(f"rank {ranks[module]} includes {header} of rank {ranks[other]}")
        elif {module, other} & PHYSICS and {module, other} & LEARNING:
            wrong.append(f"physics and learning meet: {header}")
    return wrong


def check_tree(root):
    """(file relative to the root, what is wrong with it) of every source file."""
    ranks = read_ranks(root / "src" / "engine" / "meson.build")
    results = []
    for folder in sorted(FORBIDDEN):
        for path in sorted((root / "src" / folder).glob("*.[ch]")):
            results.append((path.relative_to(root).as_posix(), check_file(path, folder, ranks)))
    return results


def report(results):
    """TAP of (title, complaints); exit status."""
    print(f"1..{len(results)}")
    for number, (title, complaints) in enumerate(results, 1):
        print(f"{'not ok' if complaints else 'ok'} {number} - {title}")
        for complaint in complaints:
            print(f"# {title}: {complaint}")
    return 1 if any(complaints for _, complaints in results) else 0


TABLE = """engine_ranks = [
  # 0 base
  ['pisd-error'],
  # 1 files
  ['pisd-npz'],
  # 2 physics
  ['pisd-instance', 'pisd-denoiser'],
]
"""
# File, what it includes, whether that is a violation.
PLANTED = (
    ("engine/pisd-npz.c", '#include "pisd-error.h"', False),
    ("engine/pisd-instance.c", "#include <glib.h>\n#include <math.h>", False),
    ("draw/pisd-draw.c", '#include <cairo.h>\n#include "pisd-instance.h"', False),
    ("engine/pisd-error.c", '#include "pisd-npz.h"', True),
    ("engine/pisd-npz.h", '  #  include "pisd-instance.h"', True),
    ("engine/pisd-instance.h", '#include "pisd-denoiser.h"', True),
    ("engine/pisd-denoiser.c", '#include "pisd-instance.h"', True),
    ("engine/pisd-denoiser.h", '#include "pisd-draw.h"', True),
    ("engine/pisd-error.h", "#include <gtk/gtk.h>", True),
    ("engine/pisd-unlisted.c", "#include <glib.h>", True),
    ("engine/pisd-instance-extra.c", "#include <cairo.h>", True),
    ("draw/pisd-range.c", "#include <adwaita.h>", True),
    ("cli/main.c", '#include "explorer-session.h"', True),
)


def self_check():
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for folder in FORBIDDEN:
            (root / "src" / folder).mkdir(parents=True)
        (root / "src" / "engine" / "meson.build").write_text(TABLE, encoding="utf-8")
        for path, text, _ in PLANTED:
            (root / "src" / path).write_text(text + "\n", encoding="utf-8")
        found = dict(check_tree(root))
    results = []
    for path, _, violation in PLANTED:
        complaints = found.get("src/" + path)
        missed = "was not looked at" if complaints is None else f"got {complaints}, expected a violation: {violation}"
        results.append((path, [] if complaints is not None and bool(complaints) == violation else [missed]))
    return report(results)


def main(arguments):
    if arguments == ["--self-check"]:
        return self_check()
    if len(arguments) != 1:
        sys.exit(__doc__)
    return report(check_tree(pathlib.Path(arguments[0])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
