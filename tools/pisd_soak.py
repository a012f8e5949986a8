"""What tools/monkey and tools/soak share: the memory of a process, and their reports in TAP."""


def read_megabytes(pid):
    """What a process holds itself, and what it shares with the X server."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        kilobytes = {line.split()[0]: int(line.split()[1]) for line in status if line.startswith(("VmRSS", "RssShmem"))}
    shared = kilobytes["RssShmem:"] * 1.024e-3
    return kilobytes["VmRSS:"] * 1.024e-3 - shared, shared


def report(number, title, complaints):
    """A line, and what was wrong below it; whether there was something."""
    print(f"{'not ok' if complaints else 'ok'} {number} - {title}")
    for complaint in complaints:
        print(f"# {complaint}")
    return bool(complaints)
