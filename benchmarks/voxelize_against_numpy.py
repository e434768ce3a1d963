#!/usr/bin/env python3
"""How fast ParticleImages bins beside numpy, by turns in one run, one thread each.

    benchmarks/voxelize_against_numpy.py [--rounds 31]

Events as full as the public files' become 21 cumulative frames of 32 x 32: by a loop (for every event and frame one numpy.where
over the image, with all conditions in it), by the same loop with the cuts made once an event, by one numpy.where a frame over all
events, and by Voxelizer.Bin in a process of its own, which stays alive between the rounds. All write into a buffer that they keep.
All must make the same voxels bit for bit, or the script says where they differ and ends with 1. First with 100 events, a training batch, whose voxels the last cache
may hold, then with 2000 (large), whose voxels it does not. It takes about a minute and needs numpy.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

# Before numpy is imported: its libraries read this once. numpy.where has one thread anyway.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

try:
    import numpy
except ImportError:
    sys.exit(f"{sys.executable} has no numpy. Install it (python3-numpy, or pip install numpy), or run the script with a Python that has it.")

THRESHOLD = numpy.float32(0.005)
WINDOW = numpy.float32(0.1)
START, STOP, STEP = -0.1, 0.1, 0.0099
# numpy.arange gives the edges up to stop; the end of the last bin is one more.
FRAMES = len(numpy.arange(START, STOP, STEP))
EDGES = START + numpy.arange(FRAMES + 1) * ((START + STEP) - START)
NOTHING = numpy.float32(0)

ROUND_LENGTH = 0.02


def new_events(count, seed=1):
    """(count, 32, 32, 2): 50 hits an event, 13 of them above the cut; the last event is one of borderline cases."""
    random = numpy.random.default_rng(seed)
    images = numpy.zeros((count, 1024, 2), numpy.float32)
    pixels = random.random((count, 1024)).argsort(axis=1)[:, :50]
    energies = numpy.concatenate([0.006 + random.random((count, 13)), 0.0024 + 0.002 * random.random((count, 37))], axis=1)
    numpy.put_along_axis(images[:, :, 0], pixels, energies.astype(numpy.float32), axis=1)
    numpy.put_along_axis(images[:, :, 1], pixels, (0.2 * random.random((count, 50)) - 0.1).astype(numpy.float32), axis=1)

    edges = EDGES.astype(numpy.float32)
    times = numpy.concatenate([numpy.nextafter(edges, NOTHING), edges, numpy.nextafter(edges, numpy.float32(9)), [numpy.nan]])
    above = numpy.nextafter(THRESHOLD, numpy.float32(1))
    energies = [THRESHOLD, above, numpy.float32(1), numpy.float32(-1), numpy.float32(numpy.nan), numpy.float32(numpy.inf)]
    cases = numpy.array([(energy, moment) for energy in energies for moment in times], numpy.float32)
    images[-1] = 0
    images[-1, :len(cases)] = cases
    return images.reshape(count, 32, 32, 2)


def cut(images):
    """The energy where a hit is kept, else 0, and the time: in double, as float32 times are compared with the edges in double."""
    energy, moment = images[..., 0], images[..., 1]
    kept = numpy.isfinite(energy) & (energy > THRESHOLD) & (numpy.abs(moment) < WINDOW)
    moment = moment.astype(numpy.float64)
    kept &= (moment > EDGES[0]) & (moment <= EDGES[-1])
    return numpy.where(kept, energy, NOTHING), moment


def bin_by_loop(images, voxels):
    """For every event and frame one where over the image. A hit stays from the frame on whose bin (edge k, edge k+1] has it."""
    for index in range(len(images)):
        energy, moment = images[index, ..., 0], images[index, ..., 1]
        for frame in range(FRAMES):
            exact = moment.astype(numpy.float64)
            voxels[index, frame] = numpy.where(
                numpy.isfinite(energy) & (energy > THRESHOLD) & (numpy.abs(moment) < WINDOW)
                & (exact > EDGES[0]) & (exact <= EDGES[-1]) & (exact <= EDGES[frame + 1]), energy, NOTHING)


def bin_by_loop_after_cuts(images, voxels):
    """The same loop, cutting once an event."""
    for index in range(len(images)):
        energy, moment = cut(images[index])
        for frame in range(FRAMES):
            voxels[index, frame] = numpy.where(moment <= EDGES[frame + 1], energy, NOTHING)


def bin_by_batch(images, voxels):
    """The same with one where a frame, over all events."""
    energy, moment = cut(images)
    for frame in range(FRAMES):
        voxels[:, frame] = numpy.where(moment <= EDGES[frame + 1], energy, NOTHING)


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Way:
    """A way to bin all events once, and how often it fits into a round; 20 ms, but once at least."""

    def __init__(self, name, once, warm_up):
        self.name, self.once, self.taken = name, once, []
        done, start = 0, time.perf_counter()
        while done == 0 or time.perf_counter() - start < warm_up:
            once()
            done += 1
        self.repetitions = max(1, round(done * ROUND_LENGTH / (time.perf_counter() - start)))

    def measure(self):
        self.taken.append(sum(self.once() for _ in range(self.repetitions)) / self.repetitions)


class OurProcess:
    """Voxelizer.Bin over the events of a file, once whenever asked."""

    def __init__(self, events, voxels):
        project = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ParticleImages.Benchmarks")
        command = ["dotnet", "run", "-c", "Release", "--project", project, "--", "serve-voxels", events, voxels]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        # The build may have something to say before.
        while (line := self.answer()) != "ready":
            print(line, file=sys.stderr)

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The benchmark program ended with code {self.process.wait()}; build benchmarks/ParticleImages.Benchmarks to see why.")
        return line.rstrip("\n")

    def bin(self):
        """The seconds of one binning, measured over there: the way of the question and the answer does not count."""
        self.process.stdin.write("bin\n")
        self.process.stdin.flush()
        return float(self.answer())

    def end(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            sys.exit(f"The benchmark program ended with code {self.process.returncode}.")


def check(name, voxels, expected):
    different = numpy.argwhere(voxels.view(numpy.uint32) != expected.view(numpy.uint32))
    if len(different):
        place = tuple(different[0])
        sys.exit(f"{name} differs from the loop in {len(different)} voxels, first at {place}: {voxels[place]!r}, not {expected[place]!r}.")


def compare(prefix, count, rounds):
    images = new_events(count)
    by_loop, after_cuts, by_batch = (numpy.zeros((count, FRAMES, 32, 32), numpy.float32) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        events_file, voxels_file = os.path.join(folder, "events.npy"), os.path.join(folder, "voxels.npy")
        numpy.save(events_file, images)
        process = OurProcess(events_file, voxels_file)
        ways = [
            # The runtime compiles its loops with optimisation while they run; a second is enough.
            Way("ours", process.bin, warm_up=1),
            Way("numpy-loop", lambda: seconds(lambda: bin_by_loop(images, by_loop)), warm_up=0.2),
            Way("numpy-loop-after-cuts", lambda: seconds(lambda: bin_by_loop_after_cuts(images, after_cuts)), warm_up=0.2),
            Way("numpy-batch", lambda: seconds(lambda: bin_by_batch(images, by_batch)), warm_up=0.2),
        ]
        for round_number in range(rounds):
            # The order turns, so that a machine that becomes slower favours nobody.
            turn = round_number % len(ways)
            for way in ways[turn:] + ways[:turn]:
                way.measure()

        process.end()
        check("The loop after the cuts", after_cuts, by_loop)
        check("The batch form of numpy", by_batch, by_loop)
        check("Voxelizer.Bin", numpy.load(voxels_file), by_loop)

    print(f"{count} events, {rounds} rounds, numpy {numpy.__version__}: the same {by_loop.size} voxels bit for bit")
    for way in ways:
        print(f"{way.name} {count / statistics.median(way.taken):.0f} events/s")
    for way in ways[1:]:
        ratio = statistics.median(other / our for other, our in zip(way.taken, ways[0].taken))
        print(f"{prefix}-vs-{way.name} {ratio:.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=31, help="rounds, at least 1 (default 31)")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("there is at least 1 round")
    compare("voxelize", 100, options.rounds)
    compare("voxelize-large", 2000, options.rounds)


if __name__ == "__main__":
    main()
