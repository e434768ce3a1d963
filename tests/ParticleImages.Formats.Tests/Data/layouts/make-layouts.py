"""Makes the HDF5 files here with h5py (3.7, HDF5 1.10.8): the layouts of public data, none of which are at hand. Every cell holds a number of its own that tells where it stands."""
import h5py
import numpy as np


def cells(*shape, dtype="f8"):
    return np.arange(1, 1 + np.prod(shape), dtype=dtype).reshape(shape)


with h5py.File("calochallenge.hdf5", "w") as f:
    f.create_dataset("incident_energies", data=np.full((2, 1), 1000.0), compression="gzip")
    f.create_dataset("showers", data=cells(2, 6480), compression="gzip", shuffle=True)

with h5py.File("calogan.hdf5", "w") as f:
    f.create_dataset("energy", data=np.full((4, 1), 50.0))
    for i, shape in enumerate([(3, 96), (12, 12), (12, 6)]):
        f.create_dataset(f"layer_{i}", data=cells(4, *shape), compression="gzip")
    f.create_dataset("overflow", data=np.zeros((4, 3)))

with h5py.File("clic.hdf5", "w") as f:
    f.create_dataset("ECAL", data=cells(2, 25, 25, 25, dtype="f4"), compression="gzip", shuffle=True)
    f.create_dataset("HCAL", data=cells(2, 11, 11, 60, dtype="f4"), compression="gzip", shuffle=True)
    f.create_dataset("energy", data=np.full(2, 100.0))

with h5py.File("quarkgluon.hdf5", "w") as f:
    f.create_dataset("X_jets", data=cells(2, 125, 125, 3, dtype="f4"), compression="gzip", shuffle=True)
    f.create_dataset("m0", data=np.zeros(2))
    f.create_dataset("pt", data=np.zeros(2))
    f.create_dataset("y", data=np.array([0.0, 1.0]))

with h5py.File("toptagging.hdf5", "w") as f:
    table = np.zeros(3, dtype=[("index", "<i8"), ("values_block_0", "<f4", (804,)), ("values_block_1", "<i8", (2,))])
    f.create_group("table").create_dataset("table", data=table, compression="gzip")
