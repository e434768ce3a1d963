"""Makes the HDF5 files here with h5py (3.7, HDF5 1.10.8): structures that lead back to themselves, or far too often elsewhere."""
import struct

import h5py
import numpy as np

X, y = np.arange(4 * 3 * 3 * 2, dtype="f4").reshape(4, 3, 3, 2), np.array([0, 1, 1, 0], "f4")


def make(name, fill, libver=None, events=True):
    with h5py.File(name + ".hdf5", "w", libver=libver) as file:
        if events:
            file.create_dataset("X", data=X, chunks=(2, 3, 3, 2))
            file["y"] = y
        fill(file)


def link(**links):
    def fill(file):
        for name, target in links.items():
            file[name] = h5py.SoftLink(target) if isinstance(target, str) else target
    return fill


def chain(count):
    return link(**{f"l{i:02}": f"/l{i + 1:02}" for i in range(count - 1)}, **{f"l{count - 1:02}": "/X"})


def doubling(file):
    file["l0"] = h5py.SoftLink("/")
    for i in range(1, 12):
        file[f"l{i}"] = h5py.SoftLink(f"/l{i - 1}" * 50)


def four_roots(file):
    for name in "abcd":
        file[name] = file["/"]


make("link-to-itself", link(X="/X", y="/y"), events=False)
make("link-to-itself-beside-events", link(loop="/loop"))
make("links-in-a-circle", link(a="/b", b="/a"))
make("external-link-to-itself", link(out=h5py.ExternalLink("external-link-to-itself.hdf5", "/out")))
make("external-link-to-a-pipe", link(out=h5py.ExternalLink("pipe", "/X")))
make("links-that-double", doubling)
make("chain-of-16-links", chain(16))
make("chain-of-17-links", chain(17))
make("four-roots", four_roots, events=False)
make("four-roots-latest", four_roots, libver="latest", events=False)


def change(source, target, edit):
    data = bytearray(open(source + ".hdf5", "rb").read())
    edit(data)
    open(target + ".hdf5", "wb").write(data)


def tree_to_itself(type, level):
    """A version 1 B-tree whose first child is the tree: signature, type, level, entries, two siblings, a key, a child."""
    def edit(data):
        at = -1
        while (at := data.find(b"TREE", at + 1)) >= 0:
            if data[at + 4] == type:
                data[at + 5] = level
                key = 8 if type == 0 else 8 + 5 * 8
                struct.pack_into("<Q", data, at + 24 + key, at)
    return edit


def continuation_to_itself(data):
    """A header message of type 16: address and length of more messages, which are made those that it stands among."""
    at = data.find(struct.pack("<HHI", 16, 16, 0))
    assert at > 0
    struct.pack_into("<QQ", data, at + 8, at, 24)


def attributes(file):
    for i in range(20):
        file["X"].attrs[f"attribute {i}"] = "x" * 40


make("plain", lambda file: None)
for level in (1, 255):
    change("plain", f"chunks-in-a-circle-{level}", tree_to_itself(1, level))
    change("plain", f"group-in-a-circle-{level}", tree_to_itself(0, level))
make("continued", attributes)
change("continued", "header-that-continues-itself", continuation_to_itself)
