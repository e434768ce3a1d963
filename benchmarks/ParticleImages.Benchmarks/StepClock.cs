using System.Diagnostics;

namespace ParticleImages.Benchmarks;

/// <summary>
/// Times steps of some events each, after a warm-up. What is fast is measured for some seconds, what is slow for two steps, so that all of it stays within
/// minutes.
/// </summary>
/// <param name="warmUpSteps">The first steps, which are not counted: an epoch, so that what is kept of each event is there.</param>
public sealed class StepClock(int warmUpSteps)
{
    private const double LeastWarmUp = 2;
    private const double LongestWarmUp = 8;
    private const double LeastSeconds = 4;
    private const double LongestSeconds = 12;

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
            if (warm >= LongestWarmUp || (steps >= warmUpSteps && warm >= LeastWarmUp))
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
