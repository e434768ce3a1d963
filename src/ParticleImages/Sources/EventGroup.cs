namespace ParticleImages;

/// <summary>Events that stand together in a source: read front to back and without other events in between, they cost one decoding.</summary>
/// <remarks>
/// What a shuffle goes by: see <see cref="EventBatches.Shuffled"/>. A compressed file's group is a band of chunks, that of an
/// archive the rest of its array. An immutable value.
/// </remarks>
public readonly record struct EventGroup
{
    /// <summary>Makes a group.</summary>
    /// <param name="count">The events from the one asked for to the group's last, at least 1.</param>
    /// <param name="isForwardOnly">Whether the group may be read in pieces, from front to back, with other groups in between.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public EventGroup(int count, bool isForwardOnly = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        IsForwardOnly = isForwardOnly;
    }

    /// <summary>The events from the one asked for to the group's last, both counted.</summary>
    public int Count { get; }

    /// <summary>
    /// True for what can only be read forward but keeps its place while others are read, as an array of a compressed archive:
    /// a shuffle reads it in pieces, by turns with other groups. False, the default, for what is decoded as a whole.
    /// </summary>
    public bool IsForwardOnly { get; }
}
