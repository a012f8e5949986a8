#!/usr/bin/env python3
"""Trains the network of the learned prior with PyTorch, on one device or several, and writes weights that pisd reads.

  pisd train --problem P --width 48 ... --start START.safetensors       what to begin with
  train_torch.py START.safetensors W.safetensors --minutes 30           on the GPU, where there is one
  torchrun --nproc-per-node 4 train_torch.py START.safetensors W.safetensors --minutes 30
  pisd train --measure W.safetensors --output MEASURED.safetensors      validation, and what the second order needs

The loss is that of `pisd train`; what a step draws depends on seed, step and part alone, so that as many parts as there
are processes give the same weights up to rounding.
"""
import argparse
import contextlib
import math
import os
import shlex
import sys
import time

import torch
from torch import distributed

import pisd_files
import pisd_latents
import pisd_network

LEAST_SIGMA, MOST_SIGMA = 0.005, 50.0
SHAPE_KEYS = ["side", "channels_in", "channels_out", "width", "blocks", "levels", "labels", "periodic"]
EVERY = 50  # steps between looks at the clock
REPORT = 15.0  # seconds
SAVE = 60.0  # seconds
DECAY_GROWTH = 10.0  # the running mean forgets sooner at the beginning


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("start")
    parser.add_argument("output")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--steps", type=int, help="instead of --minutes")
    parser.add_argument("--batch", type=int, help="fields a step, of all parts (default: the plan's)")
    parser.add_argument("--rate", type=float, help="highest learning rate (default: the plan's)")
    parser.add_argument("--decay", type=float, default=0.9995, help="of the parameters' running mean")
    parser.add_argument("--sigma-sd", type=float, help="of the noise levels' logarithm (default: the plan's)")
    parser.add_argument("--parts", type=int, help="of a step (default: as many as processes)")
    parser.add_argument("--flows", type=int, default=4096, help="how many are simulated")
    parser.add_argument("--seed", type=int, help="default: the plan's")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--half", action="store_true", help="convolutions in bfloat16")
    parser.add_argument("--compile", action="store_true")
    return parser.parse_args()


class Trainer:
    def __init__(self, options):
        self.options, self.began = options, time.monotonic()
        self.metadata, arrays = pisd_files.read(options.start)
        for key in ("rate", "batch", "seed"):
            if getattr(options, key) is None:
                setattr(options, key, (float if key == "rate" else int)(self.metadata[key]))
        self.sigma_mean = float(self.metadata["ln_sigma_mean"])
        self.sigma_sd = options.sigma_sd or float(self.metadata["ln_sigma_sd"])
        self.rank, self.world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        self.parts = options.parts or self.world
        if self.parts % self.world or options.batch % self.parts:
            sys.exit("--parts is a multiple of the processes, and --batch one of the parts")
        self.device = self.choose_device()
        self.make_latents(arrays)
        self.make_network(arrays)

    def choose_device(self):
        device = torch.device(self.options.device)
        if device.type == "cuda":
            device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
            torch.cuda.set_device(device)
        if self.world > 1:
            distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        return device

    def make_latents(self, arrays):
        scale = torch.from_numpy(arrays["linear.scale"].copy()).to(self.device)
        self.mask, self.n_labels = (scale > 0).float(), int(self.metadata["labels"])
        self.linear = pisd_latents.Linear(arrays, self.device)
        self.grids = pisd_latents.Grids(scale, self.metadata["periodic"] != "0", self.device)
        if self.metadata["problem"] == "navier-stokes":
            self.data = pisd_latents.Flows(scale, self.options.flows, self.generator(-1, 0), self.device)
        else:
            self.data = pisd_latents.Sources(self.metadata["families"].split(","), self.linear, scale, self.device)

    def make_network(self, arrays):
        shape = pisd_network.Shape(*[int(self.metadata[key]) for key in SHAPE_KEYS])
        shape.is_periodic = bool(shape.is_periodic)
        self.network = pisd_network.Network(shape)
        self.network.load_state_dict({name: torch.from_numpy(arrays[name].copy())
                                      for name in self.network.state_dict()})
        self.network.to(self.device)
        self.average = [p.detach().clone() for p in self.network.parameters()]
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=self.options.rate,
                                          fused=self.device.type == "cuda")
        self.run = self.network
        if self.device.type == "cuda":
            self.network.to(memory_format=torch.channels_last)
        if self.options.compile:
            self.run = torch.compile(self.run)
        if self.world > 1:
            self.run = torch.nn.parallel.DistributedDataParallel(self.run)

    def generator(self, step, part):
        generator = torch.Generator(self.device)
        generator.manual_seed((self.options.seed * 1000003 + step + 1) * 1009 + part)
        return generator

    def get_loss(self, step, part):
        """Mean over fields and modes of |F - (z - D_linear) / c_out|^2, of one part."""
        generator = self.generator(step, part)
        with torch.no_grad():
            z, label = self.data.draw(self.options.batch // self.parts, generator)
            n = len(z)
            normal = torch.randn(n, generator=generator, device=self.device)
            sigma = torch.exp(self.sigma_mean + self.sigma_sd * normal).clamp(LEAST_SIGMA, MOST_SIGMA)
            told = torch.rand(n, generator=generator, device=self.device) >= float(self.metadata["dropout"])
            label = torch.where(told, label, self.n_labels)
            z = z * self.mask
            x = z + sigma[:, None, None, None] * self.mask * torch.randn(z.shape, generator=generator,
                                                                         device=self.device)
            c_out = (sigma / (sigma * sigma + 1).sqrt())[:, None, None, None]
            target = (z - self.linear.denoise(x, sigma, label)) / c_out
            grid = self.grids.fill_input(x, sigma).contiguous(
                memory_format=torch.channels_last if self.device.type == "cuda" else torch.contiguous_format)
        half = torch.autocast(self.device.type, torch.bfloat16) if self.options.half else contextlib.nullcontext()
        with half:
            output = self.run(grid, sigma, label)
        difference = (self.grids.read_output(output.float()) - target) * self.mask
        return difference.square().sum() / (n * self.mask.sum())

    def get_rate(self, step, share):
        """Rising in a straight line, then half a cosine over the share of what is left."""
        warm_up = int(self.metadata["warm_up"])
        if step < warm_up:
            return self.options.rate * (step + 1) / warm_up
        return 0.5 * self.options.rate * (1 + math.cos(math.pi * min(share, 1)))

    def step(self, step, share):
        for group in self.optimizer.param_groups:
            group["lr"] = self.get_rate(step, share)
        self.optimizer.zero_grad(set_to_none=True)
        own, loss = range(self.rank, self.parts, self.world), 0
        for part in own:
            last = part + self.world >= self.parts
            waits = self.world > 1 and not last
            with self.run.no_sync() if waits else contextlib.nullcontext():
                one = self.get_loss(step, part) / len(own)
                one.backward()
            loss += one.detach()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), float(self.metadata["limit"]))
        self.optimizer.step()
        decay = min(self.options.decay, (step + 1) / (step + DECAY_GROWTH))
        with torch.no_grad():
            torch._foreach_mul_(self.average, decay)
            torch._foreach_add_(self.average, list(self.network.parameters()), alpha=1 - decay)
        return loss

    def get_share(self, step):
        """Of the training that is done; the same for all processes."""
        if self.options.steps is not None:
            return step / self.options.steps
        share = torch.tensor((time.monotonic() - self.began) / (60 * self.options.minutes), device=self.device)
        if self.world > 1:
            distributed.broadcast(share, 0)
        return share.item()

    def train(self):
        self.began = reported = saved = time.monotonic()
        step, share, rate, sums = 0, 0.0, 0.0, []
        while share < 1:
            if step % EVERY == 0 or self.options.steps is not None:
                before, share = share, self.get_share(step)
                rate = (share - before) / EVERY
                if share >= 1:
                    break
            ahead = 0 if self.options.steps is not None else rate * (step % EVERY)
            sums.append(self.step(step, share + ahead))
            step += 1
            now = time.monotonic()
            if now - reported >= REPORT:
                self.report(step, now, share, sums)
                reported, sums = now, []
            if now - saved >= SAVE:
                self.save(step)
                saved = now
        self.save(step)
        if self.rank == 0:
            print(f"{step} steps, {time.monotonic() - self.began:.0f} s", flush=True)

    def report(self, step, now, share, losses):
        if self.rank > 0:
            return
        loss = torch.stack(losses).mean().item()
        print(f"step {step}, {now - self.began:.0f} s, {100 * share:.0f} %: loss {loss:.5f}", flush=True)

    def save(self, step):
        if self.rank > 0:
            return
        kept = ["format_version", "problem", "space", "modes", "families", *SHAPE_KEYS, "version", "plan"]
        metadata = {"format": "pisd-weights", **{key: self.metadata[key] for key in kept}, "steps": str(step),
                    "command": shlex.join(["train_torch.py", *map(os.path.basename, sys.argv[1:])]),
                    "seconds": f"{time.monotonic() - self.began:.0f}"}
        names = [name for name, _ in self.network.named_parameters()]
        arrays = {name: mean.cpu().numpy().astype("<f2") for name, mean in zip(names, self.average)}
        pisd_files.write(self.options.output, metadata, arrays)


if __name__ == "__main__":
    Trainer(parse()).train()
    if distributed.is_available() and distributed.is_initialized():
        distributed.destroy_process_group()
