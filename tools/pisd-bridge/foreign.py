"""A denoiser of another space as one of this program's states: what official.py composes, numpy alone.

A state is x = z + sigma n with z of variance 1.  A foreign network denoises pictures w = w0 + s n of its own, and
w0 = c + E z with a linear map E of ours to theirs.  White noise of ours is E n there, which is not white.  In the
directions that E maps to orthogonal ones, E V = A with columns a_i of length e_i, everything is one number each:

    noise of ours there   sigma e_i          noise that the network expects   s = match sigma, the same in all
    q = V' x              t_i = s / e_i: that noise in units of q

e_i <= match: ours is the better reading.  It is taken apart into two independent ones that say the same together:
    y_i = q_i + sqrt (t_i^2 - sigma^2) xi_i, which is what the network was trained on, and a rest.  Both are put together again
    with variances of a Gaussian: weight w_i = sigma^2 (1 + t_i^2) / (t_i^2 (1 + sigma^2)) of the network, the rest of q.
e_i > match: ours is the worse one.  y_i = g_i q_i with g_i^2 = (1 + t_i^2) / (1 + sigma^2) has the variance that the
    network expects, and w_i = g_i.

Directions that are not in E get noise s xi alone.  With d_i = a_i' (D(c + y, s) - c) / e_i^2, and the error `error` that is allowed
for in every number that the network gives:

    D_i = q_i / (1 + sigma^2) + w_i e_i^2 / (e_i^2 + error^2) (d_i - y_i / (1 + t_i^2))

A network that is the Gaussian denoiser of its space gives the Gaussian denoiser of ours, whatever xi is.  xi is drawn once,
from a fixed seed: the same question has the same answer.
"""
import numpy as np

SEED = 1


class Blocks:
    """E in blocks of numbers with the same key on both sides; entries (theirs, ours) is a block of E."""

    def __init__(self, ours, theirs, entries):
        self.n, self.m, self.e = len(ours), len(theirs), np.zeros(len(ours))
        there, shapes = gather(theirs), {}
        for key, here in gather(ours).items():
            across = there.get(key, [])
            shapes.setdefault((len(across), len(here)), []).append((across, here))
        self.stacks = [self.stack(blocks, entries) for shape, blocks in shapes.items() if shape[0] > 0]

    def stack(self, blocks, entries):
        """Blocks of one shape, turned: theirs [g, m], ours [g, n], A [g, m, n], V [g, n, n]."""
        theirs, ours = (np.array([block[side] for block in blocks]) for side in (0, 1))
        e = np.stack([entries(across, here) for across, here in zip(theirs, ours)])
        values, v = np.linalg.eigh(e.transpose(0, 2, 1) @ e)
        self.e[ours] = np.sqrt(np.maximum(values, 0))
        return theirs, ours, e @ v, v

    def turn(self, x, back=False):
        """V' x, or V x."""
        out = x.copy()
        for _, ours, _, v in self.stacks:
            out[:, ours] = multiply(x[:, ours], v.transpose(0, 2, 1) if back else v)
        return out

    def to_theirs(self, q):
        out = np.zeros((len(q), self.m))
        for theirs, ours, a, _ in self.stacks:
            out[:, theirs] = multiply(q[:, ours], a.transpose(0, 2, 1))
        return out

    def to_ours(self, w):
        out = np.zeros((len(w), self.n))
        for theirs, ours, a, _ in self.stacks:
            out[:, ours] = multiply(w[:, theirs], a)
        return out


class Scaled:
    """E of orthonormal functions: `synthesize` [rows, n] to [rows, m], `analyze` its transpose, and lengths e [n]."""

    def __init__(self, e, m, synthesize, analyze):
        self.n, self.m, self.e = len(e), m, e
        self.synthesize, self.analyze = synthesize, analyze

    def turn(self, x, back=False):
        return x

    def to_theirs(self, q):
        return self.synthesize(q * self.e)

    def to_ours(self, w):
        return self.analyze(w) * self.e


def gather(keys):
    """Where each key is."""
    places = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    return places


def multiply(x, matrices):
    """[rows, g, n] times [g, n, m]."""
    return (x.transpose(1, 0, 2) @ matrices).transpose(1, 0, 2)


class Foreign:
    """space: E; centre: c [m]; match: 0 for the largest e.  The network is asked where s is above 0 and at most `most`, the
    linear denoiser alone is taken elsewhere."""

    def __init__(self, space, centre, match, error, most):
        self.space, self.centre, self.most = space, centre, most
        self.match = match or space.e.max()
        self.error = error
        self.noise = np.random.default_rng(SEED).standard_normal(space.m)
        self.heard = space.to_ours(self.noise[None])[0]

    def choose(self, sigma):
        """Rows at which the network is asked."""
        s = self.match * sigma
        return np.flatnonzero((s > 0) & (s <= self.most))

    def weigh(self, sigma):
        """Of every row and direction: g, w / (e^2 + error^2) and 1 / (1 + t^2); s of every row."""
        sigma, e2 = sigma[:, None], self.space.e[None, :] ** 2
        s2, below = (self.match * sigma) ** 2, e2 <= self.match ** 2
        g = np.where(below, 1, np.sqrt((e2 + s2) / (np.where(below, 1, e2) * (1 + sigma ** 2))))
        w = np.where(below, (e2 + s2) / (self.match ** 2 * (1 + sigma ** 2)), g)
        return g, w / (e2 + self.error ** 2), e2 / (e2 + s2), self.match * sigma[:, 0]

    def make_input(self, sigma, q, g):
        """y without c: noise sqrt (s^2 - sigma^2 e_i^2) xi_i where that is one, s xi where E does not lead."""
        e, sigma = self.space.e[None, :], sigma[:, None]
        below = e <= self.match
        rest = np.sqrt(np.maximum(self.match ** 2 - e ** 2, 0))
        taken = np.where(below, 1 / (rest + self.match), self.match / np.where(below, 1, e ** 2))
        return self.space.to_theirs(g * q - sigma * taken * self.heard) + self.match * sigma * self.noise

    def denoise(self, sigma, x, network):
        """network (w [rows, m], s [rows]) -> D"""
        out = x / (1 + sigma[:, None] ** 2)
        rows = self.choose(sigma)
        if len(rows) > 0:
            g, w, linear, s = self.weigh(sigma[rows])
            y = self.make_input(sigma[rows], self.space.turn(x[rows]), g)
            given = network(self.centre + y, s) - self.centre
            out[rows] += self.space.turn(w * (self.space.to_ours(given) - linear * self.space.to_ours(y)), back=True)
        return out

    def vjp(self, sigma, x, v, network):
        """network (w, s, cotangent) -> the product of the transpose of its Jacobian"""
        out = v / (1 + sigma[:, None] ** 2)
        rows = self.choose(sigma)
        if len(rows) > 0:
            g, w, linear, s = self.weigh(sigma[rows])
            y = self.make_input(sigma[rows], self.space.turn(x[rows]), g)
            seed = w * self.space.turn(v[rows])
            pulled = network(self.centre + y, s, self.space.to_theirs(seed)) - self.space.to_theirs(linear * seed)
            out[rows] += self.space.turn(g * self.space.to_ours(pulled), back=True)
        return out
