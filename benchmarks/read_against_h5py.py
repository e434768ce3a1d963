#!/usr/bin/env python3
"""How fast ParticleImages reads HDF5 beside h5py, by turns in one run, from files in the page cache.

    benchmarks/read_against_h5py.py [--events 20000] [--rounds 9] [--chunk 3000] [--storage NAME] [--memory dropped|held|kept]

Images as sparse as the public files' are written by h5py in several storages. Whole files: ParticleImages with 2 threads, and with 1, beside h5py, which has one. Slices: 256 events from random rows, one thread each.
Both give every range memory of its own, as dataset[start:stop] and EventSource.Read do, and drop it for the next one; with --memory held they hold all ranges of a round, with --memory kept both read into memory that they keep.
Dropped arrays are where the two differ: Python has them back at once, by counting references, and reads 40 slices to two addresses; the runtime has them back when it next collects garbage.
A line's ratio is the best time of h5py by the best of ours; contiguous slices, which take milliseconds, have ten times the rounds. All must read the same bits, or the script says where they differ and ends with 1. It needs numpy and h5py, and, with the usual number of events, half a gigabyte of disk and a minute or two.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time

try:
    import h5py
    import numpy
except ImportError:
    sys.exit(f"{sys.executable} has no h5py or no numpy. Install them (python3-h5py), or run the script with a Python that has them.")

SLICE = 256


def new_images(count, seed=1):
    """(count, 32, 32, 2): 50 hits an event."""
    random = numpy.random.default_rng(seed)
    images = numpy.zeros((count, 1024, 2), numpy.float32)
    for start in range(0, count, 10_000):
        part = images[start:start + 10_000]
        pixels = random.random((len(part), 1024)).argsort(axis=1)[:, :50, None]
        hits = numpy.stack([random.exponential(0.02, (len(part), 50)), 0.2 * random.random((len(part), 50)) - 0.1], axis=-1).astype(numpy.float32)
        numpy.put_along_axis(part, numpy.broadcast_to(pixels, (len(part), 50, 2)), hits, axis=1)
    return images.reshape(count, 32, 32, 2)


class OurProcess:
    """Reads ranges of a file whenever asked."""

    def __init__(self, path, threads, memory):
        project = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ParticleImages.Benchmarks")
        command = ["dotnet", "run", "-c", "Release", "--project", project, "--", "serve-reads", path, str(threads), memory]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while (line := self.answer()) != "ready":
            print(line, file=sys.stderr)

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The benchmark program ended with code {self.process.wait()}; build benchmarks/ParticleImages.Benchmarks to see why.")
        return line.rstrip("\n")

    def read(self, ranges):
        """The seconds of reading some ranges, and a checksum of the bits of the last one."""
        self.process.stdin.write(" ".join(f"{start} {count}" for start, count in ranges) + "\n")
        self.process.stdin.flush()
        seconds, checksum = self.answer().split()
        return float(seconds), int(checksum)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def read_by_h5py(dataset, ranges, buffer, held):
    """The seconds of reading some ranges, and the last one; without a buffer each is an array of its own, and held where there is a list to hold them."""
    last = None
    start_time = time.perf_counter()
    for start, count in ranges:
        if buffer is None:
            last = dataset[start:start + count]
            if held is not None:
                held.append(last)
        else:
            dataset.read_direct(buffer, numpy.s_[start:start + count], numpy.s_[:count])
            last = buffer[:count]
    return time.perf_counter() - start_time, last


def checksum(images):
    """The sum of all bits, taken as whole numbers of 32 bits, modulo 2^64."""
    return int(numpy.ascontiguousarray(images).view(numpy.uint32).sum(dtype=numpy.uint64))


def compare(name, path, ranges, threads, rounds, memory):
    with h5py.File(path, "r") as file:
        dataset = file["X"]
        buffer = numpy.empty((max(count for _, count in ranges), 32, 32, 2), numpy.float32) if memory == "kept" else None
        process = OurProcess(path, threads, memory)
        ours, theirs = [], []
        for round_number in range(rounds + 1):
            other, last = read_by_h5py(dataset, ranges, buffer, [] if memory == "held" else None)
            own, found = process.read(ranges)
            expected = checksum(last)
            if found != expected:
                sys.exit(f"{name}: the bits read differ from h5py's ({found} instead of {expected}).")
            # The first round warms up.
            if round_number > 0:
                ours.append(own)
                theirs.append(other)
        process.end()
    megabytes = sum(count for _, count in ranges) * 8192e-6
    print(f"{name} {min(theirs) / min(ours):.2f}: {megabytes / min(ours):.0f} against {megabytes / min(theirs):.0f} MB/s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=20_000, help="events of a file (default 20000)")
    parser.add_argument("--rounds", type=int, default=9, help="rounds, at least 1 (default 9)")
    parser.add_argument("--chunk", type=int, default=3000, help="events of a chunk, as in one of the public files (default 3000; 9960 in the other)")
    parser.add_argument("--storage", help="one storage only: contiguous, gzip, lzf or gzip-small")
    parser.add_argument("--memory", choices=("dropped", "held", "kept"), default="dropped", help="whether each range's memory is dropped for the next one (default), held to the end of the round, or kept and used again by both")
    options = parser.parse_args()
    if options.rounds < 1 or options.events < SLICE:
        parser.error(f"there is at least 1 round, and {SLICE} events are a slice")
    images = new_images(options.events)
    chunks = (min(options.chunk, options.events), 32, 32, 2)
    storages = {
        "contiguous": {},
        "gzip": dict(chunks=chunks, compression="gzip"),
        "lzf": dict(chunks=chunks, compression="lzf"),
        "gzip-small": dict(chunks=(SLICE, 32, 32, 2), compression="gzip", shuffle=True),
    }
    starts = numpy.random.default_rng(2).integers(0, options.events - SLICE, 40)
    with tempfile.TemporaryDirectory() as folder:
        for name, storage in storages.items():
            if options.storage not in (None, name):
                continue
            path = os.path.join(folder, f"{name}.hdf5")
            with h5py.File(path, "w") as file:
                file.create_dataset("X", data=images, **storage)
                file.create_dataset("y", data=numpy.arange(options.events, dtype=numpy.float32) % 2)
            whole = [(0, options.events)]
            compare(f"read-{name}-2-threads-vs-h5py", path, whole, 2, options.rounds, options.memory)
            compare(f"read-{name}-1-thread-vs-h5py", path, whole, 1, options.rounds, options.memory)
            # Of large chunks a slice costs as much as all its chunk; in order each is decoded once.
            inside = sorted(starts) if options.chunk > SLICE and storage and name != "gzip-small" else starts
            compare(f"slices-{name}-vs-h5py", path, [(int(start), SLICE) for start in inside], 1, options.rounds * (1 if storage else 10), options.memory)
            os.remove(path)


if __name__ == "__main__":
    main()
