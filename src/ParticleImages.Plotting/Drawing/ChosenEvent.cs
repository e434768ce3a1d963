namespace ParticleImages.Plotting.Drawing;

/// <summary>One event of a batch, as pictures of one event name and bin it.</summary>
/// <param name="One">The event alone, as a batch of one.</param>
/// <param name="Number">What captions call it: its place in the batch, unless they are told another.</param>
internal sealed record ChosenEvent(EventBatch One, int Number)
{
    /// <summary>What captions call it, for example <c>photon, event 3</c>.</summary>
    public string Caption => $"{ParticleLabel.NameOf(One.Labels[0])}, event {Number}";

    /// <exception cref="ArgumentException">The batch is empty.</exception>
    public static void CheckAny(EventBatch events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            throw new ArgumentException("The batch has no event to draw. Read one at least.", nameof(events));
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public static void Check(EventBatch events, int index, string name)
    {
        if (index < 0 || index >= events.Count)
        {
            throw new ArgumentOutOfRangeException(name, index, $"The batch has events 0 to {events.Count - 1}.");
        }
    }

    /// <exception cref="ArgumentException">The batch is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public static ChosenEvent Of(EventBatch events, int index)
    {
        CheckAny(events);
        Check(events, index, nameof(index));
        return new ChosenEvent(new EventBatch(events.Shape, events.Image(index).ToArray(), [events.Labels[index]]), index);
    }

    /// <summary>The same event, called by another number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public ChosenEvent Numbered(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        return this with { Number = row };
    }
}
