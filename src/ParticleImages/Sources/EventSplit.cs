namespace ParticleImages;

/// <summary>Events to train on, to validate on and to test on: three views without a common event.</summary>
/// <remarks>
/// Made by <see cref="EventSource"/>'s Split methods. The views own nothing; keep the source open while they are used. Immutable; the three
/// views together read for one thread at a time.
/// </remarks>
public sealed class EventSplit
{
    private EventSplit(EventSource train, EventSource validation, EventSource test)
    {
        Train = train;
        Validation = validation;
        Test = test;
    }

    /// <summary>Events that the weights are fitted to.</summary>
    public EventSource Train { get; }

    /// <summary>Events that choices are made by, after every epoch.</summary>
    public EventSource Validation { get; }

    /// <summary>Events that nothing was fitted to or chosen by.</summary>
    public EventSource Test { get; }

    internal static EventSplit PerClass(EventSource source, int train, int validation, int test)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(train);
        ArgumentOutOfRangeException.ThrowIfNegative(validation);
        ArgumentOutOfRangeException.ThrowIfNegative(test);
        int[][] byClass = RowsByClass(source);
        long wanted = (long)train + validation + test;
        foreach (int[] rows in byClass)
        {
            if (rows.Length < wanted)
            {
                int label = Array.IndexOf(byClass, rows);
                throw new ArgumentException(
                    $"{source.Name} has {rows.Length} events of label {label} ({ParticleLabel.NameOf(label)}); "
                    + $"{train} to train, {validation} to validate and {test} to test were asked for, {wanted} in all. "
                    + "Ask for fewer, or add files.");
            }
        }

        return Take(source, byClass, _ => (train, validation, test));
    }

    internal static EventSplit ByFraction(EventSource source, double train, double validation, double test, int seed)
    {
        CheckFraction(train);
        CheckFraction(validation);
        CheckFraction(test);

        // Thirds and tenths do not sum to 1 exactly in double.
        if (train + validation + test > 1 + 1e-9)
        {
            throw new ArgumentOutOfRangeException(
                nameof(test), train + validation + test, "The three fractions sum to 1 at most.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        int[][] byClass = RowsByClass(source);
        for (int label = 0; label < byClass.Length; label++)
        {
            var random = new SplitMix64(SplitMix64.Mix((ulong)seed, (ulong)label));
            random.Shuffle(byClass[label]);
        }

        return Take(source, byClass, count =>
        {
            int trained = (int)Math.Round(train * count);
            int validated = Math.Min((int)Math.Round(validation * count), count - trained);
            return (trained, validated, Math.Min((int)Math.Round(test * count), count - trained - validated));
        });
    }

    private static EventSplit Take(
        EventSource source, int[][] byClass, Func<int, (int Train, int Validation, int Test)> sizes)
    {
        List<int> train = [], validation = [], test = [];
        foreach (int[] rows in byClass)
        {
            (int trained, int validated, int tested) = sizes(rows.Length);
            train.AddRange(rows.AsSpan(0, trained));
            validation.AddRange(rows.AsSpan(trained, validated));
            test.AddRange(rows.AsSpan(trained + validated, tested));
        }

        return new EventSplit(View(train), View(validation), View(test));

        EventSource View(List<int> rows)
        {
            rows.Sort();
            return SelectedSource.OfRows(source, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        }
    }

    /// <summary>The rows of each label, in the source's order.</summary>
    internal static int[][] RowsByClass(EventSource source)
    {
        var labels = new int[source.Count];
        source.ReadLabels(0, labels);
        return [RowsOf(ParticleLabel.Photon), RowsOf(ParticleLabel.Electron)];

        int[] RowsOf(int label) => [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label)];
    }

    private static void CheckFraction(
        double value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A fraction is between 0 and 1.");
        }
    }
}
