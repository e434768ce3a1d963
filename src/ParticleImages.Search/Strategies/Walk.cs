using System.Globalization;
using System.Numerics;

namespace ParticleImages.Search;

/// <summary>
/// Goes through the indices of a finite space in some order. Where it stands is the mark of the last proposal, so that it needs no memory and a
/// scan that goes on later finds its place.
/// </summary>
internal static class Walk
{
    // So many are refused in a row only where constraints leave next to nothing.
    private const int MostRefusals = 1_000_000;

    public static Proposal? From(ISearchSpace space, TrialHistory history, BigInteger count, Func<BigInteger, BigInteger> order)
    {
        BigInteger place = Next(history);
        for (int refused = 0; place < count; place++, refused++)
        {
            Configuration configuration = space.At(order(place));
            if (space.Refusal(configuration) is null && !history.Contains(configuration))
            {
                return new Proposal(configuration, place.ToString(CultureInfo.InvariantCulture));
            }

            if (refused == MostRefusals)
            {
                throw new InvalidOperationException(
                    $"{MostRefusals} configurations in a row were refused, the last because: {space.Refusal(configuration) ?? "it was tried before"} Narrow the parameters instead of refusing nearly all that they give.");
            }
        }

        return null;
    }

    private static BigInteger Next(TrialHistory history)
    {
        // The last proposals may be by hand, without a mark, or from elsewhere: a strategy may walk only where it knows nothing better.
        for (int i = history.Trials.Count - 1; i >= 0; i--)
        {
            if (BigInteger.TryParse(history.Trials[i].Mark, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger place))
            {
                return place + 1;
            }
        }

        return 0;
    }
}
