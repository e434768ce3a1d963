using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Networks.Engines.Sparse;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>Debug builds notice a kernel that reaches beyond its memory; in release builds nothing looks.</summary>
public sealed unsafe class BoundsTests
{
    private static bool IsDebug =>
#if DEBUG
        true;
#else
        false;
#endif

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 11)]
    [InlineData(10, 1)]
    [InlineData(3, -1)]
    public void A_part_outside_a_buffer_is_refused(long from, long count)
    {
        Assert.SkipUnless(IsDebug, "Only debug builds check.");
        using var buffer = new NativeBuffer<float>();
        buffer.Need(10);

        Assert.True(buffer.At(0, 10) == buffer.Start);
        Assert.True(buffer.At(10, 0) == buffer.Start + 10);
        Assert.Contains("of a buffer of 10 Single", Assert.Throws<InvalidOperationException>(() => { buffer.At(from, count); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_asked_for_last_counts_and_not_what_there_once_was()
    {
        Assert.SkipUnless(IsDebug, "Only debug builds check.");
        using var buffer = new NativeBuffer<float>();
        buffer.Need(10);
        buffer.Need(4);

        Assert.Throws<InvalidOperationException>(() => { buffer.At(0, 5); });
    }

    [Fact]
    public void A_value_written_behind_the_end_is_noticed_when_the_buffer_is_used_again_or_given_up()
    {
        Assert.SkipUnless(IsDebug, "Only debug builds check.");
        using var buffer = new NativeBuffer<float>();
        float* memory = buffer.Need(10);
        float before = memory[10];

        memory[10] = 1;
        Assert.Throws<InvalidOperationException>(() => { buffer.Need(10); });
        Assert.Throws<InvalidOperationException>(buffer.Dispose);

        memory[10] = before;
        buffer.Need(10);
    }

    [Fact]
    public void A_table_that_points_to_nothing_is_refused()
    {
        Assert.SkipUnless(IsDebug, "Only debug builds check.");
        using EventSource toys = ToyEvents.Make(4, seed: 1);
        SparsePlan plan = SparsePlan.Of(Cnn3d.For(ToyEvents.Shape).Conv(4, kernel: 3).Relu().MaxPool(2).Flatten().Dense(2), forTraining: true, true, LaneWidth.Scalar);
        SiteTable table = new SiteTableBuilder(plan.Input, plan.Levels, plan.WithPlaces).Build(ToyEvents.Voxelizer.BinSparse(toys)[0]);
        table.Check(plan.Input, plan.Levels);
        for (int level = 1; level <= 2; level++)
        {
            int firstEntry = table.Numbers[(level * SiteTable.HeaderLength) + 3];
            int before = table.Numbers[firstEntry];
            table.Numbers[firstEntry] = 1 << 28;
            Assert.Contains($"level {level} has the entry", Assert.Throws<InvalidOperationException>(() => table.Check(plan.Input, plan.Levels)).Message, StringComparison.Ordinal);
            table.Numbers[firstEntry] = before;
        }
    }
}
