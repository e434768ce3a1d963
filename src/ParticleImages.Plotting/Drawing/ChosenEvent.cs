namespace ParticleImages.Plotting.Drawing;

/// <summary>One event of a batch, as pictures of one event name and bin it.</summary>
internal static class ChosenEvent
{
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

    /// <summary>The event alone, as a batch of one.</summary>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public static EventBatch Of(EventBatch events, int index)
    {
        CheckAny(events);
        Check(events, index, nameof(index));
        return new EventBatch(events.Shape, events.Image(index).ToArray(), [events.Labels[index]]);
    }

    /// <summary>What captions call it, for example <c>photon, event 3</c>.</summary>
    public static string NameOf(EventBatch events, int index) => $"{ParticleLabel.NameOf(events.Labels[index])}, event {index}";
}
