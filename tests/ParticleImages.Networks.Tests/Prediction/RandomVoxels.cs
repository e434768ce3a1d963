using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Sparse voxels of any kind that a voxelizer can make, drawn from a seed.</summary>
public sealed class RandomVoxels
{
    private readonly Random random;

    public RandomVoxels(int seed)
    {
        random = new Random(seed);
        HitEvents hits = Hits();
        Voxelizer = Fitted(Choose(hits.Shape), hits);
        Sparse = Voxelizer.BinSparse(hits);
        Start = random.Next(Sparse.Count + 1);
        Count = random.Next(Sparse.Count - Start + 1);
    }

    public Voxelizer Voxelizer { get; }

    public SparseVoxels Sparse { get; }

    public int Start { get; }

    public int Count { get; }

    private HitEvents Hits()
    {
        var shape = new ImageShape(random.Next(2, 9), random.Next(2, 9));
        int count = random.Next(6);
        var offsets = new long[count + 1];
        for (int i = 0; i < count; i++)
        {
            // Often none, and sometimes more than there are pixels.
            offsets[i + 1] = offsets[i] + (random.Next(4) == 0 ? 0 : random.Next(1, random.Next(3) == 0 ? 3 * shape.Pixels : shape.Pixels));
        }

        int total = (int)offsets[^1];
        return new HitEvents(
            shape,
            offsets,
            [.. Draw(total, () => (ushort)random.Next(shape.Pixels))],
            [.. Draw(total, Energy)],
            [.. Draw(total, Time)],
            [.. Draw(count, () => random.Next(2))]);
    }

    private IEnumerable<T> Draw<T>(int count, Func<T> one) => Enumerable.Range(0, count).Select(_ => one());

    // Large ones become infinite when scaled, and NaN when divided by such a maximum.
    private float Energy() => random.Next(12) == 0 ? float.MaxValue : 0.001f + random.NextSingle() - (random.Next(8) == 0 ? 1.1f : 0);

    // A time of −0 is a value like any other, whose sign must not get lost.
    private float Time() => random.Next(8) == 0 ? -0f : (random.NextSingle() * 2.4f) - 1.2f;

    private Voxelizer Choose(ImageShape shape)
    {
        TimeAxis axis = random.Next(4) switch
        {
            0 => TimeAxis.DistinctTimes(random.Next(1, 5)),
            1 => TimeAxis.FromEdges(-0.5, 0, 0.1, 0.8),
            _ => TimeAxis.Regular(-1, 1, random.Next(1, 12)),
        };
        Voxelizer voxelizer = random.Next(3) == 0
            ? Voxelizer.NotebookCompatible(-1, 1, 0.1 + (random.NextDouble() * 0.8))
            : Voxelizer.Over(axis.Outside(random.Next(2) == 0 ? OutsideTime.Drop : OutsideTime.Nearest));
        voxelizer = random.Next(2) == 0 ? voxelizer : voxelizer.KeepEnergyAbove(0.1);
        voxelizer = random.Next(3) == 0 ? voxelizer : voxelizer.Cumulative();
        int crop = 2 * random.Next(1, (Math.Min(shape.Height, shape.Width) / 2) + 1);
        voxelizer = random.Next(4) switch
        {
            0 => voxelizer.Crop(crop),
            1 => voxelizer.Crop(2, row: 1, column: 1),
            2 => voxelizer.CropAroundHottest(crop),
            _ => voxelizer,
        };
        VoxelChannel[] channels = [VoxelChannel.Energy, VoxelChannel.Time, VoxelChannel.Hit];
        random.Shuffle(channels);
        return voxelizer
            .Project(random.Next(2) == 0 ? VoxelProjection.None : (VoxelProjection)random.Next(4))
            .WithChannels(channels[..random.Next(1, 4)])
            .ScaleEnergy(Scaling())
            .ScaleTime(Scaling());
    }

    private VoxelScaling[] Scaling() => random.Next(5) switch
    {
        0 => [],
        1 => [VoxelScaling.GeV, VoxelScaling.Log1p],
        2 => [VoxelScaling.GeV, VoxelScaling.EventMaximum],
        _ => [VoxelScaling.SquareRoot, VoxelScaling.Standardise(random.Next(3) > 0)],
    };

    private static Voxelizer Fitted(Voxelizer voxelizer, HitEvents hits)
    {
        try
        {
            return hits.Count == 0 ? voxelizer.ScaleEnergy([]).ScaleTime([]) : voxelizer.Fit(hits);
        }
        catch (InvalidOperationException)
        {
            // So few hits that there is no deviation.
            return voxelizer.ScaleEnergy([]).ScaleTime([]);
        }
    }
}
