#!/usr/bin/env python3
"""Makes the golden fields of this folder from their formulas, with numpy alone.

  make-goldens.py FOLDER    writes {poisson,helmholtz}-{00,01}.npz and navier-stokes-00.npz there
  make-goldens.py --check   makes them again and compares them with the files beside this script (TAP);
                            skipped where numpy is not installed

The formulas are those of arXiv 2602.09708 and of src/DESIGN.md ("Conventions"), in their plainest
form: dense matrices of cosines and sines, one linear system a posterior, whole Fourier transforms of
a flow.  Nothing is shared with the
program under test, whose transforms are fast and whose factors are other ones.
"""
import os
import sys

try:
    import numpy as np
except ImportError:
    np = None

SEED = 20260209
CASES = 2
PROBLEMS = (("poisson", 0.0), ("helmholtz", 1.0))  # name, wave number
N = 128  # nodes in each direction
SENSORS = 500
JITTER = 1e-12  # of the readings' mean variance
STEPS = 900  # of the flow, from t = 0 to 1
FRAMES = (0, 1, 5, 9)  # that are kept, of t = 0, 1/9, ..., 1

# Largest difference over largest value.  Fields are sums of a few thousand terms; the system of a
# posterior has a condition number of up to 1e12, that of its jitter.
FIELD_TOLERANCE = 1e-11
SINGLE_TOLERANCE = 1e-6  # of what is kept in single precision
POSTERIOR_TOLERANCE = 1e-6


def cosines():
    """C[k, i]: orthonormal cosine k at node i, which the source's modes take at (i + 1/2) / N."""
    k, i = np.arange(N)[:, None], np.arange(N)[None, :]
    c = np.sqrt(2 / N) * np.cos(np.pi * k * (i + 0.5) / N)
    c[0] /= np.sqrt(2)
    return c


def sines():
    """B[k, i]: orthonormal sine k + 1 at inner node i + 1, zero on the boundary."""
    n = N - 1
    k, i = np.arange(1, n)[:, None], np.arange(1, n)[None, :]
    return np.sqrt(2 / n) * np.sin(np.pi * k * i / n)


class Equation:
    """lap u + k^2 u = a on the unit square, u = 0 on its boundary, by the 5-point formula."""

    def __init__(self, wavenumber):
        n = N - 1
        one = -4 * n**2 * np.sin(np.pi * np.arange(1, n) / (2 * n)) ** 2
        self.has_wavenumber = wavenumber != 0
        self.eigenvalues = one[:, None] + one[None, :] + wavenumber**2
        self.basis = sines()

    def solve(self, a):
        """u = B' ((B a B') / lambda) B, for one field or a stack of them; symmetric in a and u."""
        b = self.basis
        u = np.zeros_like(a)
        u[..., 1:-1, 1:-1] = b.T @ ((b @ a[..., 1:-1, 1:-1] @ b.T) / self.eigenvalues) @ b
        return u

    def bound(self, a):
        """The benchmark's sources of Helmholtz are 0 on the boundary."""
        if not self.has_wavenumber:
            return a
        inner = np.zeros_like(a)
        inner[1:-1, 1:-1] = a[1:-1, 1:-1]
        return inner


class Prior:
    """a = C' (s z) C with independent normal z and s = 3 N / (pi^2 |k|^2 + 9), without a mean."""

    def __init__(self):
        k = np.arange(N)
        self.basis = cosines()
        self.scale = 3 * N / (np.pi**2 * (k[:, None] ** 2 + k[None, :] ** 2) + 9)
        self.scale[0, 0] = 0

    def synthesize(self, z):
        return self.basis.T @ (self.scale * z) @ self.basis

    def condition(self, rows, readings):
        """E[a | <row_i, a> = reading_i] = C' (s z) C with z = H' (H H' + jitter)^-1 y."""
        h = (self.scale * (self.basis @ rows @ self.basis.T)).reshape(len(rows), -1)
        gram = h @ h.T
        gram[np.diag_indices_from(gram)] += JITTER * np.trace(gram) / len(gram)
        return self.synthesize((np.linalg.solve(gram, readings) @ h).reshape(N, N))


def choose_usable(nodes, boundary_tells):
    """Nodes that tell something: all, or those inside, where the boundary's values are known."""
    y, x = np.divmod(nodes, N)
    inside = (0 < y) & (y < N - 1) & (0 < x) & (x < N - 1)
    return nodes if boundary_tells else nodes[inside]


def unit_rows(nodes):
    rows = np.zeros((len(nodes), N * N))
    rows[np.arange(len(nodes)), nodes] = 1
    return rows.reshape(-1, N, N)


def make_case(random, equation, prior):
    """The arrays of one file; draws come in the order source, nodes of a, nodes of u."""
    a = equation.bound(prior.synthesize(random.standard_normal((N, N))))
    case = {"a": a, "u": equation.solve(a)}
    for field, task in (("a", "forward"), ("u", "inverse")):
        nodes = random.choice(N * N, SENSORS, replace=False)
        usable = choose_usable(nodes, field == "a" and not equation.has_wavenumber)
        rows = unit_rows(usable)
        if field == "u":
            rows = equation.solve(rows)
        mean = equation.bound(prior.condition(rows, case[field].ravel()[usable]))
        case["observed_" + field] = nodes.astype("i4")
        case[f"gp_{task}_a"] = mean
        case[f"gp_{task}_u"] = equation.solve(mean)
    return case


def make_flow(random):
    """w_t + v . grad w = nu lap w + f: frames of a random flow, by its Fourier amplitudes."""
    k = 2 * np.pi * np.fft.fftfreq(N, 1 / N)
    ky, kx = k[:, None], k[None, :]
    square = kx**2 + ky**2
    inverse = 1 / np.where(square > 0, square, np.inf)
    low = (abs(ky) <= 2 * np.pi * N / 3) & (abs(kx) <= 2 * np.pi * N / 3)
    phase = 2 * np.pi * np.add.outer(np.arange(N), np.arange(N)) / N
    force = np.fft.fft2(0.1 * (np.sin(phase) + np.cos(phase)))

    def nodes(amplitudes):
        return np.fft.ifft2(amplitudes).real

    def advection(w):
        u, v = nodes(1j * ky * inverse * w), nodes(-1j * kx * inverse * w)
        return low * np.fft.fft2(u * nodes(1j * kx * w) + v * nodes(1j * ky * w))

    spread = np.sqrt(2) * 7**1.5 * (square + 49) ** -1.25
    spread[0, 0] = 0
    noise = random.standard_normal((N, N)) + 1j * random.standard_normal((N, N))
    w = np.fft.fft2(nodes(N * N * spread * noise))
    dt, before, frames = 1 / STEPS, None, [nodes(w)]
    half = dt * 1e-3 * square / 2
    for step in range(1, STEPS + 1):
        now = advection(w)
        pulled = now if before is None else 1.5 * now - 0.5 * before
        w, before = ((1 - half) * w + dt * (force - pulled)) / (1 + half), now
        if step % (STEPS // 9) == 0:
            frames.append(nodes(w))
    return np.array(frames)[list(FRAMES)]


def make_flow_case(random):
    """The arrays of one file; draws come in the order nodes of frame 0, nodes of the last one, flow."""
    nodes = [random.choice(N * N, SENSORS, replace=False).astype("i4") for _ in range(2)]
    return {"w": make_flow(random).astype("f4"), "observed_a": nodes[0], "observed_u": nodes[1]}


def make_all():
    """Yields file name and arrays."""
    random = np.random.default_rng(SEED)
    prior = Prior()
    for name, wavenumber in PROBLEMS:
        equation = Equation(wavenumber)
        for number in range(CASES):
            yield f"{name}-{number:02d}.npz", make_case(random, equation, prior)
    yield "navier-stokes-00.npz", make_flow_case(random)


def compare(made, kept):
    """What differs by how much, as words; an empty list where nothing does."""
    if sorted(made) != sorted(kept.files):
        return [f"arrays: got {sorted(kept.files)}, expected {sorted(made)}"]
    faults = []
    for name, array in made.items():
        if name.startswith("observed_"):
            tolerance = 0
        elif array.dtype == np.float32:
            tolerance = SINGLE_TOLERANCE
        else:
            tolerance = POSTERIOR_TOLERANCE if name.startswith("gp_") else FIELD_TOLERANCE
        difference = np.max(np.abs(kept[name] - array)) / np.max(np.abs(array))
        if not difference <= tolerance:
            faults.append(f"{name}: got a difference of {difference:.2g}, expected at most {tolerance:g}")
    return faults


def check(folder):
    if np is None:
        print("1..0 # SKIP numpy is not installed")
        return 0
    failed = 0
    print(f"1..{len(PROBLEMS) * CASES + 1}")
    for number, (name, made) in enumerate(make_all(), 1):
        with np.load(os.path.join(folder, name)) as kept:
            faults = compare(made, kept)
        print("ok" if not faults else "not ok", number, name)
        for fault in faults:
            print("#", fault)
        failed += bool(faults)
    return 1 if failed else 0


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-") and sys.argv[1] != "--check":
        sys.exit(__doc__)
    if sys.argv[1] == "--check":
        return check(os.path.dirname(os.path.abspath(__file__)))
    if np is None:
        sys.exit("make-goldens.py: numpy is not installed, expected Python with numpy")
    os.makedirs(sys.argv[1], exist_ok=True)
    for name, arrays in make_all():
        np.savez_compressed(os.path.join(sys.argv[1], name), **arrays)
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
