using System.Diagnostics;
using System.Globalization;

namespace ParticleImages.Benchmarks;

/// <summary>
/// How fast our way is beside another: the other's time divided by ours, so 1 is as fast and 2 twice as fast. Both are
/// measured by turns in one run, since the times of a shared machine mean little and their ratios much.
/// </summary>
public sealed class Ratio(string name, Action ours, Action other, int rounds = 31)
{
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(20);

    /// <summary>What is held beside what, for example <c>train-vs-handwritten</c>.</summary>
    public string Name => name;

    /// <summary>A ratio whose actions are made when it is measured, since making them takes long or has to be tidied up.</summary>
    public static Ratio Of(string name, Func<(Action Ours, Action Other, IDisposable Owner)> make)
    {
        (Action Ours, Action Other, IDisposable Owner)? made = null;
        (Action Ours, Action Other, IDisposable Owner) Made() => made ??= make();
        return new Ratio(name, () => Made().Ours(), () => Made().Other()) { Owner = () => made?.Owner };
    }

    private Func<IDisposable?> Owner { get; init; } = () => null;

    /// <summary>Measures for about two seconds, or longer where one action takes long.</summary>
    /// <returns>The name, a space, and the median of the rounds' ratios.</returns>
    public string Measure()
    {
        int ourRepetitions = RepetitionsOf(ours);
        int otherRepetitions = RepetitionsOf(other);
        var ratios = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            // The order changes every round, so that a machine that becomes slower favours neither.
            bool areWeFirst = round % 2 == 0;
            double first = areWeFirst ? Seconds(ours, ourRepetitions) : Seconds(other, otherRepetitions);
            double second = areWeFirst ? Seconds(other, otherRepetitions) : Seconds(ours, ourRepetitions);
            ratios[round] = areWeFirst ? second / first : first / second;
        }

        Owner()?.Dispose();
        Array.Sort(ratios);
        return string.Create(CultureInfo.InvariantCulture, $"{name} {ratios[rounds / 2]:F3}");
    }

    private static double Seconds(Action action, int repetitions)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / repetitions;
    }

    // Also the warm-up: half a second is enough for the runtime to have compiled the loops with optimisation.
    private static int RepetitionsOf(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        while (Stopwatch.GetElapsedTime(start) < 25 * RoundLength)
        {
            action();
            done++;
        }

        return Math.Max(1, done / 25);
    }
}
