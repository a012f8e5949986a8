#!/usr/bin/env python3
"""Writes src/engine/physics/pisd-spectrum-table.h: variances of the modes of families' fields.

usage: tools/fit-families.py PISD > src/engine/physics/pisd-spectrum-table.h

PISD is the program, which makes the fields (`pisd dataset`, Poisson, whose sources are as they were drawn). Their
orthonormal cosine transform is taken, and its squares averaged over fields and over both orders of the axes; flips of a
field change signs alone. NumPy is needed, some 5 minutes, and 0.4 GB beside the program.
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

GRID = 128
# How many fields: single modes are then within 1 to 2 %.
FAMILIES = {"inclusions": 100_000, "blobs": 40_000}
N_TOGETHER, FIRST_SEED = 2_000, 9_000_000_000
# Wave numbers along an axis that the table keeps: all that matter, and more of them where spectra bend, at the grid's own
# end. Between them, linear in the logarithms of k + 1 and of the variance, inclusions are within 2.6 % of what was measured.
NUMBERS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 23, 26, 30, 34, 39, 44, 50, 57, 65, 74, 84, 96, 105, 112,
           118, 122, 125, 127)


def make_transform():
    """Rows are the basis functions: the orthonormal DCT-II."""
    j, i = np.arange(GRID)[:, None], np.arange(GRID)[None, :]
    rows = np.sqrt(2 / GRID) * np.cos(np.pi * j * (i + 0.5) / GRID)
    rows[0] = np.sqrt(1 / GRID)
    return rows


def read_fields(program, family, seed, folder):
    path = folder / "fields.npz"
    subprocess.run([program, "dataset", "--family", family, "--seed", str(seed), "--count", str(N_TOGETHER),
                    "--output", str(path)], check=True)
    with np.load(path) as arrays:
        return arrays["a"].astype(float)


def measure(program, family, n_fields):
    rows, squares = make_transform(), np.zeros((GRID, GRID))
    with tempfile.TemporaryDirectory() as name:
        for begin in range(0, n_fields, N_TOGETHER):
            fields = read_fields(program, family, FIRST_SEED + begin, pathlib.Path(name))
            squares += ((rows @ fields @ rows.T) ** 2).sum(axis=0) / n_fields
            print(f"\r{family} {begin + N_TOGETHER}", end="", file=sys.stderr)
    return (squares + squares.T) / 2


def write(values, indent, width=100):
    line = indent
    for value in values:
        if len(line) + len(value) + 2 > width:
            print(line.rstrip())
            line = indent
        line += value + ", "
    print(line.rstrip())


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tables = [(family, measure(sys.argv[1], family, n_fields)) for family, n_fields in FAMILIES.items()]
    print("/* Made by tools/fit-families.py, which says how: not to be edited.\n *\n"
          f" * Mean squares over {' and '.join(map(str, FAMILIES.values()))} fields from seed {FIRST_SEED} on. */\n#pragma once\n\n"
          '#include "pisd-family.h"\n\n/* clang-format off */\n'
          "/* Wave numbers along an axis that the table has. */\n"
          "static const guint8 pisd_spectrum_numbers[] = {")
    write(("PISD_GRID - 1" if number == GRID - 1 else str(number) for number in NUMBERS), "  ")
    print(f"}};\n\n#define PISD_SPECTRUM_SIZE {len(NUMBERS) * (len(NUMBERS) + 1) // 2}\n\n"
          "/* Variances of modes (ky, kx), kx <= ky: the rows of a triangle one after the other. */\n"
          "static const float pisd_spectrum_variances[PISD_N_FAMILIES][PISD_SPECTRUM_SIZE] = {")
    for family, squares in tables:
        print(f"  [PISD_FAMILY_{family.upper()}] = {{")
        write([f"{squares[y, x]:.4g}f" if "." in f"{squares[y, x]:.4g}" or "e" in f"{squares[y, x]:.4g}"
               else f"{squares[y, x]:.4g}.0f" for y in NUMBERS for x in NUMBERS if x <= y], "    ")
        print("  },")
    print("};\n/* clang-format on */")


if __name__ == "__main__":
    main()
