using FsCheck;
using FsCheck.Xunit;

namespace ParticleImages.Tests.Sources;

public sealed class EventSplitTests
{
    [Property]
    public void Ranges_per_class_are_the_first_events_of_each_class_in_order(bool[] electrons, byte train, byte validation, byte test)
    {
        int smallest = Math.Min(electrons.Count(label => label), electrons.Count(label => !label));
        int trained = train % (smallest + 1);
        int validated = validation % (smallest - trained + 1);
        int tested = test % (smallest - trained - validated + 1);
        EventSplit split = Source(electrons).SplitPerClass(trained, validated, tested);
        foreach (int label in new[] { 0, 1 })
        {
            int[] ofClass = [.. Enumerable.Range(0, electrons.Length).Where(row => electrons[row] == (label == 1))];
            Assert.Equal(ofClass[..trained], RowsOf(split.Train, label));
            Assert.Equal(ofClass[trained..(trained + validated)], RowsOf(split.Validation, label));
            Assert.Equal(ofClass[(trained + validated)..(trained + validated + tested)], RowsOf(split.Test, label));
        }

        Assert.All(new[] { split.Train, split.Validation, split.Test }, part => Assert.Equal(Rows(part).Order(), Rows(part)));
    }

    [Fact]
    public void A_class_with_too_few_events_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Source([true, false, true]).SplitPerClass(1, 1, 0));
        Assert.Contains("1 events of label 0 (photon)", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => Source([false, true, false]).SplitPerClass(1, 1, 0));
        Assert.Contains("1 events of label 1 (electron)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Source([true, false]).SplitPerClass(-1, 1, 0));
        Assert.Throws<ArgumentException>(() =>
            Source([true, false]).SplitPerClass(int.MaxValue, int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void The_published_split_starts_at_0_160000_and_204800_of_each_class()
    {
        // Photons, then electrons, as the two public files follow each other.
        using var source = new LabelledEvents(row => row < 249_000 ? 0 : 1, 498_000);
        EventSplit split = source.SplitAsPublished();
        Assert.Empty(source.ImageReads);
        AssertRanges(split.Train, 0, 160_000);
        AssertRanges(split.Validation, 160_000, 44_800);
        AssertRanges(split.Test, 204_800, 44_200);

        static void AssertRanges(EventSource part, int start, int count)
        {
            Assert.Equal(2 * count, part.Count);
            Assert.Equal(Enumerable.Range(start, count).Concat(Enumerable.Range(249_000 + start, count)), Rows(part));
        }
    }

    [Fact]
    public void The_published_split_refuses_fewer_events_than_were_published()
    {
        using var source = new LabelledEvents(row => row % 2, 497_999);
        var error = Assert.Throws<ArgumentException>(() => source.SplitAsPublished());
        Assert.Contains("248999 events of label 1", error.Message, StringComparison.Ordinal);
    }

    [Property]
    public void Fractions_make_disjoint_parts_of_the_asked_size_in_the_source_s_order(
        bool[] electrons, byte train, byte validation, byte test, NonNegativeInt seed)
    {
        double sum = train + validation + test + 1;
        (double ofTrain, double ofValidation, double ofTest) = (train / sum, validation / sum, test / sum);
        EventSplit split = Source(electrons).SplitByFraction(ofTrain, ofValidation, ofTest, seed.Get);
        int[][] parts = [Rows(split.Train), Rows(split.Validation), Rows(split.Test)];
        int[] all = [.. parts.SelectMany(rows => rows)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, row => Assert.InRange(row, 0, electrons.Length - 1));
        Assert.All(parts, rows => Assert.Equal(rows.Order(), rows));
        foreach (bool electron in new[] { false, true })
        {
            int count = electrons.Count(label => label == electron);
            Assert.InRange(RowsOf(split.Train, electron ? 1 : 0).Length, (ofTrain * count) - 0.5, (ofTrain * count) + 0.5);
            Assert.InRange(RowsOf(split.Test, electron ? 1 : 0).Length, (ofTest * count) - 1.5, (ofTest * count) + 0.5);
        }
    }

    [Property]
    public void One_seed_makes_one_split(PositiveInt count, NonNegativeInt seed)
    {
        EventSource source = new LabelledEvents(row => row % 2, count.Get);
        EventSplit first = source.SplitByFraction(0.5, 0.3, 0.2, seed.Get);
        EventSplit again = source.SplitByFraction(0.5, 0.3, 0.2, seed.Get);
        Assert.Equal(Rows(first.Train), Rows(again.Train));
        Assert.Equal(Rows(first.Validation), Rows(again.Validation));
        Assert.Equal(Rows(first.Test), Rows(again.Test));
    }

    [Fact]
    public void A_split_is_pinned_so_that_it_is_the_same_on_any_machine_and_in_any_version()
    {
        using var source = new LabelledEvents(row => row % 2, 20);
        EventSplit split = source.SplitByFraction(0.6, 0.2, 0.2, seed: 7);
        Assert.Equal([2, 4, 5, 7, 8, 10, 11, 13, 15, 16, 18, 19], Rows(split.Train));
        Assert.Equal([0, 1, 14, 17], Rows(split.Validation));
        Assert.Equal([3, 6, 9, 12], Rows(split.Test));
    }

    [Fact]
    public void A_negative_seed_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Source([true, false]).SplitByFraction(0.5, 0.5, 0, seed: -1));

    [Fact]
    public void Another_seed_makes_another_split()
    {
        using var source = new LabelledEvents(row => row % 2, 1000);
        Assert.NotEqual(Rows(source.SplitByFraction(0.5, 0, 0, 1).Train), Rows(source.SplitByFraction(0.5, 0, 0, 2).Train));
    }

    [Fact]
    public void Fractions_that_sum_to_one_leave_no_event_out()
    {
        using var source = new LabelledEvents(row => row % 2, 1000);
        EventSplit split = source.SplitByFraction(0.7, 0.2, 0.1, 1);
        Assert.Equal([700, 200, 100], new[] { split.Train.Count, split.Validation.Count, split.Test.Count });
        EventSplit thirds = source.SplitByFraction(1 / 3d, 1 / 3d, 1 / 3d, 1);
        Assert.InRange(thirds.Train.Count + thirds.Validation.Count + thirds.Test.Count, 998, 1000);
    }

    [Theory]
    [InlineData(-0.1, 0, 0)]
    [InlineData(0, 1.1, 0)]
    [InlineData(0, 0, double.NaN)]
    [InlineData(0.5, 0.5, 0.1)]
    public void Fractions_outside_0_to_1_and_sums_above_1_are_refused(double train, double validation, double test)
    {
        EventSource source = Source([true, false]);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.SplitByFraction(train, validation, test, 1));
    }

    private static LabelledEvents Source(bool[] electrons) => new(row => electrons[row] ? 1 : 0, electrons.Length);

    // Every event's image holds its row.
    private static int[] Rows(EventSource part)
    {
        var images = new float[part.Count * 2];
        part.ReadInto(0, images, new int[part.Count]);
        return [.. images.Where((_, i) => i % 2 == 0).Select(value => (int)value)];
    }

    private static int[] RowsOf(EventSource part, int label)
    {
        var labels = new int[part.Count];
        part.ReadLabels(0, labels);
        return [.. Rows(part).Where((_, i) => labels[i] == label)];
    }
}
