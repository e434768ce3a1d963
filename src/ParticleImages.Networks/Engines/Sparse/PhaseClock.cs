using System.Diagnostics;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>How long the phases of steps take, with what each has to multiply and to move at least. Only a benchmark has one.</summary>
internal sealed class PhaseClock
{
    private readonly Dictionary<string, Phase> phases = [];
    private long last;

    /// <summary>The phases in the order in which they came first.</summary>
    public IEnumerable<KeyValuePair<string, Phase>> Phases => phases;

    /// <summary>Before a step's first phase.</summary>
    public void Begin() => last = Stopwatch.GetTimestamp();

    /// <summary>A phase has ended.</summary>
    /// <param name="name">Which.</param>
    /// <param name="work">What it had to do.</param>
    public void End(string name, PhaseWork work)
    {
        long now = Stopwatch.GetTimestamp();
        Phase before = phases.GetValueOrDefault(name);
        phases[name] = new Phase(before.Seconds + Stopwatch.GetElapsedTime(last, now).TotalSeconds, before.Work + work);
        last = Stopwatch.GetTimestamp();
    }

    /// <summary>Forgets what it has.</summary>
    public void Clear() => phases.Clear();

    /// <summary>A phase of all steps.</summary>
    public readonly record struct Phase(double Seconds, PhaseWork Work);
}
