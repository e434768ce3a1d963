using System.Globalization;

namespace ParticleImages;

/// <summary>What arrays must be to be taken as events of hits.</summary>
internal static class HitEventsChecks
{
    // A hit's layer is a bin of a time axis in the end, and an axis has no more.
    private const int MostLayers = 1 << 16;

    /// <summary>Refuses arrays that are not the hits of events.</summary>
    public static void Check(ImageShape shape, long[] offsets, ushort[] pixels, float[] energies, float[] times, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(energies);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(labels);
        CheckShape(shape);
        if (energies.Length != pixels.Length || times.Length != pixels.Length)
        {
            throw new ArgumentException(
                $"There are {pixels.Length} pixels, {energies.Length} energies and {times.Length} times. A hit has one of each.", nameof(pixels));
        }

        CheckOffsets(offsets, labels.Length, pixels.Length);
        int outside = pixels.AsSpan().IndexOfAnyExceptInRange((ushort)0, (ushort)(shape.Pixels - 1));
        if (outside >= 0)
        {
            throw new ArgumentException(
                $"Hit {outside} is in pixel {pixels[outside]}; an image of {shape} has pixels 0 to {shape.Pixels - 1} (row × width + column).", nameof(pixels));
        }

        for (int i = 0; i < energies.Length; i++)
        {
            if (energies[i] == 0 || !float.IsFinite(energies[i]))
            {
                throw new ArgumentException(Invariant($"Hit {i} has energy {energies[i]:R}. A hit's energy is finite and not 0: leave it out."), nameof(energies));
            }

            if (!float.IsFinite(times[i]))
            {
                throw new ArgumentException(Invariant($"Hit {i} has time {times[i]:R}. A hit's time is finite: leave it out."), nameof(times));
            }
        }

        CheckLabels(labels);
    }

    /// <summary>Refuses what can't be the events of so many hits, whatever the hits are.</summary>
    public static void Check(ImageShape shape, long[] offsets, long hits, int[] labels)
    {
        CheckShape(shape);
        CheckOffsets(offsets, labels.Length, hits);
        CheckLabels(labels);
    }

    /// <summary>Refuses parts between which an event is torn. The offsets ascend.</summary>
    public static void CheckParts(long[] offsets, HitPart[] parts)
    {
        for (int i = 1; i < parts.Length; i++)
        {
            if (Array.BinarySearch(offsets, parts[i].FirstHit) is < 0 and int next)
            {
                throw new ArgumentException(
                    $"Part {i} begins with hit {parts[i].FirstHit}, which is within event {~next - 1}. The hits of one event stand in one part.", nameof(parts));
            }
        }
    }

    /// <summary>Refuses sizes that are not those of layers.</summary>
    public static void Check(ImageShape shape, int layers, int energies, ReadOnlySpan<int> labels, LayerOrder order)
    {
        CheckShape(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layers, MostLayers);
        if (order is not (LayerOrder.First or LayerOrder.Last))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "The layers stand First or Last.");
        }

        CheckLabels(labels);

        // In 128 bits: three ints may exceed 64.
        int events = labels.Length;
        Int128 needed = (Int128)events * layers * shape.Pixels;
        if (energies != needed)
        {
            throw new ArgumentException(
                $"{events} events of {layers} layers of {shape} cells need {needed} energies; received {energies}.", nameof(energies));
        }
    }

    private static void CheckLabels(ReadOnlySpan<int> labels)
    {
        int odd = labels.IndexOfAnyExceptInRange(ParticleLabel.Photon, ParticleLabel.Electron);
        if (odd >= 0)
        {
            throw new ArgumentException($"Event {odd} has label {labels[odd]}. A label is 0 (photon) or 1 (electron).", nameof(labels));
        }
    }

    private static void CheckShape(ImageShape shape)
    {
        if (shape == default)
        {
            throw new ArgumentException("The shape is 0 × 0: it was never set. Every side is at least 1.", nameof(shape));
        }
    }

    private static void CheckOffsets(long[] offsets, int events, long hits)
    {
        if (offsets.Length != events + 1L)
        {
            throw new ArgumentException(
                $"Received {offsets.Length} offsets for {events} labels. There is one offset more than events: where the last one ends.", nameof(offsets));
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            if (offsets[i] < (i == 0 ? 0 : offsets[i - 1]))
            {
                throw new ArgumentException($"Offset {i} is {offsets[i]}{(i == 0 ? "" : $" after {offsets[i - 1]}")}. Offsets begin at 0 and never fall.", nameof(offsets));
            }
        }

        if (offsets[0] != 0 || offsets[^1] != hits)
        {
            throw new ArgumentException(
                $"The offsets go from {offsets[0]} to {offsets[^1]}; with {hits} hits they go from 0 to {hits}.", nameof(offsets));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
