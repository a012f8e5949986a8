"""Files of the trainer in Python: safetensors, as src/engine/files writes and reads them."""
import hashlib
import json
import os
import struct
import tempfile

import numpy as np

TYPES = {"F16": np.dtype("<f2"), "F32": np.dtype("<f4")}
HASH = "data_sha256"


def read(path):
    """Metadata and arrays, by name."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    if metadata.get(HASH, hashlib.sha256(data).hexdigest()) != hashlib.sha256(data).hexdigest():
        raise ValueError(f"{path}: the data are not those of `{HASH}`")
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        arrays[name] = np.frombuffer(data[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return metadata, arrays


def write(path, metadata, arrays):
    """Whole or not at all."""
    names = {dtype: name for name, dtype in TYPES.items()}
    header, data = {}, b""
    for name, array in arrays.items():
        array = np.ascontiguousarray(array)
        header[name] = {"dtype": names[array.dtype.newbyteorder("<")], "shape": list(array.shape),
                        "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    metadata = {**metadata, HASH: hashlib.sha256(data).hexdigest()}
    text = json.dumps({"__metadata__": metadata, **header}, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    replace(path, struct.pack("<Q", len(text)) + text + data)


def replace(path, data):
    """The file's content, which others may read as far as the umask lets them."""
    handle, name = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
