using ParticleImages.Search;

namespace ScanProgram;

/// <summary>Proposes what every bit of every earlier result has led to, so that the least difference between two scans shows in all that follows.</summary>
internal sealed class ChaoticStrategy : ISearchStrategy
{
    public string Identity => "chaotic";

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed)
    {
        ulong state = seed;
        foreach (TrialRecord trial in history.Trials)
        {
            state = Mix(state, (ulong)trial.State);
            foreach (MetricValue value in trial.Values)
            {
                state = Mix(state, (ulong)BitConverter.DoubleToInt64Bits(value.Value));
            }
        }

        while (true)
        {
            var positions = new double[space.Parameters.Count];
            for (int i = 0; i < positions.Length; i++)
            {
                state = Mix(state, (ulong)i);
                positions[i] = (state >> 11) / (double)(1UL << 53);
            }

            Configuration configuration = space.At(positions);
            if (space.Refusal(configuration) is null && !history.Contains(configuration))
            {
                return new Proposal(configuration, $"{state:x}");
            }
        }
    }

    // FNV-1a over the eight bytes, and a shift since its high bits are the better ones.
    private static ulong Mix(ulong state, ulong value)
    {
        for (int i = 0; i < 8; i++)
        {
            state = (state ^ ((value >> (8 * i)) & 255)) * 1099511628211;
        }

        return state ^ (state >> 29);
    }
}
