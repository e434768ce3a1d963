"""Makes the files of README.md's second list with h5py (3.7, HDF5 1.10.8), from the expected-*.npy beside it."""
import numpy as np
import h5py

X, y = np.load("expected-X.npy"), np.load("expected-y.npy")


def make(name, x=X, labels=y, libver=None, userblock=0, **options):
    with h5py.File(name + ".hdf5", "w", libver=libver, userblock_size=userblock) as file:
        file.create_dataset("X", data=x, **options)
        file.create_dataset("y", data=labels)


whole = dict(chunks=(10, 32, 32, 2), compression="gzip")
make("userblock-gzip", userblock=512, **whole)
make("bad-userblock", X[:1], y[:1], userblock=1024)
make("big-endian-float64-gzip", X.astype(">f8"), **whole)
make("big-endian-float16-gzip", X.astype(">f2"), **whole)
make("latest-extensible-lzf", libver="latest", maxshape=(None, 32, 32, 2), chunks=(1, 32, 32, 2), compression="lzf")
make("latest-btree2-gzip", libver="latest", maxshape=(None, None, 32, 2), chunks=(10, 20, 32, 1), compression="gzip")
make("latest-single-gzip", libver="latest", chunks=(48, 32, 32, 2), compression="gzip", shuffle=True)
make("latest-paged-gzip", libver="latest", chunks=(3, 4, 4, 1), compression="gzip")
make("uneven-chunks-gzip", chunks=(7, 5, 9, 2), compression="gzip", shuffle=True)
make("y-big-endian-int16", labels=y.astype(">i2"), **whole)
make("y-column", labels=y.reshape(-1, 1), **whole)

strange = y.astype("i4")
strange[17] = 2
make("bad-label", labels=strange, **whole)
make("bad-scaleoffset", chunks=(10, 32, 32, 2), scaleoffset=4)
make("bad-integer-images", X.astype("i2"), **whole)
make("bad-one-hot", labels=np.stack([1 - y, y], 1), **whole)
make("bad-paged-userblock", X[:3], y[:3], libver="latest", userblock=512, chunks=(1, 2, 2, 1))
make("bad-growing-axis", libver="latest", maxshape=(None, 64, 32, 2), chunks=(10, 16, 32, 2), compression="gzip")

# Chunks written past the library, none of the two filters applied: mask 3.
with h5py.File("unfiltered-chunks.hdf5", "w") as file:
    images = file.create_dataset("X", X.shape, "f4", chunks=(12, 32, 32, 2), compression="gzip", shuffle=True)
    images.id.write_direct_chunk((0, 0, 0, 0), X[:12].tobytes(), 3)
    images[12:24] = X[12:24]
    images.id.write_direct_chunk((24, 0, 0, 0), X[24:36].tobytes(), 3)
    images[36:] = X[36:]
    file["y"] = y

with h5py.File("early-implicit.hdf5", "w", libver="latest") as file:
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((10, 32, 32, 2))
    properties.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    images = h5py.h5d.create(file.id, b"X", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple(X.shape), properties)
    images.write(h5py.h5s.ALL, h5py.h5s.ALL, X)
    file["y"] = y

# Rows 0 to 9 written, the others never: they hold the fill value.
with h5py.File("fill-value.hdf5", "w") as file:
    images = file.create_dataset("X", X.shape, "f4", chunks=(10, 32, 32, 2), compression="gzip", fillvalue=-1.5)
    images[:10] = X[:10]
    file.create_dataset("energies", (48, 32, 32), "f4", fillvalue=2.5)
    file["y"] = y

with h5py.File("compact.hdf5", "w") as file:
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4, 32, 32, 2))
    images = h5py.h5d.create(file.id, b"X", h5py.h5t.IEEE_F32LE, space, properties)
    images.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(X[:4]))
    file["y"] = y[:4]

with h5py.File("linked.hdf5", "w") as file:
    file["X"] = h5py.ExternalLink("gzip.hdf5", "/X")
    file["labels"] = y
    file["y"] = h5py.SoftLink("/labels")
    file["gone"] = h5py.SoftLink("/nowhere")

with h5py.File("bad-virtual.hdf5", "w", libver="latest") as file:
    view = h5py.VirtualLayout(X.shape, "f4")
    view[:] = h5py.VirtualSource("gzip.hdf5", "X", X.shape)
    file.create_virtual_dataset("X", view)
    file["y"] = y

with h5py.File("bad-external.hdf5", "w") as file:
    file.create_dataset("X", X.shape, "f4", external=[("values.raw", 0, h5py.h5f.UNLIMITED)])
    file["y"] = y

with h5py.File("bad-many-events.hdf5", "w") as file:
    file.create_dataset("X", (1 << 40, 32, 32, 2), "f4", chunks=(1, 32, 32, 2), compression="gzip")
    file.create_dataset("y", (1 << 40,), "f4", chunks=(1024,))

with h5py.File("attributes.hdf5", "w") as file:
    file["X"], file["y"] = X[:1], y[:1]
    file.attrs["source"] = "synthetic: made for tests"
    file.attrs["detector"] = np.bytes_("ECAL")
    file.attrs["unit"] = "50 GeV · 50 ns"
    file.attrs["seed"] = 7
    file.attrs["many"] = ["a", "b"]

# Nothing of X was ever written, and its chunks stand out far over its last axis.
with h5py.File("wide-chunks.hdf5", "w") as file:
    file.create_dataset("X", (4, 32, 32, 2), "f4", maxshape=(None, 32, 32, None), chunks=(1, 32, 32, 100_000), fillvalue=-1.5)
    file["y"] = y[:4]

with h5py.File("bad-one-value-chunks.hdf5", "w") as file:
    file.create_dataset("X", (2, 64, 64, 512), "f4", chunks=(1, 1, 1, 1))
    file["y"] = y[:2]

# What shuffle gets here is longer than a chunk: deflate found nothing to compress.
with h5py.File("gzip-before-shuffle.hdf5", "w") as file:
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((2, 32, 32, 2))
    properties.set_deflate(4)
    properties.set_shuffle()
    incompressible = np.random.default_rng(1).integers(0, 1 << 32, (2, 32, 32, 2), dtype="u4").view("f4")
    images = h5py.h5d.create(file.id, b"X", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple(incompressible.shape), properties)
    images.write(h5py.h5s.ALL, h5py.h5s.ALL, incompressible)
    file["raw"] = incompressible
    file["y"] = y[:2]

# Of 4096 chunks an event two are written: the first of the first is no gzip data any more, and that of the last is said to stand behind the end.
with h5py.File("bad-two-chunks.hdf5", "w") as file:
    images = file.create_dataset("X", (3, 64, 64, 1), "f4", chunks=(1, 1, 1, 1), compression="gzip")
    images[0, 0, 0, 0], images[2, 0, 0, 0] = 1, 2
    file["y"] = y[:3]
    first = images.id.get_chunk_info(0).byte_offset
    last = images.id.get_chunk_info(1).byte_offset
data = bytearray(open("bad-two-chunks.hdf5", "rb").read())
data[first + 1] ^= 0xFF
at = data.find(int(last).to_bytes(8, "little"))
data[at + 5] = 1
open("bad-two-chunks.hdf5", "wb").write(data)
