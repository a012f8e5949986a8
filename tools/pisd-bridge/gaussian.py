#!/usr/bin/env python3
"""The Gaussian denoiser in numpy, from what the program says first: pisd sample --prior socket:NAME gives the run of
--prior gaussian.

    gaussian.py NAME

joint:      D = B (sigma^2 I + B'B)^-1 B' x,  z = B xi, B = [S; R S]
decoupled:  D = s^2 / (s^2 + sigma^2) x
of a flow:  D = mu + C (C + sigma^2 I)^-1 (x - mu) for the amplitudes of a mode in all frames

with S = diag (s), s the table `ratio`, R of `overlap` and `inverse`, mu the table `mean`, C of `class` and `covariance`.  The Jacobian
of D is symmetric: its own transpose.
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
    mean = 0.0

    def __init__(self, hello):
        self.n_a = len(hello.tables["ratio"])
        self.blocks = []
        for i, j, r in make_solver(hello):
            b = np.concatenate([np.eye(len(j)), r]) * hello.tables["ratio"][j][None, :]
            values, vectors = np.linalg.eigh(b.T @ b)
            self.blocks.append((np.concatenate([j, self.n_a + i]), b @ vectors, values))

    def shrink(self, sigma, x):
        out = np.zeros_like(x)
        for at, turned, values in self.blocks:
            inner = (x[:, at] @ turned) / (sigma[:, None] ** 2 + values[None, :])
            out[:, at] = inner @ turned.T
        return out


class Decoupled:
    mean = 0.0

    def __init__(self, hello):
        self.variance = hello.tables["ratio"] ** 2

    def shrink(self, sigma, x):
        return self.variance / (self.variance + sigma[:, None] ** 2) * x


class Frames:
    """C = V diag (w) V' of every mode's class."""

    def __init__(self, hello):
        self.mean, covariance = hello.tables["mean"], hello.tables["covariance"]
        self.n_frames = sum(field["frames"] for field in hello.text["fields"])
        values, vectors = np.linalg.eigh(covariance.reshape(-1, self.n_frames, self.n_frames))
        of_mode = hello.tables["class"].astype(int)
        self.values, self.vectors = np.maximum(values, 0)[of_mode], vectors[of_mode]

    def shrink(self, sigma, x):
        frames = x.reshape(len(x), self.n_frames, -1).transpose(2, 0, 1)  # [modes, rows, frames]
        turned = frames @ self.vectors
        turned *= self.values[:, None, :] / (self.values[:, None, :] + sigma[None, :, None] ** 2)
        return (turned @ self.vectors.transpose(0, 2, 1)).transpose(1, 2, 0).reshape(x.shape)


class Gaussian(bridge.Model):
    name = "Gaussian denoiser (numpy)"

    def open(self, hello):
        if hello.text["space"] == "decoupled":
            return Decoupled(hello)
        if "covariance" in hello.tables:
            return Frames(hello)
        if "overlap" not in hello.tables:
            raise ValueError(f"got {hello.text['problem']}, whose joint prior is not in the handshake, "
                             "expected one that is")
        return Joint(hello)

    def denoise(self, told, sigma, x):
        return told.mean + told.shrink(sigma, x - told.mean)

    def vjp(self, told, sigma, x, v):
        return told.shrink(sigma, v)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: gaussian.py NAME")
    bridge.serve(Gaussian(), sys.argv[1])
