#!/usr/bin/env python3
"""Do the sources keep to the house's measures?  TAP, one result a source file, and one for src/DESIGN.md.

  check-words.py SOURCE_ROOT     looks at every .c and .h file below src
  check-words.py --self-check    is every kind of planted violation found?

No line is longer than 100 columns.  No file is longer than 450 lines unless its first comment says why, in a line that
begins with "Long:".  A source that a comment cites can be opened by a reader: a numbered section of a design document
cannot, a heading of src/DESIGN.md that is there can.  Names of problems and methods stand in tables (rows that begin
with a brace or an index) and as a value that is passed on, never in a comparison; the grid's size stands in its own
definition alone.  src/DESIGN.md names every module of the engine in its folder's row, and none that is not there.
"""
import re
import sys

import house

MOST_COLUMNS = 100
MOST_LINES = 450
CITATION = re.compile(r"\bDESIGN(?:\.md)?,? (?:section|sections|\xa7)")
COMPARISON = re.compile(r"(?:[=!]=|case)\s*PISD_(?:PROBLEM|GUIDANCE|PRIOR|SAMPLER|SPACE|COVARIANCE)_[A-Z]"
                        r"|PISD_(?:PROBLEM|GUIDANCE|PRIOR|SAMPLER|SPACE|COVARIANCE)_[A-Z_]+\s*[=!]=")
GRID = re.compile(r"(?<![\w.])12[678](?![\w.])")
HEADING = re.compile(r'src/DESIGN\.md,\s*(?:\*\s*)?"([^"]+)"')
ROW = re.compile(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", re.MULTILINE)  # folder, what it knows, modules
BLOCK = re.compile(r"#define \w+_(?:BLOCK|COLUMNS) ")  # how much is taken at a time
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
# Where the size of the grid is defined, and where 128 is another thing: a shell's exit status, half of 256 colours.
GRID_HOMES = ("src/engine/base/pisd-field.h", "src/cli/cli-common.h", "src/draw/pisd-colormap.c")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def check_file(name, text, headings):
    """What is wrong with one file, as a list of sentences."""
    wrong = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_COLUMNS:
            wrong.append(f"line {number}: {len(line)} columns, at most {MOST_COLUMNS}")
        if CITATION.search(line):
            wrong.append(f"line {number}: cites a section that no reader can open")
    head = text[:text.find("*/")] if "*/" in text else ""
    if len(lines) > MOST_LINES + 1 and "\n * Long:" not in head:
        wrong.append(f"{len(lines) - 1} lines, at most {MOST_LINES} without a reason in its head")
    for heading in HEADING.findall(text):
        if re.sub(r"\s*\n\s*\*\s*", " ", heading) not in headings:
            wrong.append(f'cites "{heading}", which is no heading of src/DESIGN.md')
    code = STRING.sub(blank, COMMENT.sub(blank, text))
    for number, line in enumerate(code.split("\n"), 1):
        if COMPARISON.search(line):
            wrong.append(f"line {number}: compares with a name; ask for a trait")
        if name not in GRID_HOMES and GRID.search(line) and not BLOCK.search(line):
            wrong.append(f"line {number}: the size of the grid as a number")
    return wrong


def read_rows(design):
    """The modules that src/DESIGN.md names, by folder of the engine."""
    return {folder: re.findall(r"`([\w-]+)`", modules) for folder, modules in ROW.findall(design)}


def check_named(path, rows):
    """Whether a source file of the engine is a module in its folder's row."""
    folder, module = path.parent.name, path.stem.removeprefix("pisd-")
    if path.suffix != ".c" or "engine" not in path.parts or module in rows.get(folder, ()):
        return []
    return [f"src/DESIGN.md does not name the module `{module}` in the row of `{folder}`"]


def check_tree(root):
    """(file relative to the root, what is wrong with it) of every source file."""
    design = (root / "src" / "DESIGN.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^#+ (.+)$", design, re.MULTILINE))
    rows = read_rows(design)
    results = []
    for path in sorted((root / "src").rglob("*.[ch]")):
        name = path.relative_to(root).as_posix()
        wrong = check_file(name, path.read_text(encoding="utf-8"), headings)
        results.append((name, wrong + check_named(path.relative_to(root), rows)))
    gone = [f"names the module `{module}`, which `{folder}` has not"
            for folder, modules in rows.items() for module in modules
            if (root / "src" / "engine" / folder).is_dir()
            and not list((root / "src" / "engine" / folder).glob(f"pisd-{module}.[ch]"))]
    return results + [("src/DESIGN.md", gone)]


# File, its text, whether that is a violation.
PLANTED = (
    ("short.c", "/* Source: src/DESIGN.md, \"Spaces\". */\nint a;\n", False),
    ("table.c", "static const Row rows[] = {\n  [PISD_GUIDANCE_DPS] = { PISD_SPACE_JOINT },\n};\n", False),
    ("value.c", "settings->guidance = PISD_GUIDANCE_PISD;\n", False),
    ("said.c", "/* 128 x 128 nodes, like a == PISD_GUIDANCE_DPS */\nconst char *s = \"128\";\n", False),
    ("long-with-reason.c", "/* Tables.\n *\n * Long: generated. */\n" + "int a;\n" * 500, False),
    ("wide.c", "int " + "a" * 100 + ";\n", True),
    ("long.c", "/* Tables. */\n" + "int a;\n" * 500, True),
    ("cites.h", "/* Source: DESIGN section 5. */\n", True),
    ("cites-more.h", "/* Source: DESIGN sections 5 and 6. */\n", True),
    ("cites-nothing.h", "/* Source: src/DESIGN.md, \"Attic\". */\n", True),
    ("compares.c", "if (s->guidance == PISD_GUIDANCE_EXACT)\n", True),
    ("compares-turned.c", "if (PISD_PROBLEM_POISSON != problem)\n", True),
    ("switches.c", "    case PISD_SPACE_JOINT:\n", True),
    ("grid.c", "for (guint i = 0; i < 128; i++)\n", True),
)


# A design that names a module of two, and one that is not there.
PLANTED_DESIGN = (
    ("DESIGN.md", "# House\n\n### Spaces\n\n| `base` | machine | `named`, `gone` |\n", True),
    ("engine/base/pisd-named.c", "int a;\n", False),
    ("engine/base/pisd-forgotten.c", "int a;\n", True),
)

if __name__ == "__main__":
    sys.exit(house.main(__doc__, check_tree, PLANTED + PLANTED_DESIGN))
