#!/usr/bin/env python3
"""Official networks from your own checkout of their repository, as priors of this program.

    official.py NAME --problem poisson --checkout DiffusionPDE --weights pretrained-poisson.pkl
    official.py NAME --problem poisson --checkout PISD --weights pretrained-poisson_hyperbolic_44-fourier.pkl

A pickle runs code: whoever made the file can do with your account whatever you can.  Open only one that you made, or have from
somebody whom you would let run programs here.  It is opened in this Python process alone; the program that samples gets numbers.

DiffusionPDE (Huang et al. 2024, arXiv 2406.17763) denoises (a, u), of a flow (w(0), w(1)), on the 128 x 128 grid, each times a
constant.  PISD (Gallon et al. 2026, arXiv 2602.09708; a checkout with a folder mean_and_std) denoises sine modes of a field a
that is continued to zero and of u, of zero mean and variance one, for poisson and helmholtz.  Both are EDM's pickles: 'ema' holds a network
that is called with noisy pictures and their sigma.  foreign.py says how noise of the one space becomes that of the other.

--match is the noise level that the network is told for sigma = 1 of ours.  'max' is that of the mode that is noisiest in the
network's units: no mode is noisier than the network is told, and most are better known, which it does not learn.  A lower one
shows it more of these, and tells it too little noise for the noisiest.  Default: max for DiffusionPDE, 1 for PISD, whose modes have
the same variances here and there.
"""
import argparse
import os
import pickle
import sys

import numpy as np

import bridge
import foreign
import gaussian

S = 128
# Their samplers begin at this noise or lower.
MOST_SIGMA = 80
# (a, u) times these is what DiffusionPDE's networks see: scripts/generate_*.py there.
SCALES = {"poisson": (1 / 2.15, 36.5), "helmholtz": (1 / 2.15, 1 / 0.028), "navier-stokes": (1 / 1.6, 1 / 1.6)}
# What they were trained for.
CONSTANTS = {"poisson": {}, "helmholtz": {"wavenumber": 1}, "navier-stokes": {"viscosity": 1e-3}}
# PISD's fields: nodes that are added on every side of a; of its hyperbolic sets, by their box: the low block and the strips beside it.
PADDING = 4
STRIPS = {32: (24, (6, 2)), 44: (38, (4, 2)), 64: (54, (10,))}
LEAST_SHARE = 0.9


def refuse(where, got, expected):
    raise ValueError(f"{where}: got {got}, expected {expected}")


def load(checkout, weights):
    """The network of a pickle, by the classes of the checkout."""
    for name in ("dnnlib", os.path.join("torch_utils", "persistence.py")):
        if not os.path.exists(os.path.join(checkout, name)):
            refuse(checkout, f"no {name}", "a checkout of DiffusionPDE or PISD")
    sys.path.insert(0, os.path.abspath(checkout))
    try:
        with open(weights, "rb") as file:
            content = pickle.load(file)
    except Exception as error:  # a pickle that is none, or needs what is not installed, may raise anything
        refuse(weights, f"{type(error).__name__}: {' '.join(str(error).split())}", "a pickle that this checkout opens")
    if not isinstance(content, dict) or "ema" not in content:
        refuse(weights, "a pickle without 'ema'", "one of EDM's, network-snapshot-*.pkl")
    network = content["ema"]
    for name in ("img_channels", "img_resolution"):
        if not isinstance(getattr(network, name, None), int):
            refuse(weights, f"'ema' without {name}", "a network of EDM's")
    network.use_fp16 = False
    return network.eval().requires_grad_(False)


def check_shape(weights, network, channels, resolution, whose):
    got = f"{network.img_channels} channels of {network.img_resolution} x {network.img_resolution}"
    if (network.img_channels, network.img_resolution) != (channels, resolution):
        refuse(weights, got, f"{channels} of {resolution} x {resolution}, {whose}")


def make_axis(basis, side):
    """[mode, node] on the program's grid: PROTOCOL.md."""
    k, i = np.arange(side)[:, None], np.arange(S)[None, :]
    if basis == "cosine":
        return np.sqrt(np.where(k > 0, 2, 1) / S) * np.cos(np.pi * k * (i + 0.5) / S)
    if basis == "sine":
        return np.sqrt(2 / (S - 1)) * np.sin(np.pi * (k + 1) * i / (S - 1))
    return bridge.orthonormal(basis, S)[:side]


class Grid:
    """DiffusionPDE's space: pictures of a and of u's last frame, first axis x, pixels with white noise."""

    match = 0.0  # the largest

    def __init__(self, options, network):
        self.scales = SCALES[options.problem]
        check_shape(options.weights, network, 2, S, "DiffusionPDE's (a, u)")
        self.shape = (2, S, S)

    def make(self, hello):
        """E and c."""
        fields = hello.text["fields"]
        side = max(field["side"] for field in fields)
        tables = np.zeros((2, side, S))
        for channel, field in enumerate(fields):
            tables[channel, :field["side"]] = make_axis(field["basis"], field["side"])
        last = np.array([field["frames"] - 1 for field in fields])[hello.field]
        told = np.flatnonzero(hello.frame == last)
        place = hello.field[told], hello.ky[told], hello.kx[told]
        e = np.zeros(hello.n)
        e[told] = hello.scale[told] * np.array(self.scales)[hello.field[told]]

        def synthesize(q):
            boxes = np.zeros((len(q), 2, side, side))
            boxes[(slice(None),) + place] = q[:, told]
            return np.einsum("ckj,rckl,cli->rcij", tables, boxes, tables, optimize=True).reshape(len(q), -1)

        def analyze(w):
            boxes = np.einsum("ckj,rcij,cli->rckl", tables, w.reshape(-1, 2, S, S), tables, optimize=True)
            q = np.zeros((len(w), hello.n))
            q[:, told] = boxes[(slice(None),) + place]
            return q

        return foreign.Scaled(e, 2 * S * S, synthesize, analyze), np.zeros(2 * S * S)


def continue_to_zero(pad):
    """[nodes inside, S]: nodes beside an edge are k-th parts of it that fall to zero, the outermost left out."""
    table, share = np.zeros((S + 2 * pad, S)), 1.0
    table[pad:pad + S] = np.eye(S)
    for k in range(1, pad + 1):
        share *= 1 - k / (pad + 1)
        table[pad - k, 0] = table[pad + S - 1 + k, S - 1] = share
    return table[1:-1]


def place_modes(square, side):
    """ky and kx of every number of a box, -1 where it holds none."""
    ky, kx = np.full((side, side), -1), np.full((side, side), -1)
    base, strips = (side, ()) if square else STRIPS[side]
    ky[:base, :base], kx[:base, :base] = np.mgrid[:base, :base]
    column = base
    for band, count in enumerate(strips, 1):
        along = np.arange(band * base, min((band + 1) * base, S - 2))
        for across in range(count):
            ky[:len(along), column], kx[:len(along), column] = across, along
            ky[column, :len(along)], kx[column, :len(along)] = along, across
            column += 1
    return ky.ravel(), kx.ravel()


class Spectral:
    """PISD's space: sine modes of a continued to zero, and of u, of mean zero and variance one."""

    match = 1.0

    def __init__(self, options, network):
        side = network.img_resolution
        strategy = options.strategy or f"hyperbolic_{side}"
        self.square, self.shape = strategy.startswith("square"), (2, side, side)
        if options.problem not in ("poisson", "helmholtz"):
            refuse(options.checkout, options.problem, "poisson or helmholtz, the times of PISD's flows are other ones")
        if not self.square and side not in STRIPS:
            refuse(options.weights, f"hyperbolic modes in a box of {side}", "one of 32, 44 or 64")
        check_shape(options.weights, network, 2, int(strategy.split("_")[-1]), "PISD's modes of a and u")
        name = f"poisson_{strategy}" if options.problem == "poisson" else "helmholtz"
        self.mean, self.std = (self.read(options.checkout, f"{name}_{kind}.npy") for kind in ("mean", "std"))

    def read(self, checkout, name):
        path = os.path.join(checkout, "mean_and_std", name)
        if not os.path.exists(path):
            refuse(path, "nothing there", "the set-up's means and deviations (--strategy)")
        array = np.load(path)
        if array.shape != self.shape:
            refuse(path, array.shape, self.shape)
        return array.astype(float).ravel()

    def make(self, hello):
        """E and c; parity classes of a hang together, every mode of u stands alone."""
        side, fields = self.shape[1], hello.text["fields"]
        ky, kx = np.tile(place_modes(self.square, side), 2)
        field = np.repeat([0, 1], side * side)
        inside = continue_to_zero(PADDING)
        sines = bridge.orthonormal("sine", len(inside))
        tables = [sines @ inside @ make_axis(fields[0]["basis"], fields[0]["side"]).T,
                  np.eye(S - 2)[:, :fields[1]["side"]]]
        deviation = self.std + 1e-8

        def make_key(f, y, x):
            if y < 0:
                return "none"
            return (0, y % 2, x % 2) if f == 0 else (1, y, x)

        def entries(theirs, ours):
            table = tables[field[theirs[0]]]
            block = table[np.ix_(ky[theirs], hello.ky[ours])] * table[np.ix_(kx[theirs], hello.kx[ours])]
            return block * hello.scale[ours] / deviation[theirs, None]

        ours, theirs = map(make_key, hello.field, hello.ky, hello.kx), map(make_key, field, ky, kx)
        ours, theirs = list(ours), list(theirs)
        self.compare(ours, theirs)
        return foreign.Blocks(ours, theirs, entries), -self.mean / deviation

    def compare(self, ours, theirs):
        """Modes of u: what a state does not hold, the network is told to be zero."""
        expected = {key for key in theirs if key[0] == 1}
        share = len(expected & set(ours)) / len(expected)
        if share < LEAST_SHARE:
            refuse("the program's modes", f"{100 * share:.0f} % of the network's",
                   f"nearly all: mode-set={'square' if self.square else 'hyperbolic'}, modes={self.shape[1]}")


def make_prior(hello):
    """Mean and blocks of the Gaussian that the program tells."""
    if "covariance" in hello.tables:
        frames = gaussian.Frames(hello)
        modes = len(frames.values)
        where = np.arange(modes)[:, None] + modes * np.arange(frames.n_frames)[None, :]
        return frames.mean, [(where, frames.vectors * np.sqrt(frames.values)[:, None, :])]
    if "overlap" in hello.tables:
        return 0.0, [(where[None], turned[None]) for where, turned, _ in gaussian.Joint(hello).blocks]
    return 0.0, None


class Official(bridge.Model):
    most_rows = 8

    def __init__(self, options):
        import torch  # here, so that --help needs none of it
        self.torch, self.options = torch, options
        network = load(options.checkout, options.weights)
        spectral = os.path.isdir(os.path.join(options.checkout, "mean_and_std"))
        self.space = (Spectral if spectral else Grid)(options, network)
        self.network = network.to(options.device)
        self.name = f"{'PISD' if spectral else 'DiffusionPDE'}, {os.path.basename(options.weights)}"

    def open(self, hello):
        text, problem = hello.text, self.options.problem
        if text["problem"] != problem or text["space"] != "joint":
            refuse("the run", f"{text['problem']}, {text['space']}", f"{problem}, joint")
        if text["constants"] != CONSTANTS[problem]:
            refuse("the run's constants", text["constants"], CONSTANTS[problem])
        match = self.space.match if self.options.match is None else self.options.match
        return foreign.Foreign(*self.space.make(hello), match, self.options.error, MOST_SIGMA, *make_prior(hello))

    def evaluate(self, w, s, cotangent=None):
        """D(w, s), or the product of the transpose of its Jacobian."""
        picture, level = (self.torch.tensor(a, dtype=self.torch.float32, device=self.options.device) for a in (w, s))
        picture = picture.reshape(-1, *self.space.shape).requires_grad_(cotangent is not None)
        out = self.network(picture, level, None)
        if cotangent is not None:
            seed = self.torch.tensor(cotangent, dtype=self.torch.float32, device=self.options.device)
            out = self.torch.autograd.grad(out, picture, seed.reshape(out.shape))[0]
        return out.detach().reshape(len(w), -1).cpu().numpy().astype(float)

    def denoise(self, told, sigma, x):
        with self.torch.no_grad():
            return told.denoise(sigma, x, self.evaluate)

    def vjp(self, told, sigma, x, v):
        return told.vjp(sigma, x, v, self.evaluate)


def read_positive(text):
    """0.0 for max."""
    if text == "max":
        return 0.0
    value = float(text)
    if not 0 < value < np.inf:
        raise ValueError(text)
    return value


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--problem", required=True, choices=sorted(SCALES), help="what the network was trained for")
    parser.add_argument("--checkout", required=True, help="folder of the repository, with dnnlib and torch_utils")
    parser.add_argument("--weights", required=True, help="pickle; see above before you open one")
    parser.add_argument("--strategy", help="PISD's set of modes, hyperbolic_44 or square_44; default: hyperbolic")
    parser.add_argument("--match", type=read_positive, help="a number above 0 or max: see above")
    parser.add_argument("--error", type=read_positive, default=0.01, help="of the network's numbers, allowed for (0.01)")
    parser.add_argument("--device", default="cpu")
    return parser.parse_args()


if __name__ == "__main__":
    given = read_options()
    try:
        served = Official(given)
    except (ImportError, ValueError) as error:
        sys.exit(f"official.py: {error}")
    bridge.serve(served, given.name)
