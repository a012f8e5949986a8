"""Serves a denoiser to PISD Explorer over a local socket; PROTOCOL.md says what goes over it.

    import bridge

    class Mine(bridge.Model):
        name = "mine"
        def open(self, hello):               # what states are; returns whatever the other two need
            return hello.scale
        def denoise(self, told, sigma, x):   # sigma [rows], x [rows, n] -> D(x, sigma) [rows, n]
            ...
        def vjp(self, told, sigma, x, v):    # (dD/dx at x)' v, row by row
            ...

    bridge.serve(Mine(), "NAME")

numpy is all that it needs.  The same question has to have the same answer.
"""
import json
import os
import socket
import stat
import struct
import sys
import threading

import numpy as np

VERSION = 1
MAGIC = b"PISM"
HEADER = struct.Struct("<4sHHIIQQ")
HELLO, READY, DENOISE, DENOISED, VJP, PRODUCT, ERROR = range(1, 8)
MOST_TEXT = 1000
# Bytes of a question, at most: nobody's header makes more memory than this.
MOST_BYTES = 1 << 30


class Hello:
    """What the program says first: `text` (a dict), `tables` (by name), n, and the columns of `modes`."""

    def __init__(self, payload):
        length = struct.unpack_from("<II", payload)[0]
        self.text = json.loads(payload[8:8 + length].decode("utf-8"))
        self.n = int(self.text["n"])
        self.tables = {}
        offset = 8 + length
        for name, *shape in self.text["tables"]:
            count = int(np.prod(shape))
            self.tables[name] = np.frombuffer(payload, "<f8", count, offset).reshape(shape)
            offset += 8 * count
        self.field, self.frame, self.ky, self.kx = self.tables["modes"][:, :4].T.astype(int)
        self.scale = self.tables["modes"][:, 4]

    def get_part(self, field):
        """Where the numbers of a field lie in a state."""
        info = self.text["fields"][field]
        return slice(info["offset"], info["offset"] + info["frames"] * info["modes"])


class Model:
    """What is served: open() once for every kind of state, the other two as often as they are asked for."""
    name = "model"
    most_rows = 64

    def open(self, hello):
        return hello

    def denoise(self, told, sigma, x):
        raise NotImplementedError("denoise")

    def vjp(self, told, sigma, x, v):
        raise NotImplementedError("the model has no vector-Jacobian product: guidance none alone goes without")


class Grid:
    """States as square pictures [rows, frames, side, side], by orthonormal transforms: white noise stays white."""

    def __init__(self, hello):
        fields = hello.text["fields"]
        self.side = max(f["side"] for f in fields)
        first = np.cumsum([0] + [f["frames"] for f in fields])
        self.shape = (int(first[-1]), self.side, self.side)
        self.frame = first[hello.field] + hello.frame
        self.ky, self.kx = hello.ky, hello.kx
        bases = [orthonormal(f["basis"], self.side) for f in fields for _ in range(f["frames"])]
        self.basis = np.stack(bases)

    def to_grid(self, x):
        boxes = np.zeros((len(x),) + self.shape)
        boxes[:, self.frame, self.ky, self.kx] = x
        return np.einsum("fki,rfkl,flj->rfij", self.basis, boxes, self.basis, optimize=True)

    def to_state(self, picture):
        boxes = np.einsum("fki,rfij,flj->rfkl", self.basis, picture, self.basis, optimize=True)
        return boxes[:, self.frame, self.ky, self.kx]


def orthonormal(basis, n):
    """[mode, node] of a small grid of n nodes; of odd and even modes alike, all modes of the box are there."""
    k, i = np.arange(n)[:, None], np.arange(n)[None, :]
    if basis == "cosine":
        table = np.cos(np.pi * k * (i + 0.5) / n)
    elif basis == "sine":
        table = np.sin(np.pi * (k + 1) * (i + 1) / (n + 1))
    else:
        wave = 2 * np.pi * ((k + 1) // 2) * i / n
        table = np.where(k % 2 == 1, np.cos(wave), np.where(k == 0, 1.0, np.sin(wave)))
    return table / np.linalg.norm(table, axis=1, keepdims=True)


def get_path(name):
    """As the program does it."""
    if "/" in name:
        return name
    folder = os.environ.get("XDG_RUNTIME_DIR") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(folder, "pisd-" + name)


def receive(connection, n):
    data = bytearray(n)
    view, got = memoryview(data), 0
    while got < n:
        size = connection.recv_into(view[got:])
        if size == 0:
            raise EOFError("the other side has closed")
        got += size
    return data


def send(connection, kind, rows, columns, number, payload):
    connection.sendall(HEADER.pack(MAGIC, VERSION, kind, rows, columns, number, len(payload)) + payload)


def say_error(connection, number, message):
    text = message.encode("utf-8", "replace")[:MOST_TEXT].decode("utf-8", "ignore").encode("utf-8")
    send(connection, ERROR, 0, 0, number, text)


class Server:
    """One model, told once for every kind of state, on a thread for each connection."""

    def __init__(self, model):
        self.model, self.told, self.lock = model, {}, threading.Lock()

    def tell(self, payload):
        with self.lock:
            key = bytes(payload)
            if key not in self.told:
                hello = Hello(key)
                self.told[key] = (hello.n, self.model.open(hello))
            return self.told[key]

    def answer(self, kind, rows, n, told, payload):
        arrays = 2 if kind == VJP else 1
        expected = 8 * rows * (1 + arrays * n)
        if kind not in (DENOISE, VJP) or rows < 1 or len(payload) != expected:
            raise ValueError(f"question {kind} of {rows} rows: got {len(payload)} bytes, expected {expected}")
        numbers = np.frombuffer(payload, "<f8").astype(float)
        sigma, states = numbers[:rows], numbers[rows:].reshape(arrays, rows, n)
        with self.lock:  # one question at a time: models need not be safe for threads
            if kind == VJP:
                out = self.model.vjp(told, sigma, states[0], states[1])
            else:
                out = self.model.denoise(told, sigma, states[0])
        out = np.ascontiguousarray(out, "<f8")
        if out.shape != (rows, n):
            raise ValueError(f"model: got an array {out.shape}, expected {(rows, n)}")
        return (PRODUCT if kind == VJP else DENOISED), out.tobytes()

    def talk(self, connection):
        n, told = 0, None
        while True:
            magic, version, kind, rows, columns, number, length = HEADER.unpack(receive(connection, HEADER.size))
            if magic != MAGIC or version != VERSION or length > MOST_BYTES:
                return say_error(connection, number, f"got version {version}, expected {VERSION}")
            payload = receive(connection, length)
            try:
                if kind == HELLO:
                    n, told = self.tell(payload)
                    send(connection, READY, self.model.most_rows, n, number, self.model.name.encode("utf-8"))
                    continue
                if columns != n:
                    raise ValueError(f"columns: got {columns}, expected {n}")
                kind, out = self.answer(kind, rows, n, told, payload)
                send(connection, kind, rows, n, number, out)
            except ConnectionError:
                raise
            except Exception as error:  # whatever a model does is said, and the next question is answered
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
                say_error(connection, number, f"{type(error).__name__}: {error}")

    def run(self, connection):
        with connection:
            try:
                self.talk(connection)
            except (EOFError, OSError):
                pass


def listen(path):
    """A name that a model left behind when it was killed is taken over; one that somebody answers at is not."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if os.path.exists(path):
        if not stat.S_ISSOCK(os.lstat(path).st_mode):
            sys.exit(f"{path}: got a file that is there already, expected the name of a socket")
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
            if other.connect_ex(path) == 0:
                sys.exit(f"{path}: another model is there already")
        os.unlink(path)
    mask = os.umask(0o077)
    listener.bind(path)
    os.umask(mask)
    listener.listen()
    return listener


def serve(model, name):
    """Until it is interrupted."""
    path = get_path(name)
    listener, server = listen(path), Server(model)
    print(f"{model.name}: listening at {path}", file=sys.stderr, flush=True)
    try:
        while True:
            connection = listener.accept()[0]
            threading.Thread(target=server.run, args=(connection,), daemon=True).start()
    except KeyboardInterrupt:
        pass
    finally:
        os.unlink(path)
