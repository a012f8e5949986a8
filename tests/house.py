"""What the checks of the house share: TAP, and the proof that each kind of planted violation is found."""
import pathlib
import sys
import tempfile


def report(results):
    """TAP of (title, complaints); exit status."""
    print(f"1..{len(results)}")
    for number, (title, complaints) in enumerate(results, 1):
        print(f"{'not ok' if complaints else 'ok'} {number} - {title}")
        for complaint in complaints:
            print(f"# {title}: {complaint}")
    return 1 if any(complaints for _, complaints in results) else 0


def self_check(check_tree, planted, others):
    """Plants files below src, (path, text, whether that is a violation), beside `others`, (path, text), and compares."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for path, text in [(path, text + "\n") for path, text, _ in planted] + list(others):
            (root / "src" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "src" / path).write_text(text, encoding="utf-8")
        found = dict(check_tree(root))
    results = []
    for path, _, violation in planted:
        complaints = found.get("src/" + path)
        missed = "was not looked at" if complaints is None else f"got {complaints}, expected a violation: {violation}"
        results.append((path, [] if complaints is not None and bool(complaints) == violation else [missed]))
    return report(results)


def main(usage, check_tree, planted, others=()):
    """SOURCE_ROOT or --self-check; exit status."""
    arguments = sys.argv[1:]
    if arguments == ["--self-check"]:
        return self_check(check_tree, planted, others)
    if len(arguments) != 1:
        sys.exit(usage)
    return report(check_tree(pathlib.Path(arguments[0])))
