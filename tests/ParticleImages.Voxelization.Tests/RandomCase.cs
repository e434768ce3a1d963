namespace ParticleImages.Voxelization.Tests;

/// <summary>Images and a voxelizer drawn from a seed, with everything planted that a cut or a bin could get wrong.</summary>
public sealed class RandomCase
{
    private static readonly float[] OddEnergies =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, -1, float.MaxValue];

    private static readonly float[] OddTimes =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0, 99.99999f, 100, -100, 1e30f, float.Epsilon];

    private readonly Random random;

    public RandomCase(int seed)
    {
        random = new Random(seed);
        Shape = new ImageShape(random.Next(2, 12), random.Next(2, 12));
        Start = Math.Round((random.NextDouble() * 2) - 1.5, random.Next(1, 16));
        Step = Math.Max(0.001, Math.Round(random.NextDouble() * 0.3, random.Next(2, 16)));
        Stop = Start + (Step * (1.5 + (random.NextDouble() * 12)));
        Threshold = random.Next(3) switch { 0 => null, 1 => 0.005, _ => (random.NextDouble() * 0.4) - 0.2 };
        Window = random.Next(2) == 0 ? null : 0.05 + random.NextDouble();
        Policy = random.Next(2) == 0 ? OutsideTime.Drop : OutsideTime.Nearest;
        IsCumulative = random.Next(2) == 0;
        int largest = Math.Min(Shape.Height, Shape.Width) / 2;
        Crop = random.Next(2) == 0 ? null : 2 * random.Next(1, largest + 1);
        Scale = random.Next(2) == 0 ? 1 : 0.01 + (random.NextDouble() * 100);
        Batch = NewBatch(random.Next(0, 5));
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

    public double Scale { get; }

    public EventBatch Batch { get; }

    public TimeAxis Axis => TimeAxis.Range(Start, Stop, Step).Outside(Policy);

    public Voxelizer Documented => WithChoices(
        Window is double window ? Voxelizer.Over(Axis).KeepTimeWithin(window) : Voxelizer.Over(Axis));

    public Voxelizer Notebook => WithChoices(Voxelizer.NotebookCompatible(Start, Stop, Step));

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
            images[i] = Energy();
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
