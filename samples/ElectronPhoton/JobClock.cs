using System.Diagnostics;

namespace ElectronPhoton;

/// <summary>How long the parts of a run took, one after the other.</summary>
internal sealed class JobClock
{
    private readonly Dictionary<string, double> seconds = [];
    private long last = Stopwatch.GetTimestamp();

    public IReadOnlyDictionary<string, double> Seconds => seconds;

    public void Lap(string part)
    {
        seconds[part] = Math.Round(Stopwatch.GetElapsedTime(last).TotalSeconds, 3);
        last = Stopwatch.GetTimestamp();
    }
}
