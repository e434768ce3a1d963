using System.Globalization;

namespace ParticleImages.Voxelization.Tests;

/// <summary>Axes that events decide: equal occupancy and distinct times.</summary>
public sealed class FittedAxisTests
{
    private static readonly ImageShape Shape = new(3, 4);

    // Nine times, of which one is there twice; exact in float32 but for 0.1.
    private static readonly float[] Times = [-0.25f, 0.125f, 0.125f, 0.375f, -1.5f, 2.25f, 0.75f, 0.5f, -0.125f];

    [Fact]
    public void Edges_of_equal_occupancy_are_the_quantiles_of_numpy()
    {
        Voxelizer fitted = Voxelizer.Over(TimeAxis.Quantiles(3)).Fit(Hits(Times));

        // numpy 1.24: numpy.quantile(times, [1/3, 2/3, 1]) in float64
        Assert.Equal([MathF.BitDecrement(-1.5f), 0.04166666666666663, 0.41666666666666663, 2.25], fitted.Axis.Edges.ToArray());
        Assert.Equal(TimeAxisKind.Edges, fitted.Axis.Kind);
        Assert.True(fitted.IsFitted);
    }

    [Fact]
    public void Numpy_finds_the_same_edges_of_random_times()
    {
        Assert.SkipUnless(PythonNumpy.IsPresent, "There is no numpy to compare with; the stored numbers of another test are checked.");
        var random = new Random(5);
        for (int repetition = 0; repetition < 5; repetition++)
        {
            float[] times = [.. Enumerable.Range(0, random.Next(30, 400)).Select(_ => random.NextSingle() - 0.5f)];
            int bins = random.Next(1, 20);
            string script = $"import numpy as np; t = np.array([{string.Join(',', times.Select(time => ((double)time).ToString("R", CultureInfo.InvariantCulture)))}]); "
                + $"print(*[repr(float(x)) for x in np.quantile(t, np.arange(1, {bins} + 1) / {bins})])";
            double[] expected = [.. PythonNumpy.Run(script).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.Equal(expected, Voxelizer.Over(TimeAxis.Quantiles(bins)).Fit(Hits(times)).Axis.Edges[1..].ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Bins_of_equal_occupancy_hold_equally_many_hits(int bins)
    {
        var random = new Random(bins);
        HitEvents hits = Hits([.. Enumerable.Range(0, 2000).Select(_ => MathF.Exp(random.NextSingle() * 4))]);
        Voxelizer fitted = Voxelizer.Over(TimeAxis.Quantiles(bins)).Fit(hits);
        int[] occupancy = [.. Enumerable.Range(0, bins).Select(bin =>
            Enumerable.Range(0, hits.Count).Sum(index => hits[index].Times.ToArray().Count(time => fitted.Axis.BinOf(time) == bin)))];
        Assert.Equal(2000, occupancy.Sum());
        Assert.InRange(occupancy.Max() - occupancy.Min(), 0, 2);
    }

    [Fact]
    public void Only_hits_that_pass_the_cuts_and_the_crop_count()
    {
        // The energies are 1, 2, 3, …; pixel 5 is in the central 2 × 2 square of 3 × 4 pixels, pixel 0 is not.
        var hits = new HitEvents(Shape, [0, 5], [5, 5, 5, 5, 0], [1, 2, 3, 4, 5], [10, 1, 2, -3, 0.5f], [0]);
        Voxelizer fitted = Voxelizer.Over(TimeAxis.Quantiles(2)).KeepEnergyAbove(1).KeepTimeWithin(2.5).Crop(2).Fit(hits);
        Assert.Equal([MathF.BitDecrement(1), 1.5, 2], fitted.Axis.Edges.ToArray());
    }

    [Fact]
    public void Too_many_equal_times_are_refused_with_the_bin_that_would_be_empty()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Voxelizer.Over(TimeAxis.Quantiles(4)).Fit(Hits([0, 0, 0, 0, 0, 1])));
        Assert.Contains("Of 4 bins of equal occupancy, bin 1 would be empty", failure.Message, StringComparison.Ordinal);
        Assert.Contains("many of the 6 hits have the same time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_without_hits_have_no_quantiles_and_no_frames()
    {
        Voxelizer quantiles = Voxelizer.Over(TimeAxis.Quantiles(2)).KeepEnergyAbove(1e9);
        Assert.Contains("No hit", Assert.Throws<InvalidOperationException>(() => quantiles.Fit(Hits(Times))).Message, StringComparison.Ordinal);
        Voxelizer distinct = Voxelizer.Over(TimeAxis.DistinctTimes()).KeepEnergyAbove(1e9);
        Assert.Contains("No hit", Assert.Throws<InvalidOperationException>(() => distinct.Fit(Hits(Times))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("hits", () => Voxelizer.Over(TimeAxis.Quantiles(2)).Fit(Hits([], events: 0)));
        Assert.Contains(
            "no float32 lies before it",
            Assert.Throws<InvalidOperationException>(() => Voxelizer.Over(TimeAxis.Quantiles(2)).Fit(Hits([float.MinValue, 0]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_fitted_bins_nothing_and_says_how_to()
    {
        Voxelizer quantiles = Voxelizer.Over(TimeAxis.Quantiles(2));
        var voxels = new float[2 * 12];
        Array.Fill(voxels, 7);
        foreach (Action use in new Action[]
        {
            () => quantiles.Bin(Hits(Times)),
            () => quantiles.BinSparse(Hits(Times)),
            () => quantiles.Bin(new float[24], Shape, voxels),
            () => quantiles.Bin(Hits(Times)[0], Shape, voxels),
            () => quantiles.Bin(new float[24], Shape, voxels, threads: 2),
            () => quantiles.CountCuts(Hits(Times)),
        })
        {
            Assert.Contains("Fit(", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
        }

        Assert.All(voxels, value => Assert.Equal(7, value));
        Assert.False(quantiles.IsFitted);
        Assert.Equal(new VoxelShape(2, 3, 4), quantiles.OutputShape(Shape));
        Assert.Throws<InvalidOperationException>(() => quantiles.Axis.BinOf(0));
        Assert.Throws<InvalidOperationException>(() => Voxelizer.Over(TimeAxis.DistinctTimes()).OutputShape(Shape));
    }

    [Fact]
    public void Fitting_keeps_what_needs_no_data_and_the_policy()
    {
        Voxelizer plain = Voxelizer.Over(TimeAxis.FromEdges(0, 1)).KeepEnergyAbove(1);
        Assert.Equal(plain, plain.Fit(Hits(Times)));
        Assert.Equal(
            OutsideTime.Nearest,
            Voxelizer.Over(TimeAxis.Quantiles(2).Outside(OutsideTime.Nearest)).Fit(Hits(Times)).Axis.OutsidePolicy);
        Voxelizer fitted = Voxelizer.Over(TimeAxis.Quantiles(2)).Fit(Hits(Times));
        Assert.Equal(fitted, fitted.Fit(Hits([5, 6, 7])));
    }

    [Fact]
    public void A_source_fits_as_its_hits_do()
    {
        EventBatch batch = Enumerable.Range(0, 100).Select(seed => new RandomCase(seed).Batch).First(some => some.Count > 2);
        using EventSource source = EventSource.FromBatch(batch);
        Voxelizer quantiles = Voxelizer.Over(TimeAxis.Quantiles(2)).ScaleEnergy(VoxelScaling.Standardise());
        Assert.Equal(quantiles.Fit(HitEvents.From(batch)), quantiles.Fit(source, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_source_is_read_only_if_there_is_something_to_fit()
    {
        using EventSource unread = new UnreadableSource(count: 5);
        Voxelizer plain = Voxelizer.Over(TimeAxis.FromEdges(0, 1));
        Assert.Equal(plain, plain.Fit(unread, TestContext.Current.CancellationToken));
        Voxelizer quantiles = Voxelizer.Over(TimeAxis.Quantiles(2));
        Assert.Throws<ArgumentException>("source", () => quantiles.Crop(8).Fit(unread, TestContext.Current.CancellationToken));
        Assert.Throws<NotSupportedException>(() => quantiles.Fit(unread, TestContext.Current.CancellationToken));
        using EventSource none = new UnreadableSource(count: 0);
        Assert.Throws<ArgumentException>("source", () => quantiles.Fit(none, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Distinct_times_make_a_frame_each_and_the_longest_event_decides_how_many()
    {
        var hits = new HitEvents(
            Shape,
            [0, 4, 6],
            [0, 1, 2, 3, 4, 5],
            [1, 2, 3, 4, 5, 6],
            [3, -1, 3, 0.5f, -0f, 0],
            [0, 1]);
        Voxelizer fitted = Voxelizer.Over(TimeAxis.DistinctTimes()).Fit(hits);
        Assert.Equal(3, fitted.Axis.Bins);
        VoxelGrid grid = fitted.Bin(hits);

        // Times −1, 0.5, 3; the other event has one, since −0 is 0.
        Assert.Equal(
            [0, 2, 0, 0, 0, 0, 0, 4, 1, 0, 3, 0],
            Enumerable.Range(0, 3).SelectMany(frame => Enumerable.Range(0, 4).Select(column => grid[0, frame, 0, column])));
        Assert.Equal([5, 6], [grid[1, 0, 1, 0], grid[1, 0, 1, 1]]);

        // Lingering, hits stay until the event's own last time; what pads the event to the longest is empty.
        VoxelGrid lingering = fitted.Cumulative().Bin(hits);
        Assert.Equal([0, 4, 4], Enumerable.Range(0, 3).Select(frame => lingering[0, frame, 0, 3]));
        Assert.Equal([5, 0, 0], Enumerable.Range(0, 3).Select(frame => lingering[1, frame, 1, 0]));
    }

    [Fact]
    public void More_distinct_times_than_frames_follow_the_policy()
    {
        var hits = new HitEvents(Shape, [0, 3], [0, 1, 2], [1, 2, 3], [1, 2, 3], [0]);
        VoxelGrid dropped = Voxelizer.Over(TimeAxis.DistinctTimes(2)).Bin(hits);
        VoxelGrid gathered = Voxelizer.Over(TimeAxis.DistinctTimes(2).Outside(OutsideTime.Nearest)).Bin(hits);
        Assert.Equal([2, 0], [dropped[0, 1, 0, 1], dropped[0, 1, 0, 2]]);
        Assert.Equal([2, 3], [gathered[0, 1, 0, 1], gathered[0, 1, 0, 2]]);
    }

    [Fact]
    public void Bins_by_count_have_the_edges_of_numpy()
    {
        // numpy 1.24: numpy.linspace(0.3, 1.7, 8)
        Assert.Equal(
            [0.3, 0.5, 0.7, 0.8999999999999999, 1.0999999999999999, 1.2999999999999998, 1.5, 1.7],
            TimeAxis.Regular(0.3, 1.7, 7).Edges.ToArray());
        Assert.Equal(-0.033333333333333326, TimeAxis.Regular(-0.1, 0.1, 21).Edges[7]);
        Assert.Equal(0.1, TimeAxis.Regular(-0.1, 0.1, 21).Edges[^1]);
        Assert.Equal(5, TimeAxis.Regular(0.3, 1.7, 7).BinOf(1.5f));
        Assert.Equal(3, TimeAxis.Regular(0, 1, 4).BinOf(1));
    }

    [Theory]
    [InlineData(0, 1, 0, "bins")]
    [InlineData(0, 1, 65537, "bins")]
    [InlineData(0, 1, 1_000_000, "bins")]
    [InlineData(1, 1, 2, "stop")]
    [InlineData(double.NaN, 1, 2, "start")]
    [InlineData(0, double.PositiveInfinity, 2, "stop")]
    [InlineData(1e17, 100000000000000016, 4, "bins")]
    public void Bins_by_count_that_cannot_be_are_refused(double start, double stop, int bins, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => TimeAxis.Regular(start, stop, bins));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void Numbers_of_bins_that_cannot_be_are_refused(int bins)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(bins), () => TimeAxis.Quantiles(bins));
        Assert.Throws<ArgumentOutOfRangeException>("frames", () => TimeAxis.DistinctTimes(bins));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => TimeAxis.Layers(bins));
    }

    [Fact]
    public void Axes_that_wait_for_data_are_told_apart()
    {
        TimeAxis[] axes =
        [
            TimeAxis.Quantiles(4), TimeAxis.Quantiles(5), TimeAxis.DistinctTimes(), TimeAxis.DistinctTimes(4), TimeAxis.Regular(0, 1, 4),
            TimeAxis.Quantiles(4).Outside(OutsideTime.Nearest),
        ];
        Assert.Equal(axes.Length, axes.Distinct().Count());
        Assert.Equal(axes.Length, axes.Select(axis => axis.ToString()).Distinct().Count());
        Assert.Equal("4 bins of equal occupancy, yet to be fitted", axes[0].ToString());
        foreach (TimeAxis axis in axes)
        {
            Assert.Equal(axis, Voxelizer.FromJson(Voxelizer.Over(axis).ToJson()).Axis);
        }
    }

    private sealed class UnreadableSource(int count) : EventSource
    {
        public override string Name => "a source that refuses to be read";

        public override int Count => count;

        public override ImageShape ImageShape => Shape;

        protected override void ReadImages(int start, Span<float> images) => throw new NotSupportedException();

        protected override void ReadLabelsCore(int start, Span<int> labels) => throw new NotSupportedException();
    }

    /// <summary>Events of at most 12 hits with these times, all in pixels of their own.</summary>
    private static HitEvents Hits(float[] times, int events = -1)
    {
        int count = events >= 0 ? events : (times.Length + 11) / 12;
        long[] offsets = [.. Enumerable.Range(0, count + 1).Select(index => Math.Min(times.Length, 12L * index))];
        return new HitEvents(
            Shape,
            offsets,
            [.. times.Select((_, hit) => (ushort)(hit % 12))],
            [.. times.Select(_ => 1f)],
            times,
            new int[count]);
    }
}
