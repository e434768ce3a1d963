using System.Collections.ObjectModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Numpy;

/// <summary>Writes events as an archive of arrays, some hundred in memory at a time, and reads the texts beside them.</summary>
internal static class NpzEventWriter
{
    public const string Images = "images";
    public const string Labels = "labels";

    private const string Attributes = "attributes";
    private const int EventsAtATime = 256;

    // The text stands for itself in an array, not in a web page, so letters need no escapes.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(
        string path,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        AttributeTexts.Check(attributes);
        cancellation.ThrowIfCancellationRequested();
        ImageShape shape = events.ImageShape;
        var labels = new int[events.Count];
        NpzFile.Write(path, archive =>
        {
            archive.AddRows<float>(Images, [events.Count, shape.Height, shape.Width, 2], WriteImages);
            archive.Add(Labels, labels);
            if (attributes.Count > 0)
            {
                archive.AddText(Attributes, JsonSerializer.Serialize(new Dictionary<string, string>(attributes), Plain));
            }
        });

        void WriteImages(NumpyRowWriter<float> rows)
        {
            var block = new float[Math.Min(EventsAtATime, events.Count) * shape.Values];
            for (int start = 0; start < events.Count;)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(EventsAtATime, events.Count - start);
                Span<float> images = block.AsSpan(0, count * shape.Values);
                events.ReadInto(start, images, labels.AsSpan(start, count));
                rows.Write(images);
                start += count;
                progress?.Report(start);
            }
        }
    }

    /// <summary>The texts kept with an archive; none where an array of that name is not in our form.</summary>
    public static IReadOnlyDictionary<string, string> ReadAttributes(NpzFile archive)
    {
        if (!archive.Names.Contains(Attributes) || !IsText(archive))
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        try
        {
            var texts = JsonSerializer.Deserialize<Dictionary<string, string?>>(archive.ReadText(Attributes)) ?? [];
            return texts.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);
        }
        catch (JsonException)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }
    }

    private static bool IsText(NpzFile archive)
    {
        using NumpyArrayReader reader = archive.OpenArray(Attributes);
        return reader.Shape.Count == 0 && reader.ElementType is ['<' or '>', 'U', ..];
    }
}
