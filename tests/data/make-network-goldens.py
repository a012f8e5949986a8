#!/usr/bin/env python3
"""What PyTorch makes of the network of the learned prior: values, tangents and gradients.

  make-network-goldens.py FOLDER    writes network-{flat,levels}.npz there
  make-network-goldens.py --check   makes them again and compares them with the files beside this script (TAP);
                                    skipped where PyTorch is not installed

Parameters and what goes in are not in the files: both sides make them from whole numbers (hashed ()).
"""
import os
import sys

try:
    import numpy as np
    import torch
except ImportError:
    torch = None

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-5  # largest difference over largest value, in single precision
GRADIENT_STEP = 3  # every third value of the parameters' gradient is kept

# Shape as in tools/pisd_network.py, and the number of fields.
CASES = {
    "flat": ((8, 2, 1, 16, 1, 1, 3, True), 3),
    "levels": ((8, 3, 2, 16, 1, 2, 1, False), 2),
}


def hashed(n, stream):
    """[n] numbers of single precision in [-1, 1), each from its place alone."""
    h = (np.arange(n, dtype=np.uint64) + 1 + 1000003 * stream) * 2654435761 % 2**32
    h = (h ^ (h >> 15)) * 2246822519 % 2**32
    h ^= h >> 13
    return (h.astype(np.float64) / 2**31 - 1).astype(np.float32)


def fill(network):
    """Weights of a size that keeps what goes through, biases of 0.2 at most."""
    for i, parameter in enumerate(tensors(network).values()):
        factor = 0.2 if parameter.dim() == 1 else np.float32(2 / np.sqrt(parameter[0].numel()))
        values = hashed(parameter.numel(), i) * np.float32(factor)
        parameter.data = torch.from_numpy(values).reshape(parameter.shape)


def tensors(network):
    """By name, in the order of src/engine/learning/pisd-network.c."""
    named = dict(network.named_parameters())
    front = ["embedding.0.weight", "embedding.0.bias", "label.weight", "embedding.1.weight", "embedding.1.bias",
             "stem.weight", "stem.bias"]
    back = ["head.weight", "head.bias"]
    parts = ["modulation.weight", "modulation.bias", "conv1.weight", "conv2.weight", "conv2.bias"]
    middle = [f"block.{i}.{part}" for i in range(len(network.block)) for part in parts]
    return {name: named[name] for name in front + middle + back}


def make(shape, batch):
    """The arrays of one case."""
    sys.path.insert(0, os.path.join(HERE, "..", "..", "tools"))
    import pisd_network

    network = pisd_network.Network(pisd_network.Shape(*shape))
    shape = network.shape
    fill(network)
    size = (batch, shape.n_in, shape.side, shape.side)
    x = torch.from_numpy(hashed(int(np.prod(size)), 101)).reshape(size).requires_grad_(True)
    dx = torch.from_numpy(hashed(int(np.prod(size)), 102)).reshape(size)
    sigma = torch.tensor([0.05 * 4.0**b for b in range(batch)])
    label = torch.tensor([(b + 1) % (shape.n_labels + 1) for b in range(batch)])
    y = network(x, sigma, label)
    v = torch.from_numpy(hashed(y.numel(), 103)).reshape(y.shape)
    _, dy = torch.autograd.functional.jvp(lambda z: network(z, sigma, label), x, dx)
    (y * v).sum().backward()
    gradient = torch.cat([t.grad.reshape(-1) for t in tensors(network).values()])
    arrays = {"y": y, "dy": dy, "gx": x.grad, "gradient": gradient[::GRADIENT_STEP]}
    return {name: array.detach().numpy().astype(np.float32) for name, array in arrays.items()}


def check(name, arrays):
    """Complaints about one file."""
    golden = np.load(os.path.join(HERE, f"network-{name}.npz"))
    complaints = []
    for key, array in arrays.items():
        off = np.abs(array - golden[key]).max() / np.abs(golden[key]).max()
        if not off <= TOLERANCE:
            complaints.append(f"{key}: off by {off:.3g}, allowed {TOLERANCE:g}")
    return complaints


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if torch is None:
        print("1..0 # SKIP PyTorch is not installed")
        return
    torch.set_num_threads(1)
    made = {name: make(*case) for name, case in CASES.items()}
    if sys.argv[1] != "--check":
        for name, arrays in made.items():
            np.savez_compressed(os.path.join(sys.argv[1], f"network-{name}.npz"), **arrays)
        return
    print(f"1..{len(made)}")
    failed = False
    for number, (name, arrays) in enumerate(made.items(), 1):
        complaints = check(name, arrays)
        failed = failed or bool(complaints)
        print(f"{'not ok' if complaints else 'ok'} {number} - network-{name}.npz")
        for complaint in complaints:
            print(f"# {complaint}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
