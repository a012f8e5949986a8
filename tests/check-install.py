#!/usr/bin/env python3
"""check-install.py BUILD: installs into a folder, moves it, and uses both programs there, in German; as TAP.

The window opens on a display of its own (tests/ui/run-in-xvfb.sh, which calls this again with --window PREFIX); where its
tools, or the German locale, are missing, that is said and left out.
"""
import locale
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import house

GERMAN = "de_DE.UTF-8"
TITLE = "PISD Explorer"
SWEEP = "Durchlauf von Einstellungen"  # what Ctrl+E opens
DONE = "done"  # said where the window had no fault
PATIENCE = 60  # seconds until a window must be there
LEARNED = ("sample", "--prior", "learned", "--guidance", "second-order", "--steps", "4", "--observe-a", "50", "--output",
           "O.npz")


def call(*words, **options):
    """Its output, or a complaint."""
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False, **options)
    if done.returncode == 0 and not done.stderr:
        return done.stdout, []
    return done.stdout, [f"{words[0]}: got status {done.returncode}, {done.stderr.strip()!r}, expected 0 and nothing"]


def expect(text, words):
    return [] if words in text else [f"got {text[:200]!r}, expected {words!r} in it"]


def has_german():
    try:
        locale.setlocale(locale.LC_ALL, GERMAN)
    except locale.Error:
        return False
    return True


def check_command_line(prefix, work):
    pisd = prefix / "bin" / "pisd"
    version, complaints = call(pisd, "--version")
    results = [("pisd --version", complaints + expect(version, "pisd "))]
    german = dict(os.environ, LANGUAGE="de")
    lessons, complaints = call(pisd, "lesson", "--list", env=german)
    results.append(("lessons in German", complaints + expect(lessons, "Vom Rauschen zum Feld")))
    _, complaints = call(pisd, *LEARNED, cwd=work)
    written = [] if (work / "O.npz").is_file() else ["O.npz was not written"]
    return results + [("a learned prior", complaints + written)]


def has_window(prefix):
    return (prefix / "bin" / "pisd-explorer").exists()


def check_files(prefix):
    """What the desktop and the terminal read lies where they look; the desktop's comes with the window."""
    names = ["locale/de/LC_MESSAGES/pisd-explorer.mo", "man/man1/pisd.1", "man/man5/pisd-scenario.5",
             "bash-completion/completions/pisd", "zsh/site-functions/_pisd", "pisd/pisd-bridge/bridge.py",
             "pisd/pisd-bridge/gaussian.py", "pisd/pisd-bridge/edm.py", "pisd/pisd-bridge/foreign.py",
             "pisd/pisd-bridge/official.py", "doc/pisd/PROTOCOL.md"]
    if has_window(prefix):
        names += ["applications/io.github.pisd.Explorer.desktop", "metainfo/io.github.pisd.Explorer.metainfo.xml",
                  "glib-2.0/schemas/io.github.pisd.Explorer.gschema.xml", "mime/packages/io.github.pisd.Explorer.xml",
                  "icons/hicolor/scalable/apps/io.github.pisd.Explorer.svg",
                  "icons/hicolor/scalable/mimetypes/io.github.pisd.Explorer.scenario.svg", "man/man1/pisd-explorer.1",
                  "bash-completion/completions/pisd-explorer", "zsh/site-functions/_pisd-explorer"]
    return [("files", [f"{name} is missing" for name in names if not (prefix / "share" / name).is_file()])]


def judge(status, said):
    """Complaints of a window's own process: it says something in any case, and a crash shows in its status."""
    if status == 0 and said == DONE:
        return []
    return (said.splitlines() or ["it said nothing"]) + [f"got status {status}, expected 0 and {DONE!r}"]


def check_install(build, folder):
    installed = folder / "installed"
    _, complaints = call("meson", "install", "--no-rebuild", "--quiet", "-C", build, "--destdir", installed)
    if complaints:
        return [("meson install", complaints)]
    prefix = folder / "moved here"
    next(installed.glob("**/bin")).parent.rename(prefix)
    results = check_files(prefix) + check_command_line(prefix, folder)
    if not has_window(prefix):
        return results
    if not has_german():
        print(f"# {GERMAN} is not there: no window in German")
        return results
    wrapper = pathlib.Path(__file__).parent / "ui" / "run-in-xvfb.sh"
    done = subprocess.run([wrapper, "/nonexistent", sys.executable, __file__, "--window", prefix], stdout=subprocess.PIPE,
                          text=True, check=False)
    said = done.stdout.strip()
    if done.returncode == 0 and "# SKIP" in said:
        print("#", said)
        return results
    return results + [("the window", judge(done.returncode, said))]


def find(title):
    """The window of that title, on the display; empty where there is none before long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True, check=False).stdout.split()
        if found:
            return found[0]
        time.sleep(0.1)
    return ""


def press(window, key):
    subprocess.run(["xdotool", "windowactivate", "--sync", window, "key", key], stderr=subprocess.DEVNULL, check=True)


def use_window(program):
    """Complaints; the side bar is hidden, which is a preference, and a window with a German title opened."""
    window = find(TITLE)
    if not window:
        return [f"no window `{TITLE}`"]
    press(window, "F9")
    press(window, "ctrl+e")
    complaints = [] if find(SWEEP) else [f"no window `{SWEEP}`"]
    press(window, "ctrl+q")
    _, said = program.communicate(timeout=PATIENCE)
    expected = program.returncode == 0 and not said
    return complaints + ([] if expected else [f"got status {program.returncode}, {said!r}, expected 0 and nothing"])


def check_window(prefix):
    """Prints complaints, a line each, or that there is none."""
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, LC_ALL=GERMAN, LANGUAGE="de", HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home,
                           XDG_DATA_DIRS="/usr/share", GSETTINGS_BACKEND="keyfile")
        program = subprocess.Popen([prefix / "bin" / "pisd-explorer"], stderr=subprocess.PIPE, text=True, env=environment)
        try:
            complaints = use_window(program)
        finally:
            program.kill()
        kept = pathlib.Path(home) / "glib-2.0" / "settings" / "keyfile"
        complaints += expect(kept.read_text() if kept.exists() else "no settings", "side-bar=")
    print("\n".join(complaints) or DONE)


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--window":
        check_window(pathlib.Path(sys.argv[2]))
        return 0
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        return house.report(check_install(build, pathlib.Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
