"""The network of the learned prior in PyTorch: the same function and the same names of tensors as src/engine/learning,
written for itself, so that each can be held against the other."""
import dataclasses
import math

import torch
from torch import nn
from torch.nn import functional

FEATURES = 32
EMBEDDING = 64
LONGEST = 40.0  # periods of the waves of ln sigma
SHORTEST = 1.0


@dataclasses.dataclass
class Shape:
    side: int
    n_in: int
    n_out: int
    width: int
    n_blocks: int
    n_levels: int
    n_labels: int
    is_periodic: bool


def convolution(shape, n_in, n_out, bias):
    mode = "circular" if shape.is_periodic else "zeros"
    return nn.Conv2d(n_in, n_out, 3, padding=1, padding_mode=mode, bias=bias)


class Block(nn.Module):
    """h + conv2 silu ((1 + scale) conv1 silu (h) + shift), scale and shift from the embedding."""

    def __init__(self, shape):
        super().__init__()
        self.modulation = nn.Linear(EMBEDDING, 2 * shape.width)
        self.conv1 = convolution(shape, shape.width, shape.width, bias=False)
        self.conv2 = convolution(shape, shape.width, shape.width, bias=True)

    def forward(self, h, e):
        scale, shift = self.modulation(e)[:, :, None, None].chunk(2, dim=1)
        between = self.conv1(functional.silu(h))
        return h + self.conv2(functional.silu((1 + scale) * between + shift))


class Network(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.ModuleList([nn.Linear(FEATURES, EMBEDDING), nn.Linear(EMBEDDING, EMBEDDING)])
        self.label = nn.Embedding(shape.n_labels + 1, EMBEDDING)
        self.stem = convolution(shape, shape.n_in, shape.width, bias=True)
        self.block = nn.ModuleList([Block(shape) for _ in range(shape.n_blocks * (2 * shape.n_levels - 1))])
        self.head = convolution(shape, shape.width, shape.n_out, bias=True)
        steps = torch.arange(FEATURES // 2) / (FEATURES // 2 - 1)
        self.register_buffer("frequency", 2 * math.pi / LONGEST * (LONGEST / SHORTEST) ** steps, persistent=False)

    def embed(self, sigma, label):
        phase = torch.log(sigma)[:, None] * self.frequency
        features = torch.cat([torch.cos(phase), torch.sin(phase)], dim=1)
        hidden = functional.silu(self.embedding[0](features) + self.label(label))
        return functional.silu(self.embedding[1](hidden))

    def forward(self, x, sigma, label):
        e = self.embed(sigma, label)
        h = self.stem(x)
        across = []
        last = self.shape.n_levels - 1
        for stage in range(2 * last + 1):
            if 0 < stage <= last:
                across.append(h)
                h = functional.avg_pool2d(h, 2)
            elif stage > last:
                h = across.pop() + functional.interpolate(h, scale_factor=2, mode="nearest")
            for block in self.block[stage * self.shape.n_blocks:(stage + 1) * self.shape.n_blocks]:
                h = block(h, e)
        return self.head(functional.silu(h))
