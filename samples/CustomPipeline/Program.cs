using System.Runtime.InteropServices;
using CustomPipeline;
using ParticleImages;
using ParticleImages.Voxelization;
using Samples;

// The voxelizer in a program that is not ours: own arrays, own memory, own detector, and nothing of the library but
// ParticleImages.Voxelization. It checks what it shows; the exit code is 0 only if everything held.
var checks = new Checks();
var beamTest = new BeamTest(seed: 7);
ImageShape crystals = BeamTest.Crystals;

// Energies in GeV, times in ns: the library computes with the numbers it gets.
const float Threshold = 0.5f;
const float Window = 8;
Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Regular(-8, 8, bins: 16)).KeepEnergyAbove(Threshold).KeepTimeWithin(Window).Cumulative();
VoxelShape shape = voxelizer.OutputShape(crystals);
const int Events = 64;

checks.Begin($"1. Own arrays: {crystals} crystals become {shape} voxels in one buffer, batch after batch");
var images = new float[Events * crystals.Values];
var voxels = new float[Events * shape.Values];
NextBatch();
long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
for (int batch = 0; batch < 100; batch++)
{
    NextBatch();
}

long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
checks.Hold(allocated == 0, $"100 batches of {Events} events allocated {allocated} bytes");
checks.Hold(LastFramesAreTheImagesAfterTheCuts(), "the last cumulative frame is the image after the cuts, crystal by crystal");

checks.Begin("2. Memory outside the garbage collector's heap, in and out, on two threads");
using (var nativeImages = new NativeFloats(images.Length))
using (var nativeVoxels = new NativeFloats(voxels.Length))
{
    images.CopyTo(nativeImages.GetSpan());
    voxelizer.Bin(nativeImages.Memory, crystals, nativeVoxels.Memory, threads: 2);
    checks.Hold(SameBits(nativeVoxels.GetSpan(), voxels), $"{voxels.Length} voxels have the same bits as those of one thread in an array");
}

checks.Begin("3. Own hits, several a crystal: sparse voxels, and dense ones where a network wants them");
HitEvents hits = beamTest.Hits(1000);
Voxelizer exclusive = voxelizer.Exclusive();
SparseVoxels sparse = exclusive.BinSparse(hits);
VoxelGrid dense = sparse.ToDense();
checks.Say(
    $"{hits.Count} events, {hits.HitCount} hits, {sparse.EntryCount} entries: {sparse.Bytes / 1024} KiB where dense voxels take {dense.Voxels.Length * sizeof(float) / 1024} KiB");
SparseEvent shown = sparse[1];
var entriesShown = new List<string[]>();
for (int entry = 0; entry < Math.Min(3, shown.Count); entry++)
{
    entriesShown.Add([$"{shown.Pixels[entry] / shape.Width}", $"{shown.Pixels[entry] % shape.Width}", $"{shown.Frames[entry]}", $"{shown.Values[entry]}"]);
}

checks.Say("The first entries of event 1:");
checks.Say(["row", "column", "frame", "energy (GeV)"], entriesShown);
checks.Hold(SameBits(dense.Voxels, exclusive.Bin(hits).Voxels), "sparse voxels made dense have the same bits as those binned densely");
checks.Hold(EntriesAreTheVoxels(), "every entry is its voxel, and there are no others");

checks.Begin("4. What each cut leaves");
CutFlow flow = exclusive.CountCuts(hits);
checks.Say(
    ["cut", "class", "events", "hits", "energy (GeV)"],
    flow.Rows.Select(row => (string[])[row.Cut, ParticleLabel.NameOf(row.Label), $"{row.Events}", $"{row.Hits}", $"{row.Energy:F1}"]));
double energyLeft = flow.Rows.TakeLast(2).Sum(row => row.Energy);
double energyBinned = dense.Voxels.ToArray().Sum(energy => (double)energy);
checks.Hold(energyLeft == energyBinned, $"the last line has the energy of the voxels, {energyBinned} GeV");

checks.Begin("5. A detector with depth instead of time: 51 × 51 × 25 cells");
var layer = new ImageShape(51, 51);
const int Layers = 25;
int[] labels = [ParticleLabel.Photon, ParticleLabel.Electron];
float[] cells = beamTest.Cells(labels.Length, layer, Layers);
VoxelGrid depth = Voxelizer.Over(TimeAxis.Layers(Layers)).Bin(HitEvents.FromLayers(layer, Layers, cells, labels, LayerOrder.Last));
checks.Hold(depth.Shape == new VoxelShape(Layers, 51, 51), $"an event is {depth.Shape}: layers, rows, columns");
checks.Hold(EveryCellIsItsVoxel(), $"each of {cells.Length} cells (row, column, layer) stands in its voxel (layer, row, column)");

checks.Begin("6. Bins with as many hits in each, found on data, kept as JSON");
const int Bins = 8;
Voxelizer fitted = Voxelizer.Over(TimeAxis.Quantiles(Bins)).KeepEnergyAbove(Threshold).KeepTimeWithin(Window).Fit(hits);
int[] occupancy = Occupancy(fitted.Axis);
checks.Say($"edges {string.Join(", ", fitted.Axis.Edges.ToArray().Select(edge => edge.ToString("F2")))} ns; hits {string.Join(", ", occupancy)}");
checks.Hold(occupancy.Max() - occupancy.Min() <= 1, "the fullest bin has at most one hit more than the emptiest");

string file = Path.GetTempFileName();
try
{
    File.WriteAllText(file, fitted.ToJson());
    Voxelizer again = Voxelizer.FromJson(File.ReadAllText(file));
    checks.Hold(again == fitted, "the description read back is the one that was saved");
    checks.Hold(SameBits(again.Bin(hits).Voxels, fitted.Bin(hits).Voxels), "and it bins to the same bits");
}
finally
{
    File.Delete(file);
}

return checks.End();

void NextBatch()
{
    beamTest.Fill(images);
    voxelizer.Bin(images, crystals, voxels);
}

bool LastFramesAreTheImagesAfterTheCuts()
{
    for (int i = 0; i < Events; i++)
    {
        ReadOnlySpan<float> image = images.AsSpan(i * crystals.Values, crystals.Values);
        ReadOnlySpan<float> last = voxels.AsSpan(((i + 1) * shape.Values) - crystals.Pixels, crystals.Pixels);
        for (int pixel = 0; pixel < crystals.Pixels; pixel++)
        {
            (float energy, float time) = (image[2 * pixel], image[(2 * pixel) + 1]);
            if (last[pixel] != (energy > Threshold && Math.Abs(time) < Window ? energy : 0))
            {
                return false;
            }
        }
    }

    return true;
}

bool EntriesAreTheVoxels()
{
    for (int i = 0; i < sparse.Count; i++)
    {
        SparseEvent entries = sparse[i];
        for (int entry = 0; entry < entries.Count; entry++)
        {
            (int row, int column) = Math.DivRem(entries.Pixels[entry], shape.Width);
            if (dense[i, entries.Frames[entry], row, column] != entries.Values[entry])
            {
                return false;
            }
        }
    }

    return sparse.EntryCount == dense.Voxels.ToArray().Count(voxel => voxel != 0);
}

bool EveryCellIsItsVoxel()
{
    for (int cell = 0; cell < cells.Length; cell++)
    {
        (int column, int depthOfCell) = Math.DivRem(cell, Layers);
        (int row, int columnInRow) = Math.DivRem(column, layer.Width);
        (int index, int rowInEvent) = Math.DivRem(row, layer.Height);
        if (depth[index, depthOfCell, rowInEvent, columnInRow] != cells[cell])
        {
            return false;
        }
    }

    return true;
}

int[] Occupancy(TimeAxis axis)
{
    var count = new int[axis.Bins];
    for (int i = 0; i < hits.Count; i++)
    {
        Hits ofEvent = hits[i];
        for (int hit = 0; hit < ofEvent.Count; hit++)
        {
            if (ofEvent.Energies[hit] > Threshold && Math.Abs(ofEvent.Times[hit]) < Window)
            {
                count[axis.BinOf(ofEvent.Times[hit])]++;
            }
        }
    }

    return count;
}

static bool SameBits(ReadOnlySpan<float> some, ReadOnlySpan<float> others) =>
    MemoryMarshal.AsBytes(some).SequenceEqual(MemoryMarshal.AsBytes(others));
