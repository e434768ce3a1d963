using System.Globalization;

namespace ParticleImages;

/// <summary>Some consecutive events' hits in columns, checked when one of them is first asked for.</summary>
/// <param name="columns">The hits.</param>
/// <param name="firstHit">The number of the first hit among all events' hits.</param>
/// <param name="areChecked">True for hits that are known to be right.</param>
internal sealed class HitPart(HitColumns columns, long firstHit, bool areChecked)
{
    private volatile bool areChecked = areChecked;

    public long FirstHit => firstHit;

    /// <summary>The hits of one event, which all stand in this part.</summary>
    public Hits Slice(long start, int length)
    {
        int first = (int)(start - firstHit);
        return new Hits(
            columns.Pixels.Span.Slice(first, length), columns.Energies.Span.Slice(first, length), columns.Times.Span.Slice(first, length));
    }

    /// <summary>Refuses values that no hit has. Several threads may come at once: all find the same.</summary>
    /// <exception cref="EventFormatException">A pixel lies outside the shape, or an energy or time is not allowed.</exception>
    public void Check(ImageShape shape, long[] offsets, string name)
    {
        if (areChecked)
        {
            return;
        }

        ReadOnlySpan<ushort> pixels = columns.Pixels.Span;
        int outside = pixels.IndexOfAnyExceptInRange((ushort)0, (ushort)(shape.Pixels - 1));
        if (outside >= 0)
        {
            throw Refuse(outside, $"is in pixel {pixels[outside]}; an image of {shape} has pixels 0 to {shape.Pixels - 1} (row × width + column).");
        }

        ReadOnlySpan<float> energies = columns.Energies.Span;
        ReadOnlySpan<float> times = columns.Times.Span;
        for (int i = 0; i < energies.Length; i++)
        {
            if (energies[i] == 0 || !float.IsFinite(energies[i]))
            {
                throw Refuse(i, $"has energy {energies[i]:R}. A hit's energy is finite and not 0.");
            }

            if (!float.IsFinite(times[i]))
            {
                throw Refuse(i, $"has time {times[i]:R}. A hit's time is finite.");
            }
        }

        areChecked = true;

        EventFormatException Refuse(int index, FormattableString what)
        {
            // The event that has the hit: the last one that begins at it or before, and is not empty.
            long hit = firstHit + index;
            int row = Array.BinarySearch(offsets, hit);
            row = row < 0 ? ~row - 1 : row;
            while (offsets[row + 1] == hit)
            {
                row++;
            }

            return new EventFormatException(
                $"Hit {hit - offsets[row]} of event {row} of {name} {what.ToString(CultureInfo.InvariantCulture)} Make the file again without it.",
                name,
                row: row);
        }
    }
}
