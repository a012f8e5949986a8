#!/usr/bin/env python3
"""Do the includes follow the house?  TAP, one result a source file.

  check-includes.py SOURCE_ROOT     checks every source file below src
  check-includes.py --self-check    is every kind of planted violation found?

A file includes headers of its own folder and of those before it in FOLDERS; physics and learning never include each
other; only the libraries named for a part of the house are used there.
"""
import re
import sys

import house

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
# Lowest first.
FOLDERS = (
    "engine/base",
    "engine/maths",
    "engine/files",
    "engine/physics",
    "engine/setup",
    "engine/latent",
    "engine/learning",
    "engine/posterior",
    "engine/sampling",
    "engine/run",
    "engine/lab",
    "engine/training",
    "model",
    "draw",
    "cli",
    "app/pch",
    "app/session",
    "app/widgets",
    "app/views",
    "app/panels",
    "app/inspect",
    "app/compare",
    "app/runs",
    "app/table",
    "app/sweep",
    "app/reading",
    "app/connect",
    "app/lessons",
    "app/lab",
    "app/main",
)
STRANGERS = (("engine/physics", "engine/learning"), ("draw", "model"), ("app", "cli"))
# What a part of the house may use beside the headers of C, POSIX, GLib and GIO; the engine's libraries are its own.
PLAIN = ("glib", "gio/", "gmodule", "float.h", "math.h", "string.h", "stdlib.h", "stdio.h", "stdint.h", "errno.h",
         "locale.h", "pthread.h", "signal.h", "stdatomic.h", "unistd.h", "fcntl.h", "limits.h", "malloc.h", "stddef.h",
         "sys/", "gstdio.h", "inttypes.h", "time.h")
LIBRARIES = {
    "engine": PLAIN + ("sanitizer/", "cblas.h", "fftw3.h", "lapack", "json-glib/", "zip.h", "png.h", "setjmp.h", "openblas", "dnnl.h", "omp.h", "nlopt.h", "arkode/", "nvector/", "hdf5.h"),
    "model": PLAIN + ("pisd-installation-config.h",),
    "draw": PLAIN + ("cairo", "pango/", "gif_lib.h", "png.h", "setjmp.h"),
    "cli": PLAIN + ("json-glib/", "cairo", "cblas.h"),
    "app": PLAIN + ("gtk/", "gdk/", "gsk/", "graphene.h", "adwaita.h", "cairo", "pango/", "malloc.h"),
}


def part_of(folder):
    return folder.split("/")[0]


def strangers(folder, other):
    """Whether the two folders lie on different sides of a wall."""
    def within(name, wall):
        return name == wall or name.startswith(wall + "/")
    return any(within(folder, p) and within(other, q) or within(folder, q) and within(other, p) for p, q in STRANGERS)


def check_include(folder, quote, header, homes):
    """What is wrong with one include, or None."""
    other = homes.get(header)
    if other is None:
        if header.startswith(LIBRARIES[part_of(folder)]):
            return None
        return f"src/{part_of(folder)} must not include {quote}{header}"
    if FOLDERS.index(other) > FOLDERS.index(folder):
        return f"{folder} includes {header} of {other}, which lies above it"
    if strangers(folder, other):
        return f"{folder} and {other} never meet: {header}"
    return None


def check_tree(root):
    """(file relative to the root, what is wrong with it) of every source file."""
    src = root / "src"
    files = sorted(src.rglob("*.[ch]"))
    homes = {path.name: path.parent.relative_to(src).as_posix() for path in files if path.suffix == ".h"}
    results = []
    for path in files:
        folder = path.parent.relative_to(src).as_posix()
        wrong = []
        if folder not in FOLDERS:
            wrong.append(f"src/{folder} is no folder of the house")
        else:
            for quote, header in INCLUDE.findall(path.read_text(encoding="utf-8")):
                complaint = check_include(folder, quote, header, homes)
                if complaint is not None:
                    wrong.append(complaint)
        results.append((path.relative_to(root).as_posix(), wrong))
    return results


# File, what it includes, whether that is a violation.
PLANTED = (
    ("engine/base/pisd-error.h", "#include <glib.h>\n#include <math.h>", False),
    ("engine/files/pisd-npz.c", '#include "pisd-error.h"\n#include "pisd-npz.h"', False),
    ("engine/files/pisd-npz.h", "#include <zip.h>", False),
    ("engine/physics/pisd-instance.h", '#include "pisd-npz.h"', False),
    ("engine/learning/pisd-network.h", "#include <cblas.h>", False),
    ("engine/sampling/pisd-denoiser.c", '#include "pisd-network.h"\n#include "pisd-instance.h"', False),
    ("draw/pisd-draw.h", '#include <cairo.h>\n#include "pisd-instance.h"', False),
    ("app/main/explorer-window.h", '#include <gtk/gtk.h>\n#include "pisd-draw.h"', False),
    ("engine/base/pisd-error.c", '#include "pisd-npz.h"', True),
    ("engine/files/pisd-npz-writer.c", '  #  include "pisd-instance.h"', True),
    ("engine/physics/pisd-instance.c", '#include "pisd-network.h"', True),
    ("engine/learning/pisd-network.c", '#include "pisd-instance.h"', True),
    ("engine/base/pisd-field.c", "#include <gtk/gtk.h>", True),
    ("engine/base/pisd-rng.c", "#include <cairo.h>", True),
    ("engine/pisd-loose.c", "#include <glib.h>", True),
    ("model/pisd-edit.c", '#include "pisd-draw.h"', True),
    ("model/pisd-history.c", "#include <gtk/gtk.h>", True),
    ("draw/pisd-range.c", "#include <adwaita.h>", True),
    ("draw/pisd-plot.c", '#include "pisd-edit.h"', True),
    ("model/pisd-edit.h", "#include <glib.h>", False),
    ("cli/main.c", '#include "explorer-window.h"', True),
    ("app/session/explorer-job.c", '#include "explorer-window.h"', True),
    ("app/main/main.c", '#include "cli-grid.h"', True),
    ("cli/cli-grid.h", "#include <glib.h>", False),
    ("app/main/explorer-files.c", "#include <zip.h>", True),
)


if __name__ == "__main__":
    sys.exit(house.main(__doc__, check_tree, PLANTED))
