using FsCheck.Xunit;

namespace ParticleImages.Cli.Tests;

public sealed class EventSharesTests
{
    [Property(MaxTest = 300)]
    public void Every_class_is_cut_into_consecutive_ranges_that_share_no_event(bool[] isElectron, byte trained, byte validated, byte tested, bool takesTheRest)
    {
        int[] labels = [.. isElectron.Select(electron => electron ? 1 : 0)];
        Amount?[] amounts = [takesTheRest ? null : Amount.Parse("--train", $"{trained % 5}"), Amount.Parse("--validation", $"{validated % 5}"), Amount.Parse("--test", $"{tested % 5}")];
        var asked = new EventShares.Amounts(amounts[0], amounts[1]!, amounts[2]!);
        using EventSource events = Numbered(labels);
        int[] ofClass = [labels.Count(label => label == 0), labels.Count(label => label == 1)];
        int others = (validated % 5) + (tested % 5);
        bool fits = ofClass.All(count => takesTheRest ? count > others : count > others && count >= others + (trained % 5));
        if (!fits)
        {
            Assert.Throws<InvalidOperationException>(() => asked.Of(events));
            return;
        }

        (EventSource train, EventSource validation, EventSource test) = asked.Of(events);
        foreach (int label in new[] { 0, 1 })
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label)];
            int training = takesTheRest ? rows.Length - others : trained % 5;
            Assert.Equal(rows[..training], RowsOf(train, label));
            Assert.Equal(rows[training..(training + (validated % 5))], RowsOf(validation, label));
            Assert.Equal(rows[(training + (validated % 5))..(training + others)], RowsOf(test, label));
        }
    }

    [Theory]
    [InlineData("0.25", 2, 8)]
    [InlineData("2e-1", 2, 8)]
    [InlineData("0.999", 8, 8)]
    [InlineData("1", 1, 8)]
    [InlineData("0", 0, 8)]
    [InlineData("1000", 1000, 8)]
    public void A_whole_number_is_a_number_and_one_below_1_a_share(string text, int taken, int events) =>
        Assert.Equal(taken, Amount.Parse("--test", text).Of(events));

    [Theory]
    [InlineData("1.0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("0.0")]
    [InlineData("20 %")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("99999999999")]
    public void Anything_else_is_wrong_usage(string text) =>
        Assert.Contains($"--test '{text}' is neither", Assert.Throws<UsageException>(() => Amount.Parse("--test", text)).Message, StringComparison.Ordinal);

    // Images of one pixel, whose energy is the event's number.
    private static EventSource Numbered(int[] labels) =>
        EventSource.FromBatch(new EventBatch(new ImageShape(1, 1), [.. labels.SelectMany((_, row) => new[] { row, 0f })], labels));

    private static int[] RowsOf(EventSource events, int label)
    {
        EventBatch batch = events.Read(0, events.Count);
        return [.. Enumerable.Range(0, batch.Count).Where(row => batch.Labels[row] == label).Select(row => (int)batch.Image(row)[0])];
    }
}
