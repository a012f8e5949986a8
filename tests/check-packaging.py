#!/usr/bin/env python3
"""check-packaging.py SOURCE_ROOT: what software centres and packages are told, held against the tree; as TAP.

Flathub's guidelines: a summary of at most 35 characters that is no sentence, a developer, brand colours for light and dark,
and screenshots of at most 1000 x 700 with captions.  A Flatpak is built from sources of one content alone, by https.
"""
import pathlib
import re
import struct
import sys
import xml.etree.ElementTree as xml

import house

LARGEST = (1000, 700)
MOST_LETTERS = 35
CONTROL = "data/packaging/debian/control"
FLATPAK = "data/packaging/flatpak/io.github.pisd.Explorer.yml"
META = "data/io.github.pisd.Explorer.metainfo.xml.in"


def measure(path):
    """Width and height of a PNG; None where there is none."""
    head = path.read_bytes()[:24] if path.is_file() else b""
    return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" else None


def check_screenshot(root, screenshot):
    image = screenshot.find("image")
    name = image.text[image.text.index("data/screenshots/"):]
    size, said = measure(root / name), (int(image.get("width")), int(image.get("height")))
    complaints = [] if screenshot.findtext("caption") else [f"{name}: no caption"]
    if size != said:
        complaints.append(f"{name}: got {size}, expected {said}")
    return complaints + ([f"{name}: larger than {LARGEST}"] if said[0] > LARGEST[0] or said[1] > LARGEST[1] else [])


def check_meta(root, meta):
    summary = meta.findtext("summary")
    schemes = sorted(color.get("scheme_preference") for color in meta.iterfind("branding/color"))
    good = {
        f"a summary of at most {MOST_LETTERS} characters and no full stop": len(summary) <= MOST_LETTERS and summary[-1] != ".",
        "a developer with id and name": meta.find("developer[@id]") is not None and bool(meta.findtext("developer/name")),
        "brand colours for light and dark": schemes == ["dark", "light"],
        "a content rating": meta.find("content_rating") is not None,
        "screenshots": meta.find("screenshots/screenshot[@type='default']") is not None,
    }
    return [f"{META}: expected {what}" for what, holds in good.items() if not holds]


def check_versions(root, meta):
    """The project's own is the newest of releases and packages."""
    own = re.search(r"version: '([^']+)'", (root / "meson.build").read_text()).group(1)
    changelog = (root / "data/packaging/debian/changelog").read_text()
    said = {META: meta.find("releases/release").get("version"), "changelog": re.match(r"\S+ \(([^)]+)\)", changelog).group(1)}
    return [f"{name}: got version {version}, expected {own}" for name, version in said.items() if version != own]


def check_libraries(root):
    """A package is built with the libraries that `./dev` installs."""
    listed = re.search(r"^PACKAGES=\((.*?)^\)", (root / "dev").read_text(), re.MULTILINE | re.DOTALL).group(1).split()
    control = (root / CONTROL).read_text()
    needed = re.search(r"^Build-Depends:(.*?)^\S", control, re.MULTILINE | re.DOTALL).group(1)
    names = set(re.findall(r"[a-z0-9][a-z0-9.+-]+-dev(?![a-z-])", needed))
    return [f"{CONTROL}: Build-Depends lacks {name}" for name in listed if name.endswith("-dev") and name not in names]


def check_flatpak(root):
    """Every archive says what it holds, and nothing comes in any other way but the tree itself."""
    sources = re.findall(r"^      - type: (\w+)\n((?:        .*\n)*)", (root / FLATPAK).read_text(), re.MULTILINE)
    good = {"archive": re.compile(r"        url: https://\S+\n        sha256: [0-9a-f]{64}\n"),
            "dir": re.compile(r"        path: \.\./\.\./\.\.\n        skip: .*\n")}
    wrong = [f"{FLATPAK}: no source of one content: {kind}, {' '.join(text.split())}"
             for kind, text in sources if kind not in good or not good[kind].fullmatch(text)]
    return wrong if sources else [f"{FLATPAK}: no sources"]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1])
    meta = xml.parse(root / META).getroot()
    screenshots = [complaint for screenshot in meta.iterfind("screenshots/screenshot")
                   for complaint in check_screenshot(root, screenshot)]
    return house.report([("metainfo", check_meta(root, meta)), ("screenshots", screenshots),
                         ("versions", check_versions(root, meta)), ("libraries", check_libraries(root)), ("flatpak", check_flatpak(root))])


if __name__ == "__main__":
    sys.exit(main())
