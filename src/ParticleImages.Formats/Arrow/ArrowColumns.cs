using System.Globalization;
using System.Text.Json;

namespace ParticleImages.Formats.Arrow;

/// <summary>Which column of a file holds the events, and of which size they are.</summary>
internal static class ArrowColumns
{
    public const string Images = "images";
    public const string Hits = "hits";
    public const string Height = "image_height";
    public const string Width = "image_width";
    public const string ExtensionName = "ARROW:extension:name";
    public const string ExtensionMetadata = "ARROW:extension:metadata";
    public const string Tensor = "arrow.fixed_shape_tensor";

    /// <summary>Finds the column of images or hits.</summary>
    /// <exception cref="EventFormatException">There is none of the name, or none or two of the usual names.</exception>
    public static int Find(ArrowFile file, EventLayout layout)
    {
        if (layout.ImagesName is { } name)
        {
            return file.Find(name) ?? throw new EventFormatException(
                $"No column '{name}' in {file.Path}. {WhatThereIs(file, name)} Name the right one with EventLayout.Default.Images(name).", file.Path, name);
        }

        (int? images, int? hits) = (file.Find(Images), file.Find(Hits));
        if (images is null == hits is null)
        {
            throw new EventFormatException(
                $"{file.Path} has {(images is null ? "neither" : "both")} '{Images}' {(images is null ? "nor" : "and")} '{Hits}'. "
                + $"{WhatThereIs(file, Images)} Name the column with EventLayout.Default.Images(name).",
                file.Path);
        }

        return images ?? hits!.Value;
    }

    /// <summary>Whether a column holds lists of hits.</summary>
    public static bool AreHits(ArrowField field) =>
        !field.IsDictionary && field.Kind is ArrowKind.List or ArrowKind.LargeList && field.Children is [{ Kind: ArrowKind.Struct, IsDictionary: false }];

    /// <summary>The columns of a file, the nearest in name first.</summary>
    public static string WhatThereIs(ArrowFile file, string wanted)
    {
        const int shown = 10;
        ArrowField[] fields = [.. file.Schema.Fields.OrderBy(field => NameDistance.Between(Shortened(field.Name), wanted))];
        return fields.Length == 0
            ? "It has no columns."
            : $"It has {string.Join(", ", fields.Take(shown).Select(field => $"'{field.Name}' ({field.TypeName})"))}"
                + (fields.Length > shown ? $" and {fields.Length - shown} more." : ".");
    }

    /// <summary>The size of the images that hits belong to.</summary>
    public static ImageShape ShapeOf(ArrowFile file, string column)
    {
        if (Sides(file) is not { } sides)
        {
            throw new EventFormatException(
                $"{file.Path} does not say of which size the images of its hits '{column}' are. Give its schema the metadata {Height} and {Width}: "
                + $"table.replace_schema_metadata({{\"{Height}\": \"32\", \"{Width}\": \"32\"}}).",
                file.Path,
                column);
        }

        try
        {
            return new ImageShape(sides.Height, sides.Width);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new EventFormatException(
                $"{file.Path} says that its images have {sides.Height} × {sides.Width} pixels; an image has 1 to 65536. Correct {Height} and {Width} of its schema.",
                file.Path,
                column,
                innerException: exception);
        }
    }

    /// <summary>The axes of a column of images: nested lists, a tensor's shape, or the schema's height and width.</summary>
    /// <param name="file">The file.</param>
    /// <param name="field">The column.</param>
    /// <param name="sizes">The sizes of the lists within each other.</param>
    /// <param name="layout">Which says where the channels stand where only the sides are known.</param>
    public static IReadOnlyList<long> AxesOf(ArrowFile file, ArrowField field, IReadOnlyList<int> sizes, EventLayout layout)
    {
        if (sizes.Count > 1)
        {
            return [file.Rows, .. sizes];
        }

        if (field.Metadata.GetValueOrDefault(ExtensionName) == Tensor)
        {
            return [file.Rows, .. TensorShape(file, field, sizes[0])];
        }

        if (Sides(file) is not { } sides)
        {
            throw new EventFormatException(
                $"{file.Path} does not say of which size its images '{field.Name}' of {sizes[0]} values are. Give its schema the metadata {Height} and {Width}: "
                + $"table.replace_schema_metadata({{\"{Height}\": \"32\", \"{Width}\": \"32\"}}), or make the column a fixed_shape_tensor.",
                file.Path,
                field.Name);
        }

        long pixels = (long)sides.Height * sides.Width;
        return sizes[0] == 2 * pixels
            ? layout.IsChannelFirst ? [file.Rows, 2, sides.Height, sides.Width] : [file.Rows, sides.Height, sides.Width, 2]
            : sizes[0] == pixels
                ? [file.Rows, sides.Height, sides.Width]
                : throw new EventFormatException(
                    $"The images '{field.Name}' of {file.Path} have {sizes[0]} values; {sides.Height} × {sides.Width} pixels, as its schema says, have "
                    + $"{2 * pixels}, or {pixels} energies alone. Correct {Height} and {Width} of its schema.",
                    file.Path,
                    field.Name);
    }

    private static string Shortened(string name) => name.Length > 100 ? name[..100] : name;

    private static (int Height, int Width)? Sides(ArrowFile file)
    {
        (string? height, string? width) = (file.Schema.Texts.GetValueOrDefault(Height), file.Schema.Texts.GetValueOrDefault(Width));
        if (height is null || width is null)
        {
            return null;
        }

        return (Side(Height, height), Side(Width, width));

        int Side(string name, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side)
            ? side
            : throw new EventFormatException($"The {name} of {file.Path} is '{text}'; it is a number from 1 to 65536. Correct its schema's metadata.", file.Path);
    }

    private static long[] TensorShape(ArrowFile file, ArrowField field, int values)
    {
        string text = field.Metadata.GetValueOrDefault(ExtensionMetadata) ?? "";
        try
        {
            TensorDescription tensor = JsonSerializer.Deserialize<TensorDescription>(text) ?? throw new JsonException("it is null");
            long[] shape = tensor.Shape ?? throw new JsonException("it has no shape");
            Int128 product = 1;
            foreach (long length in shape)
            {
                product = length is < 0 or > int.MaxValue || product > int.MaxValue ? Int128.MaxValue : product * length;
            }

            bool isInOrder = tensor.Permutation is null || tensor.Permutation.SequenceEqual(Enumerable.Range(0, shape.Length));
            return product == values && isInOrder
                ? shape
                : throw new JsonException(isInOrder ? $"it has not the {values} values of the lists" : "its axes are permuted");
        }
        catch (JsonException exception)
        {
            throw new EventFormatException(
                $"The images '{field.Name}' of {file.Path} are a tensor whose shape can't be read from '{text}': {exception.Message.TrimEnd('.')}. "
                + "Write them with pyarrow.fixed_shape_tensor(pyarrow.float32(), [32, 32, 2]).",
                file.Path,
                field.Name,
                innerException: exception);
        }
    }

    private sealed record TensorDescription(
        [property: System.Text.Json.Serialization.JsonPropertyName("shape")] long[]? Shape,
        [property: System.Text.Json.Serialization.JsonPropertyName("permutation")] int[]? Permutation);
}
