#!/usr/bin/env python3
"""make-page.py SOURCE OUTPUT [PISD]: a manual page whose options are what the program itself says of them.

In SOURCE, which is plain man(7), a line @COMMANDS@ stands for all commands of PISD, with what `--help` says of each, and
@SETTINGS@ for what `pisd sample --list-settings` prints.  Without PISD, as where a build for another machine cannot run
it, these places say how to ask the program.
"""
import os
import pathlib
import re
import subprocess
import sys
import textwrap

OPTION = re.compile(r"^  (?:-\w, )?--(?P<name>[\w-]+)(?:=(?P<value>\S+))?(?:\s+(?P<text>\S.*))?$")
SETTING = re.compile(r"^(\S+) +(\S+) +(\S+) +(\S+ \.\. \S+(?: each)?|\S+) +(\S.*)$")
COMMAND = re.compile(r"^  (\w+) +(\S.*)$")
# They begin with the same options, which stand once in the page.
ON_SCENARIOS = ("sample", "inspect", "sweep", "where")
LABS = ("training", "diffusion")


def ask(pisd, *words):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    return subprocess.run([pisd, *words], stdout=subprocess.PIPE, text=True, check=True, encoding="utf-8",
                          env=environment).stdout


def escape(text):
    """Characters as they are, whatever they mean to roff or look like in print."""
    text = text.replace("\\", r"\e").replace("--", r"\%\-\-").replace("`", r"\(ga").replace("'", r"\(aq")
    text = re.sub(r"(?<![\w)])-(?=\d)", r"\-", text)
    return re.sub(r"^(?=\.)", r"\\&", text).replace("^", r"\(ha").replace("~", r"\(ti")


def escape_code(text):
    return escape(text.replace("-", "\0")).replace("\0", r"\-")


def split_help(text):
    """What is said before the options, the options (name, value, text), and what comes after."""
    before, _, rest = text.partition("\nHelp Options:\n")
    lines = rest.partition("Application Options:\n")[2].splitlines()
    options = [OPTION.match(line) for line in lines]
    n = options.index(None) if None in options else len(options)
    return before.splitlines(), [found.groups(default="") for found in options[:n]], lines[n:]


def print_option(option):
    name, value, text = option
    head = rf".B \-\-{escape_code(name)}" if not value else rf'.BI \-\-{escape_code(name)}= {escape_code(value)}'
    return [".TP", head] + ([escape(text[0].upper() + text[1:])] if text else [])


def print_lines(lines):
    """Sentences run together, lines that are set in stay as they are."""
    page, before = [], ""
    for line in lines:
        kind = "" if not line.strip() else "code" if line.startswith("  ") else "text"
        if kind != before:
            page += {"code": [".EE"]}.get(before, []) + {"code": [".PP", ".EX"], "text": [".PP"]}.get(kind, [])
        if kind:
            page.append(escape_code(line.strip()) if kind == "code" else escape(line))
        before = kind
    return page + ([".EE"] if before == "code" else [])


def print_table(lines):
    """What a command prints below its options: a word and what it is, a line each."""
    pairs = [line.split(None, 1) for line in lines if line.strip()]
    return [part for word, text in pairs for part in (".TP", f".B {escape_code(word)}", escape(text))]


def print_command(words, summary, text, shared):
    before, options, after = split_help(text)
    usage, said = before[1].strip(), before[2:]
    page = [f".SS {escape_code(' '.join(words))}", f".I {escape_code(usage)}", ".PP", escape(summary[0].upper() + summary[1:]) + "."]
    page += print_lines(said)
    if options[:len(shared)] == shared and shared:
        page += [".PP", "It takes the options on scenarios above, and these:"]
        options = options[len(shared):]
    return page + [part for option in options for part in print_option(option)] + print_table(after)


def find_commands(pisd):
    listed = ask(pisd, "--help").partition("Commands:\n")[2].splitlines()
    return [found.groups() for found in map(COMMAND.match, listed) if found]


def find_shared(helps):
    """Options with which all commands on scenarios begin."""
    lists = [split_help(helps[name])[1] for name in ON_SCENARIOS]
    return [option for k, option in enumerate(lists[0]) if all(other[k:k + 1] == [option] for other in lists)]


def print_commands(pisd):
    commands = find_commands(pisd)
    helps = {name: ask(pisd, name, "--help") for name, _ in commands}
    shared = find_shared(helps)
    page = [".SH OPTIONS ON SCENARIOS", f"Commands that run a scenario, {', '.join(ON_SCENARIOS)}, have these in common.",
            *(part for option in shared for part in print_option(option)), ".SH COMMANDS"]
    for name, summary in commands:
        page += print_command([name], summary, helps[name], shared if name in ON_SCENARIOS else [])
        if name == "lab":
            for lab in LABS:
                page += print_command([name, lab], f"the {lab} lab", ask(pisd, name, lab, "--help"), [])
    return page


def print_settings(pisd):
    page = []
    for line in ask(pisd, "sample", "--list-settings").splitlines()[1:]:
        key, value, unit, among, text = SETTING.match(line).groups()
        value = "empty" if value == "-" else value
        unit = "" if unit == "-" else f" {unit}"
        page += [".TP", f'.BR {escape_code(key)} " ({escape_code(among)}{unit}; default {escape_code(value)})"', escape(text)]
    return page


def fill(source, pisd):
    parts = {"@COMMANDS@": (print_commands, [".SH COMMANDS", r".B pisd", r"lists its commands, and",
                                             r".BI pisd\~ COMMAND \~\-\-help", "describes one."]),
             "@SETTINGS@": (print_settings, [r".B pisd sample \-\-list\-settings", "prints all of them."])}
    for line in source.splitlines():
        make, otherwise = parts.get(line, (None, [line]))
        yield from make(pisd) if make and pisd else otherwise


def wrap(lines):
    """No line of text is longer than what editors show; what is set in stays."""
    is_code = False
    for line in lines:
        is_code = line == ".EX" or (is_code and line != ".EE")
        if is_code or line.startswith("."):
            yield line
        else:
            yield from textwrap.wrap(line, 74, break_long_words=False, break_on_hyphens=False)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    page = "\n".join(wrap(fill(source, sys.argv[3] if len(sys.argv) == 4 else ""))) + "\n"
    pathlib.Path(sys.argv[2]).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
