#!/usr/bin/env python3
"""A network in PyTorch with EDM's preconditioning, on the grid that the state's modes make.

    edm.py NAME --untrained                      a small network with random weights: D is nearly the linear part
    edm.py NAME --module FILE.py --weights W.pt  yours: FILE.py has make(channels), W.pt is its state_dict

D = c_skip x + c_out F (c_in x, ln sigma / 4) with sigma_data = 1, because the scales of a state are its standard deviations
(Karras et al. 2022, arXiv 2206.00364).  F gets pictures [rows, frames, side, side] and noise [rows]; the transpose of its
Jacobian is PyTorch's.  Weights are read as numbers alone (weights_only).
"""
import argparse
import importlib.util

import bridge


def make_untrained(torch, channels):
    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first = torch.nn.Conv2d(channels + 1, 32, 3, padding=1)
            self.last = torch.nn.Conv2d(32, channels, 3, padding=1)

        def forward(self, x, noise):
            level = noise[:, None, None, None].expand(-1, 1, *x.shape[2:])
            return self.last(torch.nn.functional.silu(self.first(torch.cat([x, level], 1))))

    torch.manual_seed(1)
    return Network()


def load_module(path):
    spec = importlib.util.spec_from_file_location("model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Edm(bridge.Model):
    def __init__(self, options):
        import torch  # here, so that --help needs none of it
        self.torch, self.options = torch, options
        self.device = options.device
        self.name = "EDM, " + (options.weights or "untrained")

    def open(self, hello):
        grid = bridge.Grid(hello)
        channels = grid.shape[0]
        network = (load_module(self.options.module).make(channels) if self.options.module
                   else make_untrained(self.torch, channels))
        if self.options.weights:
            network.load_state_dict(self.torch.load(self.options.weights, map_location="cpu", weights_only=True))
        network.to(self.device).eval().requires_grad_(False)
        return grid, network

    def evaluate(self, told, sigma, x):
        """c_out F as pictures, and the pictures that it came from."""
        grid, network = told
        picture = self.torch.tensor(grid.to_grid(x), dtype=self.torch.float32, device=self.device, requires_grad=True)
        level = self.torch.tensor(sigma, dtype=self.torch.float32, device=self.device)[:, None, None, None]
        c_in = (level ** 2 + 1).rsqrt()
        return level * c_in * network(c_in * picture, level.log()[:, 0, 0, 0] / 4), picture

    def denoise(self, told, sigma, x):
        with self.torch.no_grad():
            correction = self.evaluate(told, sigma, x)[0].cpu().numpy().astype(float)
        return x / (1 + sigma[:, None] ** 2) + told[0].to_state(correction)

    def vjp(self, told, sigma, x, v):
        correction, picture = self.evaluate(told, sigma, x)
        seed = self.torch.tensor(told[0].to_grid(v), dtype=self.torch.float32, device=self.device)
        pulled = self.torch.autograd.grad(correction, picture, seed)[0].cpu().numpy().astype(float)
        return v / (1 + sigma[:, None] ** 2) + told[0].to_state(pulled)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--untrained", action="store_true")
    parser.add_argument("--module")
    parser.add_argument("--weights")
    parser.add_argument("--device", default="cpu")
    given = parser.parse_args()
    if given.untrained == (given.module is not None):
        parser.error("expected --untrained or --module FILE.py")
    bridge.serve(Edm(given), given.name)
