#!/usr/bin/env python3
"""check-manual.py PISD MANUAL-FOLDER SOURCE-ROOT [PISD-EXPLORER]: do manual pages and completions say what the program says?  TAP.

Every command and option that `--help` names stands in pisd.1 and is offered by bash and zsh, with the choices of those
options that are settings, and files whose names end as those that are read do; every group and key of a scenario stands in
pisd-scenario.5; pages are clean for mandoc and man.  What is not installed is left out, and said.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import house

KEYS = "src/engine/setup/pisd-scenario-keys.h"
OPTION = re.compile(r"^ +(?:-\w, )?(--[a-z0-9-]+)(=?)", re.MULTILINE)
# COMP_LINE is what stands on the line; complaints of bash are its own.
BASH = 'compopt () { :; }; source "$0"; COMP_LINE=$1 COMP_POINT=${#1}; _pisd; printf "%s\\n" "${COMPREPLY[@]}"'
# Completion's own functions print what they are told.
ZSH = """_arguments () { print -rl -- "$@" }; _describe () { print -rl -- ${(P)2} }; words=(${=1}) CURRENT=$2; source $0"""
# Choices that are no settings, written as they are read.
LITERAL = {
    ("sample", "--flow"): "none lines arrows",
    ("bench", "--task"): "forward inverse both all",
    ("train", "--backend"): "onednn plain",
    ("dataset", "--family"): "grf inclusions blobs any",
    ("lab training", "--method"): "adam gradient flow",
    ("lab training", "--target"): "p1 p2 p4 heat",
    ("lab diffusion", "--rule"): "ddpm ddim heun",
    ("lab diffusion", "--latent"): "components cosine",
    ("lab diffusion", "--steps"): "",
}


def ask(*words):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    return subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, text=True, check=True,
                          env=environment).stdout


def find_commands(pisd):
    """Their names, with those of the labs, and what their help says."""
    names = re.findall(r"^  ([a-z]+) ", ask(pisd, "--help").partition("Commands:\n")[2], re.MULTILINE)
    labs = re.search(r"^Labs: (.*)$", ask(pisd, "lab", "--help"), re.MULTILINE).group(1).split(", ")
    return {name: ask(pisd, *name.split(), "--help") for name in names + [f"lab {lab}" for lab in labs]}


def find_choices(pisd):
    """Choices of the settings that have some."""
    rows = [line.split() for line in ask(pisd, "sample", "--list-settings").splitlines()[1:]]
    return {row[0]: " ".join(row[3].split("|")) for row in rows if "|" in row[3]}


def expect(what, got, expected):
    return [] if got == expected else [f"{what}: got {got!r}, expected {expected!r}"]


def check_page(page, commands):
    """A command's options stand below its own head or among those that several have."""
    text = page.read_text(encoding="utf-8").replace(r"\-", "-")
    parts = dict(part.split("\n", 1) for part in re.split(r"^\.S[SH] ", text, flags=re.MULTILINE)[1:])
    shared = parts["OPTIONS ON SCENARIOS"]
    complaints = [f"`{name}` has no head of its own" for name in commands if name not in parts and name != "lab"]
    for name, said in commands.items():
        own = parts.get(name, "") + shared
        complaints += [f"{name}: {option} is missing" for option, _ in OPTION.findall(said)
                       if option != "--help" and not re.search(rf"^\.BI? {option}=?(?: |$)", own, re.MULTILINE)]
    return complaints


def check_scenario(page, keys):
    """The words of a scenario file stand in bold."""
    text = page.read_text(encoding="utf-8").replace(r"\-", "-")
    bold = set(re.findall(r"[a-z][a-z0-9-]*", " ".join(re.findall(r"^\.BR? (.*)$", text, re.MULTILINE))))
    words = re.findall(r'^#define PISD_SCENARIO_\w+ "([^"]+)"$', keys.read_text(encoding="utf-8"), re.MULTILINE)
    return [f"{page.name}: {word} is missing" for word in words if word not in bold] or expect("words", bool(words), True)


def find_endings(root):
    """Of names of files that the programs read."""
    table = (root / "src/engine/setup/pisd-file-kind.c").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'"\*\.(\w+)"', table)))


def offer_files(script, call, endings, *words):
    """Of files f.ENDING, and one that nobody reads, those that bash offers, by the endings of their names."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in [*endings, "other"]:
            (pathlib.Path(folder) / f"f.{ending}").touch()
        said = ask("bash", "-c", f'cd "$1"; compopt () {{ :; }}; source "$0"; {call}; printf "%s\\n" "${{COMPREPLY[@]}}"',
                   script, folder, *words)
    return sorted(name.removeprefix("f.") for name in said.split())


def check_endings(pisd, folder, endings):
    """Both programs, in both shells; `txt` is a line of text that carries a set-up."""
    own = sorted([*endings, "txt"])
    line = "COMP_LINE=$2 COMP_POINT=${#2}; _pisd"
    window = "COMP_WORDS=(pisd-explorer f) COMP_CWORD=1; _pisd_explorer"
    complaints = []
    for words, expected in (("info", own), ("sample --output", ["mat", "npy", "npz"])):
        complaints += expect(f"bash, {words}", offer_files(folder / "pisd.bash", line, own, f"{pisd} {words} f"), expected)
    complaints += expect("bash, pisd-explorer", offer_files(folder / "pisd-explorer.bash", window, own), sorted(endings))
    for name, expected in (("_pisd", own), ("_pisd-explorer", sorted(endings))):
        text = (folder / name).read_text(encoding="utf-8")
        found = max(re.findall(r'"\*\.\(([a-z0-9|]+)\)', text), key=len)
        complaints += expect(f"zsh, {name}", sorted(found.split("|")), expected)
    return complaints


def check_clean(tool, pages, environment):
    command = {"mandoc": ["mandoc", "-Tlint", "-Wstyle"],
               "man": ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]}[tool]
    complaints = []
    for page in pages:
        done = subprocess.run([*command, page], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False,
                              env=environment)
        complaints += (done.stdout if tool == "mandoc" else done.stderr).splitlines()
    return complaints


def check_bash(pisd, folder, commands, choices):
    def complete(line):
        return ask("bash", "-c", BASH, folder / "pisd.bash", f"{pisd} {line}").split()
    heads = [name for name in commands if " " not in name]
    complaints = expect("commands", complete(""), heads + ["--help", "--version"])
    for name, said in commands.items():
        complaints += expect(name, complete(f"{name} --"), [option + sign for option, sign in OPTION.findall(said)])
    wanted = {("sample", "--" + key): text for key, text in choices.items() if f"--{key}=" in commands["sample"]} | LITERAL
    for (name, option), expected in wanted.items():
        complaints += expect(f"{name} {option}", " ".join(complete(f"{name} {option} ")), expected)
    complaints += expect("--set", " ".join(complete("sample --set=guidance=")), choices["guidance"])
    return complaints + expect("a list", complete("sample --show truth,ex"), ["truth,exact"])


def check_zsh(pisd, folder, commands, choices):
    def complete(line):
        words = f"{pisd} {line}".split()
        return ask("zsh", "-f", "-c", ZSH, folder / "_pisd", " ".join(words), len(words)).splitlines()
    heads = [name for name in commands if " " not in name]
    complaints = expect("commands", [said.split(":")[0] for said in complete("x")[:len(heads)]], heads)
    for name, said in commands.items():
        # The word that is typed: x stands for one that has just begun.
        specs = [found for found in map(re.compile(r"^\*(--[a-z0-9-]+)(=?)\[").match, complete(f"{name} -x")) if found]
        complaints += expect(name, [found.groups() for found in specs], OPTION.findall(said))
    texts = {found.group(1): found.group(2) for found in map(re.compile(r"^\*--(\S+)=\[.*:\((.*)\)$").match,
                                                             complete("sample -x")) if found}
    return complaints + [complaint for key, text in choices.items() if f"--{key}=" in commands["sample"]
                         for complaint in expect(key, texts.get(key), text)]


def check_window(program, manual, completions):
    """Its few options, in its page and its completion."""
    said = ask(program, "--help-all")
    page = (manual / "pisd-explorer.1").read_text(encoding="utf-8").replace(r"\-", "-")
    specs = (completions / "_pisd-explorer").read_text(encoding="utf-8")
    offered = ask("bash", "-c", 'compopt () { :; }; source "$0"; COMP_WORDS=("$1" --) COMP_CWORD=1; _pisd_explorer "$1"; '
                  'echo "${COMPREPLY[@]}"', completions / "pisd-explorer.bash", program).split()
    options = [option for option, _ in OPTION.findall(said)]
    return expect("bash", offered, options) + [f"{option} is missing in {name}" for option in options
                                               for name, text in (("the page", page), ("zsh", specs)) if option not in text]


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    pisd, manual, root = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    completions = root / "data" / "completions"
    commands, choices = find_commands(pisd), find_choices(pisd)
    pages = sorted(manual.glob("*.[15]"))
    environment = dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="80", MANROFFSEQ="")
    checks = {
        "mandoc": lambda: check_clean("mandoc", pages, environment),
        "man": lambda: check_clean("man", pages, environment),
        "bash": lambda: check_bash(pisd, completions, commands, choices),
        "zsh": lambda: check_zsh(pisd, completions, commands, choices),
    }
    results = [("options in pisd.1", check_page(manual / "pisd.1", commands)),
               ("keys in pisd-scenario.5", check_scenario(manual / "pisd-scenario.5", root / KEYS)),
               ("files", check_endings(pisd, completions, find_endings(root)))]
    if len(sys.argv) == 5:
        results.append(("pisd-explorer", check_window(sys.argv[4], manual, completions)))
    for tool, check in checks.items():
        if shutil.which(tool):
            results.append((tool, check()))
        else:
            print(f"# {tool} is not installed")
    return house.report(results)


if __name__ == "__main__":
    sys.exit(main())
