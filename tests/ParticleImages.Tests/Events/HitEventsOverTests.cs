namespace ParticleImages.Tests.Events;

public sealed class HitEventsOverTests
{
    private static readonly ImageShape Shape = new(2, 3);

    [Fact]
    public void Parts_are_one_sequence_of_events_without_a_copy()
    {
        HitColumns first = Columns(5, 0), none = Columns(), second = Columns(3);
        HitEvents hits = HitEvents.Over(Shape, [0, 0, 2, 2, 3, 3], [none, first, none, second, none], [0, 1, 0, 1, 0], "here");
        Assert.Equal((5, 3L, 2), (hits.Count, hits.HitCount, hits.MostHits));
        Assert.Equal([0, 2, 0, 1, 0], Enumerable.Range(0, 5).Select(i => hits[i].Count));
        Assert.True(hits[1].Pixels.Overlaps(first.Pixels.Span));
        Assert.True(hits[3].Energies.Overlaps(second.Energies.Span));
        Assert.True(hits[3].Times.Overlaps(second.Times.Span));
        Assert.Equal([0, 1, 0, 1, 0], hits.Labels.ToArray());
    }

    [Fact]
    public void A_part_that_is_null_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            "parts", () => HitEvents.Over(new ImageShape(2, 3), [0, 0], [new HitColumns(default, default, default), null!], [0]));
        Assert.Contains("Part 1 of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_no_hit_has_is_found_when_its_part_is_first_used()
    {
        var bad = new HitColumns(new ushort[] { 1, 2 }, new float[] { 1, 2 }, new float[] { 0, float.NaN });
        HitEvents hits = HitEvents.Over(Shape, [0, 1, 1, 2, 3, 3], [Columns(4), bad], [0, 0, 0, 0, 0], "there");
        Assert.Equal(1, hits[0].Count);
        Assert.Equal(0, hits[1].Count);
        var error = Assert.Throws<EventFormatException>(() => hits[2].Count);
        Assert.Equal(("there", 3L), (error.Path, error.Row));
        Assert.Contains("Hit 0 of event 3 of there has time NaN", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, long[], int[], string> Wrong() => new()
    {
        { "offsets", [0, 1], [0, 0], "Received 2 offsets for 2 labels" },
        { "offsets", [0, 2], [0], "go from 0 to 2; with 3 hits" },
        { "offsets", [0, 2, 1, 3], [0, 0, 0], "Offset 2 is 1 after 2" },
        { "parts", [0, 1, 3], [0, 0], "Part 1 begins with hit 2, which is within event 1" },
        { "labels", [0, 3], [7], "label 7" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Parts_that_are_no_events_are_refused_by_name(string name, long[] offsets, int[] labels, string words)
    {
        // The label's line has its hits in one part.
        HitColumns[] parts = name == "labels" ? [Columns(1, 2, 3)] : [Columns(1, 2), Columns(3)];
        var failure = Assert.Throws<ArgumentException>(name, () => HitEvents.Over(Shape, offsets, parts, labels));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("shape", () => HitEvents.Over(default, [0], [], []));
        Assert.Throws<ArgumentException>("pixels", () => new HitColumns(new ushort[1], new float[2], new float[1]));
    }

    private static HitColumns Columns(params ushort[] pixels) =>
        new(pixels, pixels.Select(pixel => pixel + 1f).ToArray(), pixels.Select(pixel => pixel / 2f).ToArray());
}
