namespace ParticleImages.Formats;

/// <summary>
/// Which datasets of a file are the images and the labels: those that the layout names, else those of a usual name, else the only
/// ones that can be. One way for all formats.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="kind">What the format calls a dataset: dataset, array, column.</param>
/// <param name="images">The usual names of images.</param>
/// <param name="labels">The usual names of labels.</param>
/// <param name="all">Lists the file's datasets; asked only where no usual name is there.</param>
internal sealed class EventDatasets(string path, string kind, IReadOnlyList<string> images, IReadOnlyList<string> labels, Func<IReadOnlyList<CandidateDataset>> all)
{
    private IReadOnlyList<CandidateDataset>? candidates;

    /// <summary>Whether images of a name are laid out as usual unless the layout says otherwise.</summary>
    public bool IsUsual(string name) => images.Contains(name);

    /// <summary>The images' name, or null where nothing can be them: the format then says what there is.</summary>
    /// <exception cref="EventFormatException">Several may be; the message lists them.</exception>
    public string? Images(EventLayout layout, Func<string, bool> has)
    {
        if (layout.ImagesName is not null)
        {
            return layout.ImagesName;
        }

        if (Usual(images, has, nameof(EventLayout.Images)) is { } usual)
        {
            return usual;
        }

        // Where none has the axes that the layout wants, the only one that has axes at all is the one to talk about.
        CandidateDataset[] floats = [.. Candidates.Where(candidate => candidate.IsFloat)];
        CandidateDataset[] fitting = [.. floats.Where(candidate => ImageAxes.Fits(candidate.Shape, layout))];
        return Only(fitting.Length > 0 ? fitting : [.. floats.Where(candidate => candidate.Shape.Count >= 3)], "images", nameof(EventLayout.Images));
    }

    /// <summary>The labels' name, or null where the layout gives all events one, or nothing can be them.</summary>
    /// <param name="layout">What was stated.</param>
    /// <param name="has">Whether a dataset is there.</param>
    /// <param name="count">The number of events.</param>
    /// <param name="others">Datasets that are something else.</param>
    /// <exception cref="EventFormatException">Several may be, or labels of a usual name would be overridden; the message lists them.</exception>
    public string? Labels(EventLayout layout, Func<string, bool> has, long count, params IReadOnlyList<string> others)
    {
        if (layout.ConstantLabel is not null)
        {
            return labels.FirstOrDefault(has) is { } present ? throw ConstantLabelRefusal.Of(path, present) : null;
        }

        if (layout.LabelsName is not null)
        {
            return layout.LabelsName;
        }

        return Usual(labels, has, nameof(EventLayout.Labels)) ?? Only(
            [.. Candidates.Where(candidate => candidate.IsNumber && !others.Contains(candidate.Name) && IsOneEach(candidate.Shape, count))],
            "labels",
            nameof(EventLayout.Labels));
    }

    // What has no name can't be named in a layout.
    private IReadOnlyList<CandidateDataset> Candidates => candidates ??= [.. all().Where(candidate => !string.IsNullOrWhiteSpace(candidate.Name))];

    private static bool IsOneEach(IReadOnlyList<long> shape, long count) => shape switch
    {
        [var length] => length == count,
        [var length, 1] => length == count,
        _ => false,
    };

    private static string NextStep(string verb) => verb == nameof(EventLayout.Labels)
        ? "Name the right one with EventLayout.Default.Labels(name), or give all events one label with LabelAll(label)."
        : "Name the right one with EventLayout.Default.Images(name).";

    private string? Usual(IReadOnlyList<string> names, Func<string, bool> has, string verb)
    {
        string[] present = [.. names.Where(has)];
        return present.Length < 2
            ? present.FirstOrDefault()
            : throw new EventFormatException(
                $"{path} has {(present.Length == 2 ? "both " : "")}'{string.Join("', '", present[..^1])}' and '{present[^1]}', and each may be the {verb.ToLowerInvariant()}. {NextStep(verb)}",
                path);
    }

    private string? Only(CandidateDataset[] fitting, string what, string verb)
    {
        const int shown = 10;
        return fitting.Length < 2
            ? fitting.SingleOrDefault()?.Name
            : throw new EventFormatException(
                $"{path} has no {kind} '{string.Join("' or '", what == "images" ? images : labels)}', and {fitting.Length} others may be the {what}: "
                + string.Join(", ", fitting.Take(shown).Select(candidate => $"'{candidate.Name}' {ImageAxes.Text(candidate.Shape)} {candidate.ElementType}"))
                + (fitting.Length > shown ? $" and {fitting.Length - shown} more" : "") + $". {NextStep(verb)}",
                path);
    }
}
