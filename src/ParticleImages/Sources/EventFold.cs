using System.Runtime.InteropServices;

namespace ParticleImages;

/// <summary>One of k parts of the events to validate on, and all others to train on. Made by <see cref="EventSource.SplitInFolds"/>.</summary>
/// <remarks>
/// Immutable. The views own nothing; keep the source open while they are used. All folds of one source together read for one thread at a time:
/// to train several at once open the file for each and split it with the same seed.
/// </remarks>
public sealed class EventFold
{
    private EventFold(EventSource train, EventSource validation)
    {
        Train = train;
        Validation = validation;
    }

    /// <summary>The events of all other folds.</summary>
    public EventSource Train { get; }

    /// <summary>The events of this fold, which are in no other's.</summary>
    public EventSource Validation { get; }

    internal static IReadOnlyList<EventFold> Split(EventSource source, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        int[][] byClass = EventSplit.RowsByClass(source);
        for (int label = 0; label < byClass.Length; label++)
        {
            if (byClass[label].Length < folds)
            {
                throw new ArgumentException(
                    $"{source.Name} has {byClass[label].Length} events of label {label} ({ParticleLabel.NameOf(label)}); {folds} folds "
                    + "need at least one each. Ask for fewer folds, 2 or more, or add files.",
                    nameof(folds));
            }
        }

        var foldOf = new int[source.Count];
        int dealt = 0;
        for (int label = 0; label < byClass.Length; label++)
        {
            var random = new SplitMix64(SplitMix64.Mix((ulong)seed, (ulong)label));
            random.Shuffle(byClass[label]);

            // One class goes on where the other stopped, so that also the folds' sizes differ by one at most.
            foreach (int row in byClass[label])
            {
                foldOf[row] = dealt;
                dealt = (dealt + 1) % folds;
            }
        }

        return [.. Enumerable.Range(0, folds).Select(fold => new EventFold(
            Rows(row => foldOf[row] != fold), Rows(row => foldOf[row] == fold)))];

        EventSource Rows(Func<int, bool> isWanted)
        {
            List<int> rows = [.. Enumerable.Range(0, foldOf.Length).Where(isWanted)];
            return source.Select(CollectionsMarshal.AsSpan(rows));
        }
    }
}
