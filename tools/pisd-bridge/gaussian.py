#!/usr/bin/env python3
"""The Gaussian denoiser in numpy, from what the program says first: pisd sample --prior socket:NAME gives the run of
--prior gaussian.

    gaussian.py NAME

joint:      D = B (sigma^2 I + B'B)^-1 B' x,  z = B xi, B = [S; R S]
decoupled:  D = s^2 / (s^2 + sigma^2) x

with S = diag (s), s the table `ratio`, and R of `overlap` and `inverse`.  D is linear and symmetric: its own transpose.
"""
import sys

import numpy as np

import bridge


def make_solver(hello):
    """R, by parity pairs: modes of one parity alone hang together."""
    a, u = hello.get_part(0), hello.get_part(1)
    overlap, inverse = hello.tables["overlap"], hello.tables["inverse"]
    blocks = []
    for y in range(2):
        for x in range(2):
            i = np.flatnonzero((hello.ky[u] % 2 == y) & (hello.kx[u] % 2 == x))
            j = np.flatnonzero((hello.ky[a] % 2 == y) & (hello.kx[a] % 2 == x))
            if len(j) == 0:
                continue
            r = overlap[np.ix_(hello.ky[u][i], hello.ky[a][j])] * overlap[np.ix_(hello.kx[u][i], hello.kx[a][j])]
            r *= (inverse[i] / hello.scale[u][i])[:, None] * hello.scale[a][j][None, :]
            blocks.append((i, j, r))
    return blocks


class Joint:
    """One block at a time: B'B = S (I + R'R) S = V diag (w) V'."""

    def __init__(self, hello):
        self.n_a = len(hello.tables["ratio"])
        self.blocks = []
        for i, j, r in make_solver(hello):
            b = np.concatenate([np.eye(len(j)), r]) * hello.tables["ratio"][j][None, :]
            values, vectors = np.linalg.eigh(b.T @ b)
            self.blocks.append((np.concatenate([j, self.n_a + i]), b @ vectors, values))

    def denoise(self, sigma, x):
        out = np.zeros_like(x)
        for at, turned, values in self.blocks:
            inner = (x[:, at] @ turned) / (sigma[:, None] ** 2 + values[None, :])
            out[:, at] = inner @ turned.T
        return out


class Decoupled:
    def __init__(self, hello):
        self.variance = hello.tables["ratio"] ** 2

    def denoise(self, sigma, x):
        return self.variance / (self.variance + sigma[:, None] ** 2) * x


class Gaussian(bridge.Model):
    name = "Gaussian denoiser (numpy)"

    def open(self, hello):
        if hello.text["space"] == "decoupled":
            return Decoupled(hello)
        if "overlap" not in hello.tables:
            raise ValueError(f"got {hello.text['problem']}, whose joint prior is not in the handshake, "
                             "expected an equation that is linear")
        return Joint(hello)

    def denoise(self, told, sigma, x):
        return told.denoise(sigma, x)

    def vjp(self, told, sigma, x, v):
        return told.denoise(sigma, v)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: gaussian.py NAME")
    bridge.serve(Gaussian(), sys.argv[1])
