using FsCheck.Xunit;
using ParticleImages.Terminal;

namespace ParticleImages.Cli.Tests;

public sealed class EventStatisticsTests
{
    [Property(MaxTest = 50)]
    public void The_table_holds_what_a_plain_count_finds(byte count, byte seed)
    {
        // Some events are made empty; NaN, infinities and negative energies are among the others.
        EventBatch made = ExampleEvents.Batch(count, seed: seed);
        float[] images = made.Images.ToArray();
        for (int i = 0; i < count; i += 5)
        {
            images.AsSpan(i * made.Shape.Values, made.Shape.Values).Clear();
        }

        var batch = new EventBatch(made.Shape, images, made.Labels.ToArray());
        string[][] table = TableOf(batch);
        Assert.Equal(table[0].Length + 1, table[1].Length);
        for (int column = 0; column < table[0].Length; column++)
        {
            int? label = table[0][column] switch { "photons" => 0, "electrons" => 1, _ => null };
            Assert.Equal(PlainColumn(batch, label), table.Skip(1).Select(row => row[column + 1]));
        }
    }

    [Theory]
    [InlineData(0, "all")]
    [InlineData(1, "electrons")]
    [InlineData(2, "photons", "electrons", "all")]
    public void There_is_a_column_for_each_class_that_has_events(int count, params string[] columns) =>
        Assert.Equal(columns, TableOf(ExampleEvents.Batch(count))[0]);

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        using var source = EventSource.FromBatch(ExampleEvents.Batch(4));
        Assert.Throws<OperationCanceledException>(() => EventStatistics.Of(source, new Progress<int>(), new CancellationToken(canceled: true)));
    }

    private static string[][] TableOf(EventBatch batch)
    {
        using var source = EventSource.FromBatch(batch);
        using var text = new StringWriter();
        EventStatistics.Of(source, new Progress<int>(), CancellationToken.None).Say(Screen.On(text, TextWriter.Null));
        return [.. text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }

    private static string[] PlainColumn(EventBatch batch, int? label)
    {
        int[] rows = [.. Enumerable.Range(0, batch.Count).Where(row => label is null || batch.Labels[row] == label)];
        var pixels = rows.SelectMany(row => batch.Image(row).ToArray().Chunk(2).Select(pair => (Energy: pair[0], Time: pair[1]))).ToList();
        var hits = pixels.Where(pixel => float.IsFinite(pixel.Energy) && float.IsFinite(pixel.Time) && pixel.Energy != 0).ToList();
        float[] values = [.. pixels.SelectMany(pixel => new[] { pixel.Energy, pixel.Time })];
        return
        [
            Text(rows.Length),
            Text(rows.Count(row => batch.Image(row).ToArray().Chunk(2).All(pair => pair[0] == 0))),
            rows.Length == 0 ? "-" : FormattableString.Invariant($"{(double)hits.Count / rows.Length:F2}"),
            rows.Length == 0 ? "-" : FormattableString.Invariant($"{(double)hits.Count(hit => hit.Energy > 0.005f) / rows.Length:F2}"),
            Extreme(hits.Select(hit => hit.Energy), energies => energies.Min()),
            Extreme(hits.Select(hit => hit.Energy), energies => energies.Max()),
            Extreme(hits.Select(hit => hit.Time), times => times.Min()),
            Extreme(hits.Select(hit => hit.Time), times => times.Max()),
            Text(values.Count(float.IsNaN)),
            Text(values.Count(float.IsInfinity)),
            Text(pixels.Count(pixel => pixel.Energy < 0)),
        ];

        static string Text(int number) => FormattableString.Invariant($"{number}");

        static string Extreme(IEnumerable<float> of, Func<IEnumerable<float>, float> which) =>
            of.Any() ? FormattableString.Invariant($"{which(of):G5}") : "-";
    }
}
