using ParticleImages.Search;

namespace CustomSearch;

/// <summary>
/// A strategy of one's own: simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983) without state. Where the walk stands is computed from the history at every call, each step with random numbers
/// from the seed and its own number, so that a scan that was interrupted walks on as if nothing had happened.
/// </summary>
/// <param name="trials">In how many trials it cools down.</param>
/// <param name="temperature">By how much worse a step may be at the beginning and is still likely to be taken.</param>
internal sealed class AnnealingStrategy(int trials, double temperature) : ISearchStrategy
{
    private const int MostDraws = 10_000;

    public string Identity => FormattableString.Invariant($"annealing from {temperature} in {trials} trials");

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed)
    {
        var random = new Random(HashCode(seed, history.Proposals));
        Configuration? here = Stand(history, seed);
        double cold = Math.Min(1, (double)history.Proposals / trials);
        var positions = new double[space.Parameters.Count];
        for (int draw = 0; draw < MostDraws; draw++)
        {
            // Wider where nothing new is near.
            double width = (0.3 * (1 - cold)) + 0.02 + ((double)draw / MostDraws);
            for (int axis = 0; axis < positions.Length; axis++)
            {
                IParameter parameter = space.Parameters[axis];
                bool stays = here is not null && !parameter.IsOrdered && random.NextDouble() > width;
                positions[axis] = here is null || !here.TryGet(parameter.Name, out ParameterValue value) ? random.NextDouble()
                    : stays ? parameter.PositionOf(value)
                    : parameter.IsOrdered ? Math.Clamp(parameter.PositionOf(value) + (width * ((2 * random.NextDouble()) - 1)), 0, 1)
                    : random.NextDouble();
            }

            Configuration next = space.At(positions);
            if (space.Refusal(next) is null && !history.Contains(next))
            {
                return new Proposal(next);
            }
        }

        // Nothing near, nothing far: whatever is left, in grid order.
        for (long index = 0; index < space.Count; index++)
        {
            Configuration next = space.At(index);
            if (space.Refusal(next) is null && !history.Contains(next))
            {
                return new Proposal(next);
            }
        }

        return null;
    }

    private Configuration? Stand(TrialHistory history, ulong seed)
    {
        Configuration? here = null;
        double height = double.PositiveInfinity;
        foreach (ScoredConfiguration seen in history.Scored())
        {
            double heat = temperature * Math.Max(0, 1 - ((double)seen.Proposal / trials));
            double climb = seen.Scores[0] - height;
            if (climb <= 0 || new Random(HashCode(seed, ~seen.Proposal)).NextDouble() < Math.Exp(-climb / heat))
            {
                (here, height) = (seen.Configuration, seen.Scores[0]);
            }
        }

        return here;
    }

    // Not that of the framework, which differs from run to run.
    private static int HashCode(ulong seed, int number) => unchecked((int)((seed * 0x9E3779B97F4A7C15 + (ulong)number) * 0xBF58476D1CE4E5B9 >> 33));
}
