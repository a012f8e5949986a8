"""A denoiser of another space as one of this program's states: what official.py composes, numpy alone.

A state is x = z + sigma n.  Of z a Gaussian is known, N(mu, C), what the program says of its prior; here mu = 0, as x stands for
x - mu.  A foreign network denoises pictures w = w0 + s n of its own, and w0 = c + E z with a linear map E of ours to
theirs.  White noise of ours is E n there, which is not white.  In directions that E keeps apart, E V = A with orthogonal
columns a_i of length e_i, q = V' x:

    noise of ours there   sigma e_i          noise that the network is told   s = match sigma, the same in all
    t_i = s / e_i         that noise in units of q

e_i <= match: ours is the better reading.  It is taken apart into two independent ones that say the same together,
    y_i = q_i + sqrt (t_i^2 - sigma^2) xi_i, which is what the network was trained on, and a rest.
e_i > match: ours is the worse one.  y_i = g_i q_i with g_i^2 = (1 + t_i^2) / (1 + sigma^2), C's variances being one, is as large as
    what the network expects, and g_i is also the weight of what it says (g_i = 1 elsewhere).

Directions that are not in E get noise s xi alone.  The network says d_i = a_i' (D(c + y, s) - c) / e_i^2, the Gaussian of the same
reading H y = C (C + T^2)^-1 y.  Their difference, with an error `error` that is allowed for in every number that the network
gives, is what it knows beyond the Gaussian; joined with the rest it gives

    D = J q + f - J R f,   J = C (C + sigma^2 I)^-1,   R = max (0, 1 - e_i^2 / match^2)
    f_i = g_i e_i^2 / (e_i^2 + error^2) (d_i - (H y)_i)

A network that is the Gaussian denoiser of its space gives the Gaussian denoiser of ours, whatever xi is.  Where no e_i is above
`match` and C is right, so does one of another mean.  xi is drawn once, from a fixed seed: the same question has the same answer.
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


class Prior:
    """C in directions q, in blocks: stacks of where [g, k] and F [g, k, r], C = F F'; None: C = I."""

    def __init__(self, stacks, space):
        if stacks is None:
            stacks = [(np.arange(space.n)[:, None], np.ones((space.n, 1, 1)))]
        else:
            stacks = [(where, turn_blocks(space, where, factor)) for where, factor in stacks]
        self.ours = [make_kernel(where, factor, np.ones(space.n)) for where, factor in stacks]
        self.theirs = [make_kernel(where, factor, space.e ** 2) for where, factor in stacks]


def turn_blocks(space, where, factor):
    """V' F; V keeps to the blocks."""
    out = np.empty_like(factor)
    for block, (places, columns) in enumerate(zip(where, factor)):
        rows = np.zeros((columns.shape[1], space.n))
        rows[:, places] = columns.T
        out[block] = space.turn(rows)[:, places].T
    return out


def make_kernel(where, factor, weights):
    """P and L: F (F' diag (weights) F + v I)^-1 F' = P diag (1 / (L + v)) P'."""
    values, vectors = np.linalg.eigh(factor.transpose(0, 2, 1) @ (weights[where][:, :, None] * factor))
    return where, factor @ vectors, np.maximum(values, 0)


def apply_kernel(kernels, variance, x):
    """F (F' diag (weights) F + variance I)^-1 F' x, a variance a row."""
    out = np.zeros_like(x)
    for where, p, values in kernels:
        inner = multiply(x[:, where], p) / (values[None] + variance[:, None, None])
        out[:, where] = multiply(inner, p.transpose(0, 2, 1))
    return out


class Foreign:
    """space: E; centre: c [m]; match: 0 for the largest e; mean and stacks: what is known of z.  The network is asked where s
    is above 0 and at most `most`, the Gaussian alone is taken elsewhere."""

    def __init__(self, space, centre, match, error, most, mean=0.0, stacks=None):
        self.space, self.most, self.error = space, most, error
        self.mean = mean + np.zeros(space.n)
        self.centre = centre + space.to_theirs(space.turn(self.mean[None]))[0]
        self.match = match or space.e.max()
        self.prior = Prior(stacks, space)
        self.rest = np.maximum(0, 1 - (space.e / self.match) ** 2)
        self.noise = np.random.default_rng(SEED).standard_normal(space.m)
        self.heard = space.to_ours(self.noise[None])[0]

    def choose(self, sigma):
        """Rows at which the network is asked."""
        s = self.match * sigma
        return np.flatnonzero((s > 0) & (s <= self.most))

    def weigh(self, sigma):
        """g of every row and direction."""
        e2, sigma = self.space.e[None, :] ** 2, sigma[:, None]
        below = e2 <= self.match ** 2
        above = (e2 + (self.match * sigma) ** 2) / (np.where(below, 1, e2) * (1 + sigma ** 2))
        return np.where(below, 1, np.sqrt(above))

    def make_input(self, sigma, q, g):
        """y without c: noise sqrt (s^2 - sigma^2 e_i^2) xi_i where that is one, s xi where E does not lead."""
        e, sigma = self.space.e[None, :], sigma[:, None]
        below = e <= self.match
        root = np.sqrt(np.maximum(self.match ** 2 - e ** 2, 0))
        taken = np.where(below, 1 / (root + self.match), self.match / np.where(below, 1, e ** 2))
        return self.space.to_theirs(g * q - sigma * taken * self.heard) + self.match * sigma * self.noise

    def learn(self, sigma, q, network):
        """f - J R f"""
        g, s, e2 = self.weigh(sigma), self.match * sigma, self.space.e ** 2
        y = self.make_input(sigma, q, g)
        said = self.space.to_ours(network(self.centre + y, s) - self.centre)
        known = e2 * apply_kernel(self.prior.theirs, s ** 2, self.space.to_ours(y))
        f = g * (said - known) / (e2 + self.error ** 2)
        return f - apply_kernel(self.prior.ours, sigma ** 2, self.rest * f)

    def learn_back(self, sigma, q, v, network):
        """The transpose of its Jacobian times v."""
        g, s, e2 = self.weigh(sigma), self.match * sigma, self.space.e ** 2
        y = self.make_input(sigma, q, g)
        seed = g * (v - self.rest * apply_kernel(self.prior.ours, sigma ** 2, v)) / (e2 + self.error ** 2)
        known = apply_kernel(self.prior.theirs, s ** 2, e2 * seed)
        pulled = network(self.centre + y, s, self.space.to_theirs(seed)) - self.space.to_theirs(known)
        return g * self.space.to_ours(pulled)

    def denoise(self, sigma, x, network):
        """network (w [rows, m], s [rows]) -> D"""
        q = self.space.turn(x - self.mean)
        out, rows = apply_kernel(self.prior.ours, sigma ** 2, q), self.choose(sigma)
        if len(rows) > 0:
            out[rows] += self.learn(sigma[rows], q[rows], network)
        return self.mean + self.space.turn(out, back=True)

    def vjp(self, sigma, x, v, network):
        """network (w, s, cotangent) -> the product of the transpose of its Jacobian"""
        q, seed = self.space.turn(x - self.mean), self.space.turn(v)
        out, rows = apply_kernel(self.prior.ours, sigma ** 2, seed), self.choose(sigma)
        if len(rows) > 0:
            out[rows] += self.learn_back(sigma[rows], q[rows], seed[rows], network)
        return self.space.turn(out, back=True)
