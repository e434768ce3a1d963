namespace ParticleImages.Voxelization.Tests;

/// <summary>Images and a voxelizer drawn from a seed, with everything planted that a cut, a crop or a bin could get wrong.</summary>
public sealed class RandomCase
{
    private static readonly float[] OddEnergies =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, -1, float.MaxValue];

    private static readonly float[] OddTimes =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0, 99.99999f, 100, -100, 1e30f, float.Epsilon];

    private static readonly VoxelChannel[][] SomeChannels =
    [
        [VoxelChannel.Energy], [VoxelChannel.Energy, VoxelChannel.Time, VoxelChannel.Hit], [VoxelChannel.Hit], [VoxelChannel.Time, VoxelChannel.Energy],
    ];

    private static readonly VoxelScaling[][] SomeScalings =
    [
        [], [VoxelScaling.GeV], [VoxelScaling.By(0.3), VoxelScaling.Log1p], [VoxelScaling.SquareRoot], [VoxelScaling.EventMaximum],
        [VoxelScaling.Log1p, VoxelScaling.EventMaximum, VoxelScaling.By(7)],
    ];

    private readonly Random random;

    public RandomCase(int seed)
    {
        random = new Random(seed);
        Shape = new ImageShape(random.Next(2, 12), random.Next(2, random.Next(2) == 0 ? 12 : 50));
        Start = Math.Round((random.NextDouble() * 2) - 1.5, random.Next(1, 16));
        Step = Math.Max(0.001, Math.Round(random.NextDouble() * 0.3, random.Next(2, 16)));
        Stop = Start + (Step * (1.5 + (random.NextDouble() * (random.Next(8) == 0 ? 300 : 12))));
        Threshold = random.Next(3) switch { 0 => null, 1 => 0.005, _ => (random.NextDouble() * 0.4) - 0.2 };
        Window = random.Next(2) == 0 ? null : 0.05 + random.NextDouble();
        Policy = random.Next(2) == 0 ? OutsideTime.Drop : OutsideTime.Nearest;
        IsCumulative = random.Next(2) == 0;
        int largest = Math.Min(Shape.Height, Shape.Width) / 2;
        Crop = random.Next(2) == 0 ? null : 2 * random.Next(1, largest + 1);
        Scale = random.Next(2) == 0 ? 1 : 0.01 + (random.NextDouble() * 100);

        // As empty as real images, half full, or full: sparse and crowded events go different ways.
        Fullness = random.Next(3) switch { 0 => 0.03, 1 => 0.5, _ => 1 };
        Batch = NewBatch(random.Next(1, 6));
        IsCropAroundHottest = Crop is not null && random.Next(3) == 0;
        CropCentre = Crop is int size && !IsCropAroundHottest && random.Next(2) == 0
            ? (random.Next(size / 2, Shape.Height - (size / 2) + 1), random.Next(size / 2, Shape.Width - (size / 2) + 1))
            : null;
        Projection = (VoxelProjection)random.Next(4);
        Channels = SomeChannels[random.Next(SomeChannels.Length)];
        EnergyScaling = SomeScalings[random.Next(SomeScalings.Length)];
        TimeScaling = SomeScalings[random.Next(SomeScalings.Length)];
        DistinctFrames = random.Next(3) == 0 ? random.Next(1, 12) : null;
        IsNotebook = DistinctFrames is null && random.Next(4) == 0;
    }

    public ImageShape Shape { get; }

    public double Start { get; }

    public double Stop { get; }

    public double Step { get; }

    public double? Threshold { get; }

    public double? Window { get; }

    public OutsideTime Policy { get; }

    public bool IsCumulative { get; }

    public int? Crop { get; }

    public bool IsCropAroundHottest { get; }

    public (int Row, int Column)? CropCentre { get; }

    public VoxelProjection Projection { get; }

    public VoxelChannel[] Channels { get; }

    public VoxelScaling[] EnergyScaling { get; }

    public VoxelScaling[] TimeScaling { get; }

    /// <summary>The frames of an axis of distinct times; null for the axis of edges.</summary>
    public int? DistinctFrames { get; }

    /// <summary>Whether <see cref="Full"/> is of the notebook-compatible mode.</summary>
    public bool IsNotebook { get; }

    public double Scale { get; }

    public double Fullness { get; }

    public EventBatch Batch { get; }

    public TimeAxis Axis => TimeAxis.Range(Start, Stop, Step).Outside(Policy);

    /// <summary>The usual choices: edges, cuts, a central crop, one factor.</summary>
    public Voxelizer Documented => WithChoices(WithWindow(Voxelizer.Over(Axis)));

    public Voxelizer Notebook => WithChoices(Voxelizer.NotebookCompatible(Start, Stop, Step));

    /// <summary>All choices: any axis, any crop, projection, channels and steps.</summary>
    public Voxelizer Full
    {
        get
        {
            Voxelizer voxelizer = IsNotebook
                ? Voxelizer.NotebookCompatible(Start, Stop, Step)
                : WithWindow(Voxelizer.Over(DistinctFrames is int frames ? TimeAxis.DistinctTimes(frames).Outside(Policy) : Axis));
            voxelizer = Threshold is double threshold ? voxelizer.KeepEnergyAbove(threshold) : voxelizer;
            voxelizer = IsCumulative ? voxelizer.Cumulative() : voxelizer;
            voxelizer = Crop is not int size ? voxelizer
                : IsCropAroundHottest ? voxelizer.CropAroundHottest(size)
                : CropCentre is (int row, int column) ? voxelizer.Crop(size, row, column)
                : voxelizer.Crop(size);
            return voxelizer.Project(Projection).WithChannels(Channels).ScaleEnergy(EnergyScaling).ScaleTime(TimeScaling);
        }
    }

    /// <summary>The batch's images in another order.</summary>
    public (EventBatch Batch, int[] Order) Shuffled()
    {
        int[] order = [.. Enumerable.Range(0, Batch.Count)];
        random.Shuffle(order);
        float[] images = [.. order.SelectMany(index => Batch.Image(index).ToArray())];
        return (new EventBatch(Shape, images, [.. order.Select(index => Batch.Labels[index])]), order);
    }

    /// <summary>The batch with every energy made positive or 0.</summary>
    public EventBatch WithoutNegativeEnergies()
    {
        float[] images = Batch.Images.ToArray();
        for (int i = 0; i < images.Length; i += 2)
        {
            images[i] = Math.Abs(images[i]);
        }

        return new EventBatch(Shape, images, Batch.Labels.ToArray());
    }

    /// <summary>Events whose hits have any order and share pixels.</summary>
    public HitEvents RepeatedHits()
    {
        int count = random.Next(1, 5);
        var offsets = new long[count + 1];
        for (int i = 1; i <= count; i++)
        {
            offsets[i] = offsets[i - 1] + random.Next(0, 60);
        }

        int few = Math.Min(Shape.Pixels, random.Next(1, 8));
        ushort[] pixels = [.. Some(() => (ushort)random.Next(few))];
        float[] energies = [.. Some(() => (float)((random.NextDouble() * 1.2) - 0.2)).Select(energy => energy == 0 ? 1 : energy)];
        float[] times = [.. Some(Time).Select(time => float.IsFinite(time) ? time : 0)];
        return new HitEvents(Shape, offsets, pixels, energies, times, [.. Enumerable.Range(0, count).Select(_ => random.Next(2))]);

        IEnumerable<T> Some<T>(Func<T> next) => Enumerable.Range(0, (int)offsets[^1]).Select(_ => next());
    }

    private Voxelizer WithWindow(Voxelizer voxelizer) => Window is double window ? voxelizer.KeepTimeWithin(window) : voxelizer;

    private Voxelizer WithChoices(Voxelizer voxelizer)
    {
        voxelizer = Threshold is double threshold ? voxelizer.KeepEnergyAbove(threshold) : voxelizer;
        voxelizer = IsCumulative ? voxelizer.Cumulative() : voxelizer.Exclusive();
        voxelizer = Crop is int crop ? voxelizer.Crop(crop) : voxelizer;
        return voxelizer.ScaleEnergy(Scale);
    }

    private EventBatch NewBatch(int count)
    {
        var images = new float[count * Shape.Values];
        for (int i = 0; i < images.Length; i += 2)
        {
            images[i] = random.NextDouble() < Fullness ? Energy() : 0;
            images[i + 1] = Time();
        }

        return new EventBatch(Shape, images, [.. Enumerable.Range(0, count).Select(_ => random.Next(2))]);
    }

    private float Energy() => random.Next(8) switch
    {
        0 or 1 => 0,
        2 => OddEnergies[random.Next(OddEnergies.Length)],
        3 when Threshold is double threshold => Near((float)threshold),
        _ => (float)((random.NextDouble() * 1.2) - 0.2),
    };

    private float Time() => random.Next(6) switch
    {
        0 => OddTimes[random.Next(OddTimes.Length)],
        1 when Window is double window => Near((float)window * (random.Next(2) == 0 ? 1 : -1)),
        1 or 2 or 3 => Near((float)(Start + (random.Next(-1, 15) * ((Start + Step) - Start)))),
        _ => (float)(Start - 0.2 + (random.NextDouble() * (Stop - Start + 0.4))),
    };

    private float Near(float value) => random.Next(3) switch
    {
        0 => MathF.BitDecrement(value),
        1 => MathF.BitIncrement(value),
        _ => value,
    };
}
