"""Latents of the learned prior in PyTorch: random ones, their linear denoiser, and the grids that the network sees.

A latent is a tensor [batch, frames, K, K] of scaled modes, 0 where there is none; src/engine/learning/pisd-whitening.h
and src/engine/physics say what each step is.
"""
import math

import torch

S = 128  # nodes an axis
SIDE = 64  # of the grid on which flows are simulated
STEPS_A_FRAME = 16
FRAMES = 10
VISCOSITY = 1e-3
MOST_INCLUSIONS = 6
MOST_BLOBS = 8


def cosine_table(n_points, n_modes):
    """[points, modes], orthonormal columns."""
    i, j = torch.arange(n_points)[:, None] + 0.5, torch.arange(n_modes)[None, :]
    table = math.sqrt(2 / n_points) * torch.cos(math.pi * i * j / n_points)
    table[:, 0] = math.sqrt(1 / n_points)
    return table


def periodic_table(n_points, n_modes, n_norm):
    """[points, modes]: 1, cos, sin, cos, ... of modes that are orthonormal on n_norm points."""
    i, j = torch.arange(n_points)[:, None], torch.arange(n_modes)[None, :]
    phase = 2 * math.pi * i * ((j + 1) // 2) / n_points
    table = math.sqrt(2 / n_norm) * torch.where(j % 2 == 1, torch.cos(phase), torch.sin(phase))
    table[:, 0] = math.sqrt(1 / n_norm)
    if n_norm == n_modes and n_modes % 2 == 0:
        table[:, -1] /= math.sqrt(2)
    return table


def apply(table, box):
    return table @ box @ table.T


class Linear:
    """The linear denoiser of each label, from its Jacobian and value at sigma = 1."""

    def __init__(self, arrays, device):
        jacobian = torch.from_numpy(arrays["linear.jacobian"].astype("f8")).permute(0, 3, 4, 1, 2)
        values, self.vectors = torch.linalg.eigh((jacobian + jacobian.mT) / 2)
        values = values.clamp(0, 1 - 1e-9)
        value = torch.from_numpy(arrays["linear.value"].astype("f8")).permute(0, 2, 3, 1)
        mean = torch.einsum("lyxfe,lyxe->lyxf", self.vectors,
                            torch.einsum("lyxfe,lyxf->lyxe", self.vectors, value) / (1 - values))
        self.mean = mean.permute(0, 3, 1, 2).float().to(device)
        self.vectors = self.vectors.float().to(device)
        self.values = (values / (1 - values)).float().to(device)

    def denoise(self, x, sigma, label):
        square = (sigma * sigma)[:, None, None, None]
        mean, values = self.mean[label], self.values[label]
        shrink = values / (values + square)
        if x.shape[1] == 1:
            return mean + shrink.permute(0, 3, 1, 2) * (x - mean)
        vectors = self.vectors[label]
        along = torch.einsum("byxfe,bfyx->byxe", vectors, x - mean)
        return mean + torch.einsum("byxfe,byxe->bfyx", vectors, shrink * along)


class Grids:
    """White noise stays white on them; beside each frame's is that of the field in its own units."""

    def __init__(self, scale, is_periodic, device):
        k = scale.shape[-1]
        table = periodic_table(k, k, k) if is_periodic else cosine_table(k, k)
        self.table = table.to(device)
        self.natural = scale * k / scale.square().sum((1, 2), keepdim=True).sqrt()

    def fill_input(self, x, sigma):
        x = x / (sigma * sigma + 1).sqrt()[:, None, None, None]
        return apply(self.table, torch.cat([x, x * self.natural], 1))

    def read_output(self, grid):
        return apply(self.table.T, grid)


class Sources:
    """Families of random sources, by label."""

    def __init__(self, names, linear, scale, device):
        makers = {"grf": self.make_grf, "inclusions": self.make_inclusions, "blobs": self.make_blobs}
        self.makers = [makers[name] for name in names]
        self.sd = linear.values[:, :, :, 0].sqrt()
        self.names, self.device = names, device
        self.inverse = torch.where(scale[0] > 0, 1 / scale[0].clamp(min=1e-30), 0)
        self.table = cosine_table(S, scale.shape[-1]).to(device)
        self.node = torch.arange(S, device=device) / (S - 1)

    def uniform(self, generator, *shape):
        return torch.rand(shape, generator=generator, device=self.device)

    def amplitude(self, generator, *shape):
        size = 0.5 + 1.5 * self.uniform(generator, *shape)
        return torch.where(self.uniform(generator, *shape) < 0.5, -size, size)

    def encode(self, field):
        return apply(self.table.T, field) * self.inverse

    def make_grf(self, n, generator):
        k = self.inverse.shape[-1]
        return torch.randn((n, k, k), generator=generator, device=self.device) * self.sd[self.names.index("grf")]

    def make_inclusions(self, n, generator):
        u = self.uniform(generator, n, MOST_INCLUSIONS, 6)
        value = self.amplitude(generator, n, MOST_INCLUSIONS)
        count = 1 + (MOST_INCLUSIONS * self.uniform(generator, n)).floor()
        field = torch.zeros((n, S, S), device=self.device)
        for shape in range(MOST_INCLUSIONS):
            dx, dy = self.node - u[:, shape, 0:1], self.node - u[:, shape, 1:2]
            rx, ry = 0.05 + 0.2 * u[:, shape, 2:3], 0.05 + 0.2 * u[:, shape, 3:4]
            angle = math.pi * u[:, shape, 4:5]
            c, s = angle.cos(), angle.sin()
            p = (s * dy / rx)[:, :, None] + (c * dx / rx)[:, None, :]
            q = (c * dy / ry)[:, :, None] - (s * dx / ry)[:, None, :]
            ellipse = (u[:, shape, 5] < 0.5)[:, None, None]
            inside = torch.where(ellipse, p * p + q * q <= 1, (p.abs() <= 1) & (q.abs() <= 1))
            inside &= (shape < count)[:, None, None]
            field = torch.where(inside, value[:, shape, None, None], field)
        return self.encode(field)

    def make_blobs(self, n, generator):
        u = self.uniform(generator, n, MOST_BLOBS, 3)
        height = self.amplitude(generator, n, MOST_BLOBS)
        count = 1 + (MOST_BLOBS * self.uniform(generator, n)).floor()
        height = torch.where(torch.arange(MOST_BLOBS, device=self.device) < count[:, None], height, 0)
        scale = -0.5 / (0.03 + 0.08 * u[:, :, 2:3]).square()
        gy = torch.exp(scale * (self.node - u[:, :, 1:2]).square()) @ self.table
        gx = torch.exp(scale * (self.node - u[:, :, 0:1]).square()) @ self.table
        return torch.einsum("bs,bsi,bsj->bij", height, gy, gx) * self.inverse

    def draw(self, n, generator):
        """Latents [n, 1, K, K] and labels, each family in its turn."""
        counts = [(n - f + len(self.makers) - 1) // len(self.makers) for f in range(len(self.makers))]
        z = [make(count, generator) for make, count in zip(self.makers, counts)]
        label = [torch.full((count,), f, device=self.device) for f, count in enumerate(counts)]
        return torch.cat(z)[:, None], torch.cat(label)


def simulate(w):
    """All frames [batch, FRAMES, SIDE, SIDE] of flows that begin with w [batch, SIDE, SIDE]: Crank-Nicolson and
    Adams-Bashforth, dealiased."""
    device, dt = w.device, 1 / ((FRAMES - 1) * STEPS_A_FRAME)
    ky = torch.fft.fftfreq(SIDE, 1 / SIDE, device=device)[:, None]
    kx = torch.arange(SIDE // 2 + 1, device=device)[None, :].float()
    square = 4 * math.pi**2 * (kx * kx + ky * ky)
    dx = 2j * math.pi * kx * (kx < SIDE // 2) * torch.ones_like(ky)
    dy = 2j * math.pi * ky * (ky.abs() < SIDE // 2) * torch.ones_like(kx)
    inverse = torch.where(square > 0, 1 / square.clamp(min=1), 0)
    keep = (ky.abs() <= SIDE / 3) & (kx <= SIDE / 3)
    t = torch.arange(SIDE, device=device) / SIDE
    phase = 2 * math.pi * (t[:, None] + t)
    force = torch.fft.rfft2(0.1 * (phase.sin() + phase.cos()))
    implicit, explicit = 1 / (1 + 0.5 * dt * VISCOSITY * square), 1 - 0.5 * dt * VISCOSITY * square
    derive = torch.stack([dy * inverse, -dx * inverse, dx, dy])
    h, before, frames = torch.fft.rfft2(w), None, [w]
    for step in range((FRAMES - 1) * STEPS_A_FRAME):
        u, v, wx, wy = torch.fft.irfft2(derive * h[:, None], s=(SIDE, SIDE)).unbind(1)
        now = keep * torch.fft.rfft2(u * wx + v * wy)
        h = implicit * (dt * (force - (now if before is None else 1.5 * now - 0.5 * before)) + explicit * h)
        before = now
        if (step + 1) % STEPS_A_FRAME == 0:
            frames.append(torch.fft.irfft2(h, s=(SIDE, SIDE)))
    return torch.stack(frames, 1)


class Flows:
    """Flows that are simulated once, and moved each time by one of the equation's symmetries."""

    CHUNK = 1024

    def __init__(self, scale, n_flows, generator, device):
        k = scale.shape[-1]
        self.device, self.odd = device, k | 1
        self.inverse = torch.where(scale > 0, 1 / scale.clamp(min=1e-30), 0)
        table = periodic_table(SIDE, self.odd, S).to(device) * (S / SIDE)
        chunks = [apply(table.T, simulate(self.begin(min(self.CHUNK, n_flows - i), generator)))
                  for i in range(0, n_flows, self.CHUNK)]
        self.flows = torch.cat(chunks)

    def begin(self, n, generator):
        k = torch.fft.fftfreq(SIDE, 1 / SIDE, device=self.device)
        sd = math.sqrt(2) * 7**1.5 * (4 * math.pi**2 * (k[:, None] ** 2 + k**2) + 49) ** -1.25 * SIDE
        sd[0, 0] = 0
        sd[SIDE // 2] = 0
        sd[:, SIDE // 2] = 0
        noise = torch.randn((n, SIDE, SIDE), generator=generator, device=self.device)
        return torch.fft.ifft2(sd * torch.fft.fft2(noise)).real

    def shift(self, modes, by):
        """f (. + by) along the last axis."""
        wave = torch.arange(1, self.odd // 2 + 1, device=self.device)
        phase = 2 * math.pi * wave * by[:, None, None, None]
        c, s = phase.cos(), phase.sin()
        cosine, sine = modes[..., 1::2], modes[..., 2::2]
        moved = torch.stack([c * cosine + s * sine, c * sine - s * cosine], -1).flatten(-2)
        return torch.cat([modes[..., :1], moved], -1)

    def shift_both(self, modes, y, x):
        return self.shift(self.shift(modes, x).mT, y).mT

    def draw(self, n, generator):
        def uniform():
            return torch.rand(n, generator=generator, device=self.device)

        index = (uniform() * len(self.flows)).long().clamp(max=len(self.flows) - 1)
        modes, by = self.flows[index], uniform()
        is_turned, is_reflected = uniform() < 0.5, uniform() < 0.5
        eighth = 0.125 * is_turned
        modes = self.shift_both(modes, eighth - by, eighth + by)
        is_sine = torch.arange(self.odd, device=self.device) % 2 == 0
        is_sine[0] = False
        odd = is_sine[:, None] ^ is_sine
        modes = torch.where(is_turned[:, None, None, None] & odd, -modes, modes)
        half = 0.5 * is_reflected
        modes = self.shift(modes, half)
        modes = torch.where(is_reflected[:, None, None, None], -modes.mT, modes)
        k = self.inverse.shape[-1]
        return modes[..., :k, :k] * self.inverse, torch.zeros(n, dtype=torch.long, device=self.device)
