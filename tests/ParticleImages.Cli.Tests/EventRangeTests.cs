using FsCheck.Xunit;

namespace ParticleImages.Cli.Tests;

public sealed class EventRangeTests
{
    [Property(MaxTest = 1000)]
    public void A_range_holds_the_events_of_the_slice_or_is_refused(sbyte? first, sbyte? end, byte number)
    {
        int events = number % 100;
        int[] slice = [.. Enumerable.Range(0, events).Where(row => (first is null || IsFrom(row, first)) && (end is null || !IsFrom(row, end)))];
        if (slice.Length > 0 && IsInside(first) && IsInside(end))
        {
            Assert.Equal(slice, Taken(first, end, events));
        }
        else
        {
            Exception? refusal = Record.Exception(() => Taken(first, end, events));
            Assert.True(refusal is UsageException or InvalidOperationException, $"{refusal}");
        }

        bool IsFrom(int row, int? bound) => bound < 0 ? row - events >= bound : row >= bound;

        bool IsInside(int? bound) => bound is null || Math.Abs(bound.Value) <= events;
    }

    [Theory]
    [InlineData(":", 0, 10)]
    [InlineData("0:10", 0, 10)]
    [InlineData(":3", 0, 3)]
    [InlineData("3:", 3, 7)]
    [InlineData("-3:", 7, 3)]
    [InlineData(":-3", 0, 7)]
    [InlineData("-3:-1", 7, 2)]
    [InlineData("2:-2", 2, 6)]
    [InlineData("-10:10", 0, 10)]
    public void Ranges_are_read_as_slices(string text, int start, int count) =>
        Assert.Equal((start, count), EventRange.Parse(text).Of(10, "events"));

    [Theory]
    [InlineData("0:11")]
    [InlineData("10:")]
    [InlineData("-11:")]
    [InlineData(":-10")]
    [InlineData("8:-5")]
    public void A_range_that_leaves_the_events_or_holds_none_is_refused_and_not_clamped(string text)
    {
        EventRange range = EventRange.Parse(text);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => range.Of(10, "photons.hdf5"));
        Assert.Contains("photons.hdf5 has 10 events", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0:99999999999", "99999999999 is too large")]
    [InlineData("0:2147483648", "2147483648 is too large")]
    [InlineData("-99999999999999999999999999:", "-99999999999999999999999999 is too large")]
    [InlineData(":0", "holds no event")]
    [InlineData("0:0", "holds no event")]
    [InlineData("5:5", "holds no event")]
    [InlineData("99999999999", "is no range")]
    public void A_range_that_fits_no_file_is_wrong_usage(string text, string essential) =>
        Assert.Contains(essential, Assert.Throws<UsageException>(() => EventRange.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_can_be_taken_of_no_events() =>
        Assert.Contains("no events", Assert.Throws<InvalidOperationException>(() => EventRange.All.Of(0, "none.hdf5")).Message, StringComparison.Ordinal);

    private static IEnumerable<int> Taken(int? first, int? end, int events)
    {
        (int start, int count) = EventRange.Parse(FormattableString.Invariant($"{first}:{end}")).Of(events, "events");
        return Enumerable.Range(start, count);
    }
}
