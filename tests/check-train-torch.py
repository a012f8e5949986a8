#!/usr/bin/env python3
"""tools/train_torch.py against the program (TAP; skipped where PyTorch is not installed).

  check-train-torch.py PISD      the command-line program

Two processes train what one with as many parts does, what they train is read, and random fields are those of the
program: flows in time, families by the variances of their modes.
"""
import os
import socket
import subprocess
import sys
import tempfile

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools")
STEPS, PARTS, BATCH = 20, 2, 8
TOLERANCE = 2e-3  # of weights of 16 bits, after steps whose sums differ in their last bits


def train(start, output, n_processes):
    """As torchrun starts them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, os.path.join(TOOLS, "train_torch.py"), start, output, "--steps", str(STEPS), "--batch",
               str(BATCH), "--parts", str(PARTS), "--device", "cpu"]
    common = {**os.environ, "OMP_NUM_THREADS": "1", "WORLD_SIZE": str(n_processes), "MASTER_ADDR": "127.0.0.1",
              "MASTER_PORT": str(port)}
    processes = [subprocess.Popen(command, env={**common, "RANK": str(rank), "LOCAL_RANK": str(rank)},
                                  stdout=subprocess.DEVNULL) for rank in range(n_processes)]
    if any([process.wait() for process in processes]):
        raise RuntimeError(f"{n_processes} processes: not all of them ended well")


def check_flow(pisd, folder):
    """The solver, on modes that its grid shares with ours."""
    import numpy as np
    import pisd_latents
    import torch

    path = os.path.join(folder, "flow.npz")
    subprocess.run([pisd, "dataset", "--problem", "navier-stokes", "--count", "1", "--output", path], check=True)
    w = torch.from_numpy(np.load(path)["w"][0]).double()
    side, fine = pisd_latents.SIDE, pisd_latents.S
    low = [*range(side // 2), *range(-side // 2 + 1, 0)]
    modes = torch.zeros((side, side), dtype=torch.complex128)
    modes[np.ix_(low, low)] = torch.fft.fft2(w[0])[np.ix_(low, low)] * (side / fine) ** 2
    frames = pisd_latents.simulate(torch.fft.ifft2(modes).real[None])[0]
    ours = pisd_latents.apply(pisd_latents.periodic_table(fine, 33, fine).double().T, w)
    theirs = pisd_latents.apply(pisd_latents.periodic_table(side, 33, fine).double().T, frames) * (fine / side) ** 2
    difference = ((ours - theirs).norm() / ours.norm()).item()
    return [f"flow: {difference:.2g} from the program's"] if difference > 1e-4 else []


def check_families(start):
    """Mean over the modes of what 2000 fields have of the variance that the program expects; not of Gaussian fields,
    which are drawn with just that variance."""
    import pisd_files
    import pisd_latents
    import torch

    metadata, arrays = pisd_files.read(start)
    linear = pisd_latents.Linear(arrays, "cpu")
    scale = torch.from_numpy(arrays["linear.scale"].copy())
    sources = pisd_latents.Sources(metadata["families"].split(","), linear, scale, "cpu")
    complaints = []
    for label, (name, make) in enumerate(zip(sources.names, sources.makers)):
        if name == "grf":
            continue
        z = make(2000, torch.Generator().manual_seed(label))
        ratio = (z.square().mean(0) / linear.values[label, :, :, 0].clamp(min=1e-12))[1:, 1:].mean().item()
        if abs(ratio - 1) > 0.1:
            complaints.append(f"{name}: {ratio:.2f} of the program's variances")
    return complaints


def check(pisd, folder):
    """Complaints."""
    import numpy as np

    sys.path.insert(0, TOOLS)
    import pisd_files

    start, one, two = (os.path.join(folder, name + ".safetensors") for name in ("start", "one", "two"))
    subprocess.run([pisd, "train", "--modes", "8", "--width", "16", "--blocks", "1", "--rate", "0.003", "--warm-up",
                    "5", "--start", start], check=True)
    train(start, one, 1)
    train(start, two, 2)
    measured = subprocess.run([pisd, "train", "--measure", one, "--validation-fields", "16", "--reference-fields", "0",
                               "--error-fields", "16", "--output", os.path.join(folder, "m.safetensors")],
                              check=True, capture_output=True, text=True).stdout
    complaints = check_flow(pisd, folder) + check_families(start)
    _, ours = pisd_files.read(one)
    _, theirs = pisd_files.read(two)
    _, before = pisd_files.read(start)
    for name in ours:
        difference = np.abs(ours[name].astype("f4") - theirs[name].astype("f4")).max()
        if difference > TOLERANCE:
            complaints.append(f"{name}: {difference:.2g} between one process and two")
    if not any(np.abs(ours[name].astype("f4") - before[name]).max() > 10 * TOLERANCE for name in ours):
        complaints.append("nothing was learned")
    if "inclusions 0.1: " not in measured:
        complaints.append(f"no validation: {measured}")
    return complaints


def main():
    try:
        import torch  # noqa: F401
    except ImportError:
        print("1..0 # SKIP PyTorch is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        complaints = check(sys.argv[1], folder)
    print("1..1")
    print("not ok 1 - train_torch" if complaints else "ok 1 - train_torch")
    for complaint in complaints:
        print("#", complaint)


if __name__ == "__main__":
    main()
