#!/usr/bin/env python3
"""tools/pisd-bridge/official.py and foreign.py, without anybody's checkout (TAP; skipped where numpy is not installed, the
parts with networks where PyTorch is not).

  check-official.py PISD      the command-line program

Checkouts and pickles are made here, with the layout and the calls of DiffusionPDE's and PISD's.
"""
import json
import os
import pickle
import struct
import subprocess
import sys
import tempfile
import types

import house

BRIDGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools", "pisd-bridge")
SIDE = 8
ROUNDING = 1e-10
SINGLE = 2e-3  # of numbers of 32 bits, and of finite differences of them

# What stands for their torch_utils/persistence.py: it makes an object from the source that came with the pickle.
PERSISTENCE = """
SOURCE = '''{source}'''

def rebuild(meta):
    space = {{}}
    exec(meta["source"], space)
    made = space["Network"].__new__(space["Network"])
    made.__dict__.update(meta["state"])
    return made
"""
NETWORK = """
import torch

class Network(torch.nn.Module):
    def __init__(self, channels, resolution, hidden):
        super().__init__()
        self.img_channels, self.img_resolution, self.label_dim, self.use_fp16 = channels, resolution, 0, True
        torch.manual_seed(1)
        self.first = torch.nn.Conv2d(channels, hidden, 3, padding=1) if hidden else None
        self.last = torch.nn.Conv2d(hidden, channels, 3, padding=1) if hidden else None

    def forward(self, x, sigma, class_labels=None):
        assert not self.use_fp16
        level = sigma.reshape(-1, 1, 1, 1)
        out = x / (1 + level ** 2)
        if self.first is not None:
            out = out + 0.3 * level / (1 + level) * self.last(torch.tanh(self.first(out)))
        return out

    def __reduce__(self):
        from torch_utils import persistence
        return persistence.rebuild, (dict(source=persistence.SOURCE, state=self.__dict__),)
"""


def make_hello(problem="poisson", side=SIDE):
    """What the program says of a small state, scales that fall."""
    import bridge

    rows = []
    for field, first in ((0, 1), (1, 0)):
        rows += [(field, 0, k // side, k % side, 100 / (9 + (k // side) ** 2 + (k % side) ** 2) ** (1 + field))
                 for k in range(first, side * side)]
    n_a = side * side - 1
    fields = [dict(name="a", basis="cosine", frames=1, offset=0, modes=n_a, side=side),
              dict(name="u", basis="sine", frames=1, offset=n_a, modes=n_a + 1, side=side)]
    constants = {"wavenumber": 1} if problem == "helmholtz" else {}
    text = json.dumps(dict(problem=problem, constants=constants, space="joint", n=len(rows), grid=128, fields=fields,
                           tables=[["modes", len(rows), 5]])).encode()
    numbers = [number for row in rows for number in row]
    return bridge.Hello(struct.pack("<II", len(text), 0) + text + struct.pack(f"<{len(numbers)}d", *numbers))


def make_options(folder, **changes):
    options = dict(problem="poisson", checkout=folder, weights=os.path.join(folder, "w.pkl"), strategy=None, match=None,
                   error=0.01, device="cpu")
    return types.SimpleNamespace(**{**options, **changes})


def make_spaces(folder):
    """Both spaces, of a small state: (name, E, c, matches)."""
    import numpy as np
    import official

    hello = make_hello()
    grid = official.Grid(make_options(folder), types.SimpleNamespace(img_channels=2, img_resolution=128))
    spectral = official.Spectral(make_options(folder, strategy=f"square_{SIDE}"),
                                 types.SimpleNamespace(img_channels=2, img_resolution=SIDE))
    assert np.abs(spectral.mean).max() > 0
    return [("grid", *grid.make(hello)), ("modes", *spectral.make(hello))]


def write_statistics(folder):
    """Deviations of PISD's modes: those of u are the scales of the state."""
    import numpy as np

    y, x = np.mgrid[:SIDE, :SIDE]
    std = np.stack([200 / (9 + y ** 2 + x ** 2), 100 / (9 + y ** 2 + x ** 2) ** 2])
    os.makedirs(os.path.join(folder, "mean_and_std"), exist_ok=True)
    for kind, array in (("mean", 0.1 * std), ("std", std)):
        np.save(os.path.join(folder, "mean_and_std", f"poisson_square_{SIDE}_{kind}.npy"), array)


def check_space(name, space):
    """E's transpose is its transpose, and its columns stand upright."""
    import numpy as np

    random = np.random.default_rng(1)
    q, w = random.standard_normal((3, space.n)), random.standard_normal((3, space.m))
    sides = (space.to_theirs(q) * w).sum(1), (q * space.to_ours(w)).sum(1)
    found = {"transpose": np.abs(sides[0] - sides[1]).max() / np.abs(sides[0]).max(),
             "columns": np.abs(space.to_ours(space.to_theirs(q)) - space.e ** 2 * q).max() / space.e.max() ** 2,
             "turns": np.abs(space.turn(space.turn(q), back=True) - q).max()}
    return [f"{name}: {what}: {value:.2g}" for what, value in found.items() if not value < ROUNDING]


def make_prior(space):
    """A Gaussian whose fields hang together, in blocks of one parity: mean, stacks and the whole factor."""
    import numpy as np

    random, states = np.random.default_rng(7), make_hello()
    factor, stacks = [], []
    for parity in range(4):
        where = np.flatnonzero(states.ky % 2 * 2 + states.kx % 2 == parity)
        block = random.standard_normal((len(where), 20)) / 4
        stacks.append((where[None], block[None]))
        whole = np.zeros((space.n, 20))
        whole[where] = block
        factor.append(whole)
    return random.standard_normal(space.n), stacks, np.concatenate(factor, 1)


def shrink(factor, variance, x):
    """F (F'F + v I)^-1 F' x, a variance a row."""
    import numpy as np

    values, vectors = np.linalg.eigh(factor.T @ factor)
    turned = factor @ vectors
    return (x @ turned / (values + variance[:, None])) @ turned.T


def check_gaussian(name, space, centre, match):
    """The Gaussian denoiser of their space gives that of ours; where no mode is noisier than the network is told, one of any mean
    does."""
    import foreign
    import numpy as np

    mean, stacks, factor = make_prior(space)
    shift = np.random.default_rng(6).standard_normal(space.n) * (match == 0)
    middle = centre + space.to_theirs(space.turn((mean + shift)[None]))[0]
    across = space.to_theirs(space.turn(np.ascontiguousarray(factor.T))).T

    def network(w, s, cotangent=None):
        if s.max() > 1000:
            raise ValueError(f"asked at {s.max()}")
        if cotangent is not None:
            return shrink(across, s ** 2, cotangent)
        return middle + shrink(across, s ** 2, w - middle)

    composed = foreign.Foreign(space, centre, match, 1e-9, 1000, mean, stacks)
    x, sigma = np.random.default_rng(2).standard_normal((4, space.n)), np.array([0.003, 0.3, 2.0, 1e4])
    there = mean + (sigma < 1e4)[:, None] * shift
    expected = there + shrink(factor, sigma ** 2, x - there), shrink(factor, sigma ** 2, x)
    got = composed.denoise(sigma, x, network), composed.vjp(sigma, x, x, network)
    wrong = [np.abs(one - other).max() for one, other in zip(got, expected)]
    return [f"{name}, match {match}: {value:.2g} from the Gaussian denoiser" for value in wrong if not value < 1e-6]


def check_noise(name, space, centre, match):
    """Noise of ours and what is added make the white noise that the network is told, but where ours is more."""
    import foreign
    import numpy as np

    if space.m > 1000:
        return []
    composed, sigma = foreign.Foreign(space, centre, match, 0.01, 80), 0.7
    composed.noise, below = np.eye(space.m), space.e <= composed.match
    composed.heard = space.to_ours(composed.noise)
    columns = space.to_theirs(np.eye(space.n))
    added = composed.make_input(np.full(space.m, sigma), np.zeros((space.m, space.n)), 1.0)
    whole = added.T @ added + columns[below].T @ columns[below] * sigma ** 2
    above = columns[~below] / space.e[~below, None] * composed.match * sigma
    wrong = np.abs(whole + above.T @ above - (composed.match * sigma) ** 2 * np.eye(space.m)).max()
    return [f"{name}, match {match}: covariance off by {wrong:.2g}"] if not wrong < ROUNDING else []


def check_fields(spaces):
    """A mode of each field, in pixels of the one space and in sine modes of the other."""
    import numpy as np

    states, nodes = make_hello(), np.arange(128)
    place = {field: states.get_part(field).start + 2 * SIDE + (1 if field else 0) for field in (0, 1)}  # ky 2, kx 1
    y, x = [np.sqrt(2 / 128) * np.cos(np.pi * k * (nodes + 0.5) / 128) for k in (2, 1)]
    a = states.scale[place[0]] * np.outer(x, y)
    y, x = [np.sqrt(2 / 127) * np.sin(np.pi * (k + 1) * nodes / 127) for k in (2, 1)]
    u = states.scale[place[1]] * np.outer(x, y)
    assert all((states.ky[i], states.kx[i]) == (2, 1) for i in place.values())
    padded = np.pad(a, 4, mode="edge")
    fall = np.ones(136)
    fall[:4] = fall[:-5:-1] = np.cumprod([0.8, 0.6, 0.4, 0.2])[::-1]
    i = np.arange(1, 135)
    table = np.sqrt(2 / 135) * np.sin(np.pi * np.outer(i[:SIDE], i) / 135)
    modes = table @ (padded * np.outer(fall, fall))[1:-1, 1:-1].T @ table.T
    square = np.square(np.mgrid[:SIDE, :SIDE]).sum(0)
    expected = {("grid", 0): a / 2.15, ("grid", 1): 36.5 * u, ("modes", 0): modes / (200 / (9 + square))}
    complaints = []
    for name, space, _ in spaces:
        for field in (0, 1):
            got = space.to_theirs(space.turn(np.eye(states.n)[place[field]][None]))[0].reshape(2, -1)[field]
            if (name, field) in expected:
                wanted = expected[name, field].ravel()
                wrong = np.abs(got - wanted).max() / np.abs(wanted).max()
                if not wrong < 1e-8:
                    complaints.append(f"{name}, field {field}: {wrong:.2g}")
    return complaints


def check_slope(name, space, centre, match):
    """The product of the transpose of the Jacobian against central differences, of a network that is bent."""
    import foreign
    import numpy as np

    def network(w, s, cotangent=None):
        level = (s / (1 + s))[:, None]
        if cotangent is None:
            return w / (1 + s[:, None]) + level * np.tanh(w)
        return cotangent * (1 / (1 + s[:, None]) + level / np.cosh(w) ** 2)

    mean, stacks, _ = make_prior(space)
    composed = foreign.Foreign(space, centre, match, 0.01, 80, mean, stacks)
    x, v, along = np.random.default_rng(3).standard_normal((3, 2, space.n))
    sigma, step = np.array([0.1, 1.0]), 1e-5
    ends = [composed.denoise(sigma, x + sign * step * along, network) for sign in (1, -1)]
    expected = ((ends[0] - ends[1]) / (2 * step) * v).sum(1)
    got = (composed.vjp(sigma, x, v, network) * along).sum(1)
    wrong = (np.abs(got - expected) / np.abs(v).sum()).max()
    return [f"{name}, match {match}: off by {wrong:.2g}"] if not wrong < 1e-9 else []


def write_checkout(folder):
    for name in ("dnnlib", "torch_utils"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        with open(os.path.join(folder, name, "__init__.py"), "w", encoding="utf-8"):
            pass
    with open(os.path.join(folder, "torch_utils", "persistence.py"), "w", encoding="utf-8") as file:
        file.write(PERSISTENCE.format(source=NETWORK))


def write_network(folder, *sizes):
    sys.path.insert(0, folder)
    space = {}
    exec(NETWORK, space)
    with open(os.path.join(folder, "w.pkl"), "wb") as file:
        pickle.dump(dict(ema=space["Network"](*sizes), loss_fn=None), file)


def check_network(folder, channels, resolution, strategy, states):
    """A bent network out of a pickle, by finite differences in numbers of 32 bits."""
    import numpy as np
    import official

    write_network(folder, channels, resolution, 8)
    model = official.Official(make_options(folder, strategy=strategy))
    told = model.open(states)
    x, v, along = np.random.default_rng(4).standard_normal((3, 2, states.n))
    sigma, step = np.array([0.3, 2.0]), 1e-2
    ends = [model.denoise(told, sigma, x + sign * step * along) for sign in (1, -1)]
    expected = ((ends[0] - ends[1]) / (2 * step) * v).sum(1)
    wrong = np.abs((model.vjp(told, sigma, x, v) * along).sum(1) - expected) / np.linalg.norm(v, axis=1)
    return [f"{model.name}: slope off by {wrong.max():.2g}"] if not wrong.max() < SINGLE else []


def check_modes(folder):
    """PISD's modes of u are the state's own: a network that holds them for white has the linear denoiser there."""
    import numpy as np
    import official

    write_network(folder, 2, SIDE, 0)
    model, states = official.Official(make_options(folder, strategy=f"square_{SIDE}")), make_hello()
    model.space.mean[:] = 0
    x, sigma = np.random.default_rng(5).standard_normal((2, states.n)), np.array([0.3, 2.0])
    difference = model.denoise(model.open(states), sigma, x) - x / (1 + sigma[:, None] ** 2)
    wrong = np.abs(difference[:, states.get_part(1)]).max() + abs(model.open(states).match - 1)
    return [f"u: {wrong:.2g} from the linear denoiser"] if not wrong < 1e-5 else []


def check_refused(folder):
    """One line each: what, where, got, expected."""
    import official

    write_network(folder, 3, 128, 0)
    plain = os.path.join(folder, "plain")
    os.makedirs(plain, exist_ok=True)
    for name, content in (("text", b"no pickle"), ("no-ema", pickle.dumps({"net": 1})), ("number", pickle.dumps({"ema": 1}))):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    rows = [(plain, "w.pkl", "plain: got no dnnlib, expected a checkout of DiffusionPDE or PISD"),
            (folder, "absent", "absent: got FileNotFoundError: "),
            (folder, "text", "text: got UnpicklingError: "),
            (folder, "no-ema", "no-ema: got a pickle without 'ema', expected one of EDM's"),
            (folder, "number", "number: got 'ema' without img_channels, expected a network of EDM's"),
            (folder, "w.pkl", "w.pkl: got 3 channels of 128 x 128, expected 2 of 128 x 128")]
    complaints = []
    for checkout, weights, expected in rows:
        said = "nothing"
        try:
            official.Official(make_options(checkout, weights=os.path.join(folder, weights)))
        except ValueError as error:
            said = str(error)
        if expected not in said or "\n" in said:
            complaints.append(f"{weights}: got {said!r}, expected {expected!r}")
    command = make_command(plain, os.path.join(folder, "s"))
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 1 or ended.stderr.count("\n") != 1:
        complaints.append(f"got {ended.returncode} and {ended.stderr!r}, expected one line")
    return complaints


def make_command(checkout, name):
    return [sys.executable, "-B", os.path.join(BRIDGE, "official.py"), name, "--problem", "poisson", "--checkout", checkout,
            "--weights", os.path.join(checkout, "w.pkl")]


def check_run(pisd, folder):
    """The program's own run, with gradients, to its end."""
    write_network(folder, 2, 128, 4)
    name = os.path.join(folder, "socket")
    with subprocess.Popen(make_command(folder, name), stderr=subprocess.PIPE, text=True) as model:
        try:
            first = model.stderr.readline()
            if "listening" not in first:
                return [f"got {first!r}, expected that it listens"]
            words = ["sample", "--observe-u", "20", "--set", "modes=8", "--steps", "6", "--guidance", "pisd", "--prior",
                     f"socket:{name}", "--output", os.path.join(folder, "o.npz")]
            ended = subprocess.run([pisd, *words], capture_output=True, text=True)
            other = subprocess.run([pisd, *words, "--problem", "helmholtz"], capture_output=True, text=True)
        finally:
            model.terminate()
    complaints = [] if ended.returncode == 0 else [f"got {ended.returncode}: {ended.stderr}"]
    if "got helmholtz, joint, expected poisson, joint" not in other.stderr:
        complaints.append(f"another equation: got {other.stderr!r}")
    return complaints


def check_networks(pisd, folder):
    """With PyTorch; in a checkout of DiffusionPDE's first, with mean_and_std one of PISD's."""
    write_checkout(folder)
    results = [("refused", check_refused(folder)), ("run", check_run(pisd, folder)),
               ("grid network", check_network(folder, 2, 128, None, make_hello()))]
    write_statistics(folder)
    return results + [("modes network", check_network(folder, 2, SIDE, f"square_{SIDE}", make_hello())),
                      ("modes of u", check_modes(folder))]


def main():
    try:
        import numpy  # noqa: F401
    except ImportError:
        print("1..0 # SKIP numpy is not installed")
        return 0
    sys.path.insert(0, BRIDGE)
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory() as folder:
        write_statistics(folder)
        spaces, matches = make_spaces(folder), (0.0, 1.0, 0.3)
        results = [("space", [line for name, space, _ in spaces for line in check_space(name, space)])]
        results.append(("fields", check_fields(spaces)))
        for title, check in (("gaussian", check_gaussian), ("noise", check_noise), ("slope", check_slope)):
            results.append((title, [line for space in spaces for match in matches for line in check(*space, match)]))
    try:
        import torch
        torch.set_num_threads(1)
    except ImportError:
        print("# PyTorch is not installed: networks are left out")
        return house.report(results)
    with tempfile.TemporaryDirectory() as folder:
        return house.report(results + check_networks(os.path.abspath(sys.argv[1]), folder))


if __name__ == "__main__":
    sys.exit(main())
