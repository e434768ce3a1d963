namespace ParticleImages.Cli;

/// <summary>What the images of one class hold, counted while they pass by.</summary>
internal sealed class ClassStatistics
{
    /// <summary>The usual energy cut, 0.25 GeV in units of 50 GeV.</summary>
    public const float UsualThreshold = 0.005f;

    public long Events { get; private set; }

    /// <summary>Events all of whose energies are 0.</summary>
    public long AllZeroEvents { get; private set; }

    /// <summary>Pixels with a finite energy other than 0 and a finite time.</summary>
    public long Hits { get; private set; }

    /// <summary>Hits above <see cref="UsualThreshold"/>.</summary>
    public long HitsAbove { get; private set; }

    public float LeastEnergy { get; private set; } = float.PositiveInfinity;

    public float GreatestEnergy { get; private set; } = float.NegativeInfinity;

    public float EarliestTime { get; private set; } = float.PositiveInfinity;

    public float LatestTime { get; private set; } = float.NegativeInfinity;

    /// <summary>Energies and times that are NaN.</summary>
    public long NotANumber { get; private set; }

    /// <summary>Energies and times that are infinite.</summary>
    public long Infinite { get; private set; }

    public long NegativeEnergies { get; private set; }

    /// <summary>Counts one image, (rows, columns, 2).</summary>
    public void Add(ReadOnlySpan<float> image)
    {
        bool allZero = true;
        for (int i = 0; i < image.Length; i += 2)
        {
            float energy = image[i];
            float time = image[i + 1];
            if (energy == 0 && float.IsFinite(time))
            {
                continue;
            }

            allZero &= energy == 0;
            NotANumber += (float.IsNaN(energy) ? 1 : 0) + (float.IsNaN(time) ? 1 : 0);
            Infinite += (float.IsInfinity(energy) ? 1 : 0) + (float.IsInfinity(time) ? 1 : 0);
            NegativeEnergies += energy < 0 ? 1 : 0;
            if (energy != 0 && float.IsFinite(energy) && float.IsFinite(time))
            {
                AddHit(energy, time);
            }
        }

        Events++;
        AllZeroEvents += allZero ? 1 : 0;
    }

    /// <summary>Counts the hits of one event.</summary>
    public void Add(Hits hits)
    {
        for (int i = 0; i < hits.Count; i++)
        {
            NegativeEnergies += hits.Energies[i] < 0 ? 1 : 0;
            AddHit(hits.Energies[i], hits.Times[i]);
        }

        Events++;
        AllZeroEvents += hits.Count == 0 ? 1 : 0;
    }

    /// <summary>Both classes as one.</summary>
    public static ClassStatistics Sum(ClassStatistics first, ClassStatistics second) => new()
    {
        Events = first.Events + second.Events,
        AllZeroEvents = first.AllZeroEvents + second.AllZeroEvents,
        Hits = first.Hits + second.Hits,
        HitsAbove = first.HitsAbove + second.HitsAbove,
        LeastEnergy = Math.Min(first.LeastEnergy, second.LeastEnergy),
        GreatestEnergy = Math.Max(first.GreatestEnergy, second.GreatestEnergy),
        EarliestTime = Math.Min(first.EarliestTime, second.EarliestTime),
        LatestTime = Math.Max(first.LatestTime, second.LatestTime),
        NotANumber = first.NotANumber + second.NotANumber,
        Infinite = first.Infinite + second.Infinite,
        NegativeEnergies = first.NegativeEnergies + second.NegativeEnergies,
    };

    private void AddHit(float energy, float time)
    {
        Hits++;
        HitsAbove += energy > UsualThreshold ? 1 : 0;
        LeastEnergy = Math.Min(LeastEnergy, energy);
        GreatestEnergy = Math.Max(GreatestEnergy, energy);
        EarliestTime = Math.Min(EarliestTime, time);
        LatestTime = Math.Max(LatestTime, time);
    }
}
