using ParticleImages.Plotting;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Reports.Page;
using ParticleImages.Search;

namespace ParticleImages.Reports.Tests;

public sealed class FigureTests
{
    private static readonly Figure Whole = new("whole", "Whole", _ => [], _ => "A curve", _ => Picture.Roc(Samples.Judgement(10).Roc));

    [Fact]
    public void A_picture_that_cannot_be_drawn_is_a_sentence_and_the_next_one_is_drawn()
    {
        using var content = new ReportContent();
        var html = new HtmlText();

        FigureList.Write(html, [Whole with { Id = "broken", Draw = _ => throw new InvalidOperationException("No <room>.") }, Whole, Whole with { Id = "none", From = _ => null }], content);

        string text = html.ToString();
        Assert.Contains("<figure id=\"broken\"><h3>Whole</h3><p class=\"missing\" dir=\"auto\">Not drawn: No &lt;room&gt;.</p>", text, StringComparison.Ordinal);
        Assert.Contains("<figure id=\"whole\"><h3>Whole</h3>", text, StringComparison.Ordinal);
        Assert.Contains("alt=\"A curve\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("none", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_few_lines_is_sharp_at_any_size_and_one_of_many_is_pixels()
    {
        var images = new float[6 * ImageShape.Crop32.Values];
        Array.Fill(images, 0.5f);
        var dense = new EventBatch(ImageShape.Crop32, images, [0, 0, 0, 1, 1, 1]);

        var curve = FigureImage.Of(Whole.Draw(new ReportContent()));
        var pixels = FigureImage.Of(Picture.Events(dense));

        Assert.StartsWith("data:image/svg+xml;base64,", curve.Address, StringComparison.Ordinal);
        Assert.StartsWith("data:image/png;base64,", pixels.Address, StringComparison.Ordinal);
        Assert.InRange(pixels.Address.Length, 1000, 200_000);
    }

    [Fact]
    public async Task A_picture_of_many_lines_that_pixels_would_make_larger_stays_sharp()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Scan.Over(SearchSpace.Of([.. Enumerable.Range(0, 40).Select(i => Parameter.Real(FormattableString.Invariant($"x{i}"), 0, 1))]))
            .With(SearchStrategy.Random(trials: 300, seed: 1)).Minimize("loss").StoreIn(store).RunAsync(trial => trial.Number);

        var lines = FigureImage.Of(Picture.ParallelCoordinates(scan));

        Assert.StartsWith("data:image/svg+xml;base64,", lines.Address, StringComparison.Ordinal);
        Assert.InRange(lines.Address.Length, 300_000, 1_000_000);
    }

    [Fact]
    public void Events_are_called_by_their_rows_in_the_inputs()
    {
        // Photons first, as in inputs that have a file for each class.
        var images = new float[12 * ImageShape.Crop32.Values];
        Array.Fill(images, 0.5f);
        using EventSource source = EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]));
        var events = EventsContent.Of(source);
        Assert.Equal([0, 1, 2, 9, 10, 11], events.ExampleRows);

        using var content = new ReportContent { Events = events };
        Figure figure = EventFigures.All.First(figure => figure.Id == "images");
        using var folder = new TemporaryFolder();
        figure.Draw(content).Save(folder["images.svg"]);
        string text = File.ReadAllText(folder["images.svg"]);
        Assert.Contains("event 9", text, StringComparison.Ordinal);
        Assert.DoesNotContain("event 3", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_is_drawn_again_where_it_shows_something_else_or_failed()
    {
        var memory = new FigureMemory();
        object one = new();
        int drawn = 0;
        Figure Of(object from, bool fails = false) => Whole with
        {
            From = _ => [from],
            Draw = content => ++drawn > 0 && !fails ? Whole.Draw(content) : throw new InvalidOperationException("No."),
        };
        using var content = new ReportContent();

        DrawnFigure first = memory.Of(Of(one), content);
        Assert.Equal(first.Image!.Address, memory.Of(Of(one), content).Image!.Address);
        Assert.Equal(1, drawn);
        memory.Of(Of(new object()), content);
        Assert.Equal(2, drawn);
        Assert.Null(memory.Of(Of(one, fails: true), content).Image);
        Assert.NotNull(memory.Of(Of(one), content).Image);
        Assert.Equal(4, drawn);
    }

    [Fact]
    public void Every_figure_has_a_name_of_its_own()
    {
        string[] ids = [.. new[] { TrainingFigures.Judgement, TrainingFigures.Course, ScanFigures.All, EventFigures.All, NetworkFigures.All }.SelectMany(list => list.Select(figure => figure.Id))];

        Assert.Equal(ids.Distinct(), ids);
    }
}
