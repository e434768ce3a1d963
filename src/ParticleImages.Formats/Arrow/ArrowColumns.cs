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

    /// <summary>Finds the columns of images or hits, and of labels.</summary>
    /// <returns>The layout with the names of both; without one of labels where nothing can be them.</returns>
    /// <exception cref="EventFormatException">There are no images of the name, or nothing or several that may be meant.</exception>
    public static EventLayout Find(ArrowFile file, EventLayout layout)
    {
        var datasets = new EventDatasets(
            file.Path, "column", [Images, Hits], [ArrowLabels.UsualName], () => [.. file.Schema.Fields.Select(field => CandidateOf(file, field, layout))]);
        string name = datasets.Images(layout, Has) ?? throw new EventFormatException(
            $"{file.Path} has neither '{Images}' nor '{Hits}'. {WhatThereIs(file, Images)} Name the column with EventLayout.Default.Images(name).", file.Path);
        EventLayout found = layout.Images(name);
        return datasets.Labels(layout, Has, file.Rows, name) is { } labels ? found.Labels(labels) : found;

        bool Has(string name) => file.Find(name) is not null;
    }

    /// <summary>The column of images or hits that a layout names.</summary>
    /// <exception cref="EventFormatException">There is none.</exception>
    public static int IndexOf(ArrowFile file, string name) => file.Find(name) ?? throw new EventFormatException(
        $"No column '{name}' in {file.Path}. {WhatThereIs(file, name)} Name the right one with EventLayout.Default.Images(name).", file.Path, name);

    /// <summary>Whether a column's list does not tell where its channels stand, so that they stand as stated or last.</summary>
    public static bool IsFlat(ArrowField field, IReadOnlyList<int> sizes) => sizes.Count == 1 && field.Metadata.GetValueOrDefault(ExtensionName) != Tensor;

    /// <summary>The sizes of lists of fixed size within each other, and what they hold.</summary>
    public static (IReadOnlyList<int> Sizes, ArrowField Values) ListsOf(ArrowField field)
    {
        var sizes = new List<int>();
        for (; field is { Kind: ArrowKind.FixedSizeList, IsDictionary: false, Children.Count: 1 }; field = field.Children[0])
        {
            sizes.Add(field.ListSize);
        }

        return (sizes, field);
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
    /// <param name="layout">Which says where the channels stand, and whether there are layers, where only the sides are known.</param>
    public static IReadOnlyList<long> AxesOf(ArrowFile file, ArrowField field, IReadOnlyList<int> sizes, EventLayout layout)
    {
        if (!IsFlat(field, sizes))
        {
            return [file.Rows, .. sizes.Count > 1 ? sizes.Select(size => (long)size) : TensorShape(file, field, sizes[0])];
        }

        if (layout.LayerCount is not null)
        {
            return [file.Rows, sizes[0]];
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
        (long outer, long inner) = layout.IsColumnFirst ? (sides.Width, sides.Height) : (sides.Height, sides.Width);
        return sizes[0] == 2 * pixels
            ? layout.ChannelOrder is ChannelOrder.First ? [file.Rows, 2, outer, inner] : [file.Rows, outer, inner, 2]
            : sizes[0] == pixels
                ? [file.Rows, outer, inner]
                : throw new EventFormatException(
                    $"The images '{field.Name}' of {file.Path} have {sizes[0]} values; {sides.Height} × {sides.Width} pixels, as its schema says, have "
                    + $"{2 * pixels}, or {pixels} energies alone. Correct {Height} and {Width} of its schema.",
                    file.Path,
                    field.Name);
    }

    private static CandidateDataset CandidateOf(ArrowFile file, ArrowField field, EventLayout layout)
    {
        if (AreHits(field))
        {
            return new CandidateDataset(field.Name, [file.Rows, -1, -1, -1], field.TypeName, IsFloat: true, IsNumber: false);
        }

        (IReadOnlyList<int> sizes, ArrowField values) = ListsOf(field);
        bool isFloat = values.Element is { IsFloat: true };
        return new CandidateDataset(field.Name, Shape(), values.TypeName, isFloat, values.IsNumber);

        IReadOnlyList<long> Shape()
        {
            try
            {
                return sizes.Count == 0 || !isFloat ? [file.Rows, .. sizes] : AxesOf(file, field, sizes, layout);
            }
            catch (EventFormatException)
            {
                // A list of another length than images have is something else, and no error.
                return [file.Rows, .. sizes];
            }
        }
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
