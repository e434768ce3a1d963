using System.Globalization;

namespace ParticleImages.Search;

/// <summary>Evenly over the space. The mark says which point of the sequence it was; where points find nothing new any more, what is left comes at random.</summary>
internal sealed class HaltonStrategy : ISearchStrategy
{
    private const string Marked = "point ";

    // In small spaces most points are in cells that had one before.
    private const int MostPoints = 100;

    private static readonly RandomStrategy Rest = new();

    public string Identity => "halton";

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed)
    {
        var positions = new double[space.Parameters.Count];
        long next = Next(history);
        for (long point = next; point < next + MostPoints; point++)
        {
            Halton.Fill(positions, point, seed);
            Configuration configuration = space.At(positions);
            if (!history.Contains(configuration) && space.Refusal(configuration) is null)
            {
                return new Proposal(configuration, Marked + point.ToString(CultureInfo.InvariantCulture));
            }
        }

        return Rest.Propose(space, history, seed);
    }

    private static long Next(TrialHistory history)
    {
        for (int i = history.Trials.Count - 1; i >= 0; i--)
        {
            if (history.Trials[i].Mark is { } mark && mark.StartsWith(Marked, StringComparison.Ordinal))
            {
                return long.Parse(mark.AsSpan(Marked.Length), NumberStyles.None, CultureInfo.InvariantCulture) + 1;
            }
        }

        return 0;
    }
}
