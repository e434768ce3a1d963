using FsCheck;
using FsCheck.Xunit;

namespace ParticleImages.Tests.Sources;

public sealed class EventFoldTests
{
    [Property]
    public void Every_event_validates_in_one_fold_and_trains_in_all_others(bool[] more, PositiveInt wanted, NonNegativeInt seed)
    {
        // Two of each class at least, or there are no folds.
        bool[] electrons = [true, false, true, false, .. more];
        int most = Math.Min(electrons.Count(label => label), electrons.Count(label => !label));
        int folds = 2 + (wanted.Get % (most - 1));
        using var source = new LabelledEvents(row => electrons[row] ? 1 : 0, electrons.Length);
        IReadOnlyList<EventFold> split = source.SplitInFolds(folds, seed.Get);
        Assert.Equal(folds, split.Count);
        Assert.Equal(Enumerable.Range(0, electrons.Length), split.SelectMany(fold => Rows(fold.Validation)).Order());
        Assert.All(split, fold =>
        {
            int[] validation = Rows(fold.Validation);
            Assert.Equal(Enumerable.Range(0, electrons.Length).Except(validation), Rows(fold.Train));
            Assert.Equal(validation.Order(), validation);
            Assert.InRange(validation.Length, electrons.Length / folds, (electrons.Length + folds - 1) / folds);
            int ofElectrons = validation.Count(row => electrons[row]), all = electrons.Count(label => label);
            Assert.InRange(ofElectrons, all / folds, (all + folds - 1) / folds);
        });
    }

    [Property]
    public void One_seed_makes_the_same_folds_and_another_others(NonNegativeInt seed)
    {
        using var source = new LabelledEvents(row => row % 2, 200);
        Assert.Equal(Validation(seed.Get), Validation(seed.Get));
        Assert.NotEqual(Validation(seed.Get), Validation(seed.Get + 1));

        int[] Validation(int of) => Rows(source.SplitInFolds(4, of)[0].Validation);
    }

    [Fact]
    public void The_folds_are_pinned_so_that_they_are_the_same_on_any_machine_and_in_any_version()
    {
        using var source = new LabelledEvents(row => row % 2, 12);
        Assert.Equal(Pinned, source.SplitInFolds(3, seed: 7).SelectMany(fold => Rows(fold.Validation)));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_is_allowed()
    {
        using var source = new LabelledEvents(row => row < 3 ? 1 : 0, 10);
        Assert.Throws<ArgumentOutOfRangeException>("folds", () => source.SplitInFolds(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("seed", () => source.SplitInFolds(2, -1));
        var error = Assert.Throws<ArgumentException>("folds", () => source.SplitInFolds(4, 0));
        Assert.Contains("3 events of label 1 (electron); 4 folds", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, source.SplitInFolds(3, 0).Count);
        Assert.Throws<ArgumentException>("folds", () => source.Slice(0, 3).SplitInFolds(2, 0));
    }

    // Computed by a second implementation, in Python.
    private static int[] Pinned => [8, 9, 10, 11, 1, 2, 3, 4, 0, 5, 6, 7];

    private static int[] Rows(EventSource part)
    {
        var images = new float[part.Count * 2];
        part.ReadInto(0, images, new int[part.Count]);
        return [.. images.Where((_, i) => i % 2 == 0).Select(value => (int)value)];
    }
}
