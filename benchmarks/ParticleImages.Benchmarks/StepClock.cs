using System.Diagnostics;

namespace ParticleImages.Benchmarks;

/// <summary>
/// Times steps of some events each, after a warm-up. What is fast is measured for some seconds, what is slow for a step or two, so that all of it stays within
/// minutes.
/// </summary>
/// <param name="warmUpSteps">The first steps, which are not counted.</param>
/// <param name="longestWarmUp">Seconds after which the warm-up ends even so.</param>
public sealed class StepClock(int warmUpSteps, double longestWarmUp = double.PositiveInfinity)
{
    // Within it the runtime has compiled what is called often with optimisation.
    private const double LeastWarmUp = 2;
    private const double LeastSeconds = 3;
    private const double LongestSeconds = 7;

    private readonly long begin = Stopwatch.GetTimestamp();
    private long start;
    private int steps;

    /// <summary>Events that were counted.</summary>
    public long Events { get; private set; }

    /// <summary>The time that they took.</summary>
    public double Seconds { get; private set; }

    /// <summary>To be called at the end of every step.</summary>
    /// <param name="events">The events of the step.</param>
    /// <returns>Whether enough has been measured.</returns>
    public bool Step(int events)
    {
        long now = Stopwatch.GetTimestamp();
        steps++;
        if (start == 0)
        {
            double warm = Stopwatch.GetElapsedTime(begin, now).TotalSeconds;
            if (warm >= longestWarmUp || (steps >= warmUpSteps && warm >= LeastWarmUp))
            {
                (start, steps) = (now, 0);
            }

            return false;
        }

        Events += events;
        Seconds = Stopwatch.GetElapsedTime(start, now).TotalSeconds;
        return Seconds >= LongestSeconds || (Seconds >= LeastSeconds && steps >= 2);
    }
}
