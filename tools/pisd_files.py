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
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(os.path.abspath(path)), delete=False) as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    os.replace(file.name, path)
