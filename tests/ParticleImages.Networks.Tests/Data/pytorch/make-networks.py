"""Makes the files beside it: networks of PyTorch, their weights as safetensors, and what they make of some inputs.

Run with Python 3 and PyTorch (made with Debian's 1.13.0a0, on one thread). The safetensors files are written here by the section «Format» of
the README of github.com/huggingface/safetensors: a little-endian u64, that many bytes of JSON, the values side by side.
"""

import json
import pathlib
import struct

import numpy as np
import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def save_file(tensors, path, metadata=None):
    """As safetensors.torch.save_file: wide types first, then by name."""
    header, parts, offset = {}, [], 0
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, tensor in sorted(tensors.items(), key=lambda item: (-item[1].element_size(), item[0])):
        raw = tensor.contiguous().reshape(-1)
        raw = (raw.view(torch.int16) if tensor.dtype == torch.bfloat16 else raw).numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + len(raw)]}
        parts.append(raw)
        offset += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


class Residual(nn.Module):
    def __init__(self, branch, shortcut):
        super().__init__()
        self.branch, self.shortcut = branch, shortcut

    def forward(self, x):
        return self.branch(x) + self.shortcut(x)


class Branches(nn.ModuleList):
    def forward(self, x):
        return torch.cat([branch(x) for branch in self], 1)


def plain():
    return nn.Sequential(
        nn.Conv3d(2, 3, 3, padding="same"), nn.ReLU(), nn.Dropout(0.2), nn.BatchNorm3d(3, eps=1e-3), nn.MaxPool3d(2),
        nn.Conv3d(3, 4, (2, 3, 4), padding="same"), nn.ELU(), nn.Flatten(),
        nn.Linear(128, 6), nn.Tanh(), nn.BatchNorm1d(6, eps=1e-3), nn.Linear(6, 2))


def blocks():
    return nn.Sequential(
        nn.Conv3d(2, 4, 3, padding="same"), nn.ReLU(),
        Residual(
            nn.Sequential(nn.Conv3d(4, 6, 3, padding="same"), nn.BatchNorm3d(6, eps=1e-3), nn.ReLU(), nn.Conv3d(6, 5, 1)),
            nn.Sequential(nn.Conv3d(4, 5, 1))),
        Residual(nn.Sequential(nn.Conv3d(5, 5, 3, padding="same"), nn.Tanh()), nn.Sequential()),
        Branches([
            nn.Sequential(nn.Conv3d(5, 2, 1), nn.ReLU()),
            nn.Sequential(nn.Conv3d(5, 3, 1), nn.ReLU(), nn.Conv3d(3, 4, 3, padding="same"), nn.ReLU())]),
        nn.MaxPool3d(2), nn.Flatten(), nn.Linear(192, 2))


def at_random(network, dtype):
    """Every weight and running statistic: what training leaves, with nothing at its start value."""
    network = network.to(dtype)
    for name, tensor in network.state_dict().items():
        if name.endswith("num_batches_tracked"):
            tensor.fill_(17)
        elif name.endswith("running_var"):
            tensor.uniform_(0.3, 2)
        elif tensor.dim() == 1:
            tensor.normal_(0.3, 0.5)
        else:
            tensor.normal_(0, (2 / tensor[0].numel()) ** 0.5)
    return network.eval()


torch.manual_seed(20260101)
torch.set_num_threads(1)
x = torch.randn(6, 2, 5, 8, 8) * (torch.rand(6, 2, 5, 8, 8) < 0.3)
arrays = {"x": x.numpy()}
with torch.no_grad():
    for kind, dtype in (("f32", torch.float32), ("f64", torch.float64), ("f16", torch.float16), ("bf16", torch.bfloat16)):
        network = at_random(plain(), torch.float64).to(dtype)
        save_file(network.state_dict(), FOLDER / f"plain-{kind}.safetensors", {"format": "pt"})
        arrays[f"plain_{kind}"] = network.double()(x.double()).numpy()
    network = at_random(blocks(), torch.float32)
    save_file({f"model.{name}": tensor for name, tensor in network.state_dict().items()}, FOLDER / "blocks.safetensors")
    arrays["blocks"] = network.double()(x.double()).numpy()
np.savez_compressed(FOLDER / "expected.npz", **arrays)
