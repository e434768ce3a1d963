namespace ParticleImages.Formats.Parquet;

/// <summary>Finds the column with the labels, and says what is wrong with one.</summary>
internal static class LabelColumn
{
    /// <summary>The usual names.</summary>
    public static readonly string[] Usual = ["y", "label", "labels"];

    /// <summary>The column, or null where the layout gives all events one label.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">What was stated.</param>
    /// <param name="datasets">Finds what was not.</param>
    /// <param name="others">Columns that are something else.</param>
    /// <exception cref="EventFormatException">There is none, several might be meant, or it holds no labels.</exception>
    public static ParquetColumn? Find(ParquetFile file, EventLayout layout, EventDatasets datasets, params IReadOnlyList<string> others)
    {
        string? name = datasets.Labels(layout, name => file.Find(name) is not null, file.Rows.Sum(), others);
        if (layout.ConstantLabel is not null)
        {
            return null;
        }

        const string nextStep = "Name the column with EventLayout.Default.Labels(name), or give all events one label with LabelAll(label).";
        ParquetColumn column = file.Column(name ?? Usual[0], nextStep);
        if (column.Depth > 0 || !column.IsNumber)
        {
            throw column.Refuse(
                $"The labels '{column.Name}' of {file.Path} are of type {column.TypeName}; one integer, truth value or float an event is read. "
                + "Convert them, or name another column with EventLayout.Default.Labels(name).");
        }

        return column;
    }

    /// <summary>A label as it is stored, as a label.</summary>
    /// <exception cref="EventFormatException">It is neither 0 nor 1.</exception>
    public static int Of(double stored, ParquetColumn column, string path, int number, long row) => stored switch
    {
        ParticleLabel.Photon => ParticleLabel.Photon,
        ParticleLabel.Electron => ParticleLabel.Electron,
        _ => throw column.Refuse(
            FormattableString.Invariant($"Event {number} of {path} has the label {stored} in '{column.Name}'. A label is 0 ")
            + "(photon) or 1 (electron). Correct the file, or name another column with EventLayout.Default.Labels(name).",
            row),
    };
}
