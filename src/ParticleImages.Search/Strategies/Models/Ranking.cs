namespace ParticleImages.Search;

/// <summary>
/// Observations from the best to the worst. Of several objectives those come first that no other one dominates, then those that only these dominate, and so on; among
/// equals those in the emptier neighbourhood (Deb et al., IEEE Trans. Evol. Comput. 6, 2002). Trials that were pruned come behind those that were not, the later pruned first.
/// </summary>
internal static class Ranking
{
    /// <summary>Those that have scores.</summary>
    /// <param name="observations">Any.</param>
    /// <param name="wanted">How many have to be in order if there are several objectives; fronts of all the others would cost much.</param>
    public static List<Observation> BestFirst(IEnumerable<Observation> observations, int wanted)
    {
        List<Observation> scored = [.. observations.Where(seen => seen.Scores is not null)];
        return scored is [{ Scores.Count: > 1 }, ..]
            ? [.. Fronts([.. scored.Where(seen => seen.PrunedAt is null)], wanted), .. scored.Where(seen => seen.PrunedAt is not null).OrderByDescending(seen => seen.PrunedAt)]
            : [.. scored.OrderBy(seen => seen.PrunedAt is not null).ThenByDescending(seen => seen.PrunedAt).ThenBy(seen => seen.Scores![0])];
    }

    private static IEnumerable<Observation> Fronts(List<Observation> all, int wanted)
    {
        // Whoever dominates another comes before it, and is found soon.
        List<Observation> left = [.. all.OrderBy(seen => seen.Scores![0])];
        var ranked = new List<Observation>();
        while (left.Count > 0 && ranked.Count < wanted)
        {
            ILookup<bool, Observation> dominated = left.ToLookup(one => left.Exists(other => Dominance.Of(other.Scores!, one.Scores!)));
            ranked.AddRange(ByCrowding([.. dominated[false]]));
            left = [.. dominated[true]];
        }

        return ranked.Concat(left);
    }

    private static IEnumerable<Observation> ByCrowding(List<Observation> front)
    {
        var room = new double[front.Count];
        for (int objective = 0; objective < front[0].Scores!.Count; objective++)
        {
            int[] order = [.. Enumerable.Range(0, front.Count).OrderBy(i => front[i].Scores![objective])];
            double width = front[order[^1]].Scores![objective] - front[order[0]].Scores![objective];
            for (int k = 0; k < order.Length; k++)
            {
                bool isEnd = k == 0 || k == order.Length - 1;
                room[order[k]] += isEnd ? double.PositiveInfinity : width == 0 ? 0 : (front[order[k + 1]].Scores![objective] - front[order[k - 1]].Scores![objective]) / width;
            }
        }

        return Enumerable.Range(0, front.Count).OrderByDescending(i => room[i]).Select(i => front[i]);
    }
}
