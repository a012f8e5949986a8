#!/usr/bin/env python3
"""Adds up what `meson test` left in the given build directories.

  sum-junit.py DIRECTORY ...     prints a line a directory, then `N passed, N failed` alone on the last line
  sum-junit.py --self-check      TAP: are planted results counted right?

The JUnit file carries the single results of every TAP test; testlog.json carries how each program ended,
which says more: a program that crashed, leaked or timed out after its last `ok` counts as one failure more.
Exit status 1 if anything failed or a directory holds no results at all.
"""
import json
import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

# meson copies what a test printed as it stands; XML knows no control characters.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
GOOD_ENDS = {"OK", "EXPECTEDFAIL", "SKIP"}


def program_name(name):
    """`rng` of `project.project:engine / rng`, of `project:engine / rng` and of `project.rng`: versions of meson differ."""
    return name.rsplit(" / ", 1)[-1].rsplit(":", 1)[-1].rsplit(".", 1)[-1]


def count_suite(suite):
    """(passed, failed, skipped) of one <testsuite> element."""
    passed = failed = skipped = 0
    for case in suite.iter("testcase"):
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            failed += 1
        elif "skipped" in kinds:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def read_logs(directory, ending):
    """The texts of `testlog.ENDING`, or `testlog-SETUP.ENDING`."""
    return [log.read_text(encoding="utf-8", errors="replace")
            for log in sorted((directory / "meson-logs").glob(f"testlog*.{ending}"))]


def read_suites(directory):
    """Counts by program."""
    counts = {}
    for text in read_logs(directory, "junit.xml"):
        for suite in ElementTree.fromstring(NOT_XML.sub("", text).encode("utf-8")).iter("testsuite"):
            counts[program_name(suite.get("name"))] = count_suite(suite)
    return counts


def read_ends(directory):
    """How each program ended."""
    ends = {}
    for text in read_logs(directory, "json"):
        for line in text.splitlines():
            entry = json.loads(line)
            ends[program_name(entry["name"])] = entry["result"]
    return ends


def count_directory(directory):
    """(passed, failed, skipped, names of programs that failed)."""
    suites, ends = read_suites(directory), read_ends(directory)
    totals, culprits = [0, 0, 0], []
    for name, end in sorted(ends.items()):
        passed, failed, skipped = suites.get(name, (0, 0, 0))
        if end not in GOOD_ENDS and failed == 0:
            failed = 1
        if failed:
            culprits.append(f"{name} ({end})")
        for index, count in enumerate((passed, failed, skipped)):
            totals[index] += count
    return (*totals, culprits)


def summarize(directories):
    """(lines to print, exit status)."""
    lines, all_passed, all_failed, status = [], 0, 0, 0
    for directory in directories:
        passed, failed, skipped, culprits = count_directory(pathlib.Path(directory))
        lines.append(f"{directory}: {passed} passed, {failed} failed, {skipped} skipped")
        lines += [f"  failed: {culprit}" for culprit in culprits]
        if passed + failed == 0:
            lines.append(f"{directory}: nothing ran")
            failed = 1
        all_passed += passed
        all_failed += failed
    if all_failed:
        status = 1
    return lines + [f"{all_passed} passed, {all_failed} failed"], status


def plant(directory, programs):
    """Writes logs as meson does; programs: name, how it ended, its cases as child tags."""
    logs = pathlib.Path(directory) / "meson-logs"
    logs.mkdir(parents=True)
    root = ElementTree.Element("testsuites")
    entries = []
    for name, end, cases in programs:
        entries.append(json.dumps({"name": f"project:engine / {name}", "result": end}))
        suite = ElementTree.SubElement(root, "testsuite", name=f"project.project:engine / {name}")
        for case in cases:
            element = ElementTree.SubElement(suite, "testcase", name="case")
            if case:
                ElementTree.SubElement(element, case)
        ElementTree.SubElement(suite, "system-out").text = "a bell \a, an escape \x1b and an umlaut ü"
    (logs / "testlog-all.json").write_text("".join(entry + "\n" for entry in entries), encoding="utf-8")
    ElementTree.ElementTree(root).write(logs / "testlog-all.junit.xml", encoding="utf-8", xml_declaration=True)


CHECKS = (
    ("all good", [("one", "OK", ["", ""]), ("two", "OK", ["", "skipped"])], "3 passed, 0 failed", 0),
    ("a case failed", [("one", "FAIL", ["", "failure"])], "1 passed, 1 failed", 1),
    ("a crash after the last ok", [("one", "ERROR", ["", ""])], "2 passed, 1 failed", 1),
    ("a timeout before the first", [("one", "TIMEOUT", [])], "0 passed, 1 failed", 1),
    ("only skipped", [("one", "SKIP", ["skipped"])], "0 passed, 1 failed", 1),
    ("no programs", [], "0 passed, 1 failed", 1),
)


def self_check():
    bad = 0
    print(f"1..{len(CHECKS)}")
    for number, (title, programs, line, status) in enumerate(CHECKS, 1):
        with tempfile.TemporaryDirectory() as directory:
            plant(directory, programs)
            lines, got_status = summarize([directory])
        good = lines[-1] == line and got_status == status
        bad += not good
        print(f"{'ok' if good else 'not ok'} {number} - {title}")
        if not good:
            print(f"# got `{lines[-1]}` and status {got_status}, expected `{line}` and {status}")
    return 1 if bad else 0


def main(arguments):
    if arguments == ["--self-check"]:
        return self_check()
    lines, status = summarize(arguments)
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
