namespace ParticleImages.Formats;

/// <summary>One label for all events is for files without labels: labels that are there are never passed over in silence.</summary>
internal static class ConstantLabelRefusal
{
    /// <summary>The error for a file that has labels under the format's usual name.</summary>
    public static EventFormatException Of(string path, string labels) => new(
        $"{path} has labels of its own in '{labels}', and one label for all events would override them. "
        + "Leave LabelAll(label) out, or name the labels to read with EventLayout.Default.Labels(name).",
        path,
        labels);
}
