namespace ParticleImages.Plotting.Drawing;

/// <summary>A hit in space and time: where, when in ns, and its energy in GeV, above 0.</summary>
internal readonly record struct SpaceTimeHit(int Row, int Column, double Time, double Energy);

/// <summary>The hits of one event that a picture in space and time shows, and how many it leaves out.</summary>
internal sealed record SpaceTimeHits(IReadOnlyList<SpaceTimeHit> Shown, int TooFaint, int Beyond)
{
    /// <summary>The hits with energy above 0 within a time window, the most energetic ones if there are too many to tell apart.</summary>
    public static SpaceTimeHits Of(EventBatch one, PictureUnits units, double window, int most)
    {
        HitMap map = HitMap.Of(one, 0, units.Energy, units.Time);
        Dictionary<(int, int), double> times = map.Times.ToDictionary(hit => (hit.Row, hit.Column), hit => hit.Value);
        SpaceTimeHit[] within =
        [
            .. map.Energies.Select(hit => new SpaceTimeHit(hit.Row, hit.Column, times[(hit.Row, hit.Column)], hit.Value))
                .Where(hit => Math.Abs(hit.Time) < window),
        ];
        SpaceTimeHit[] shown = within.Length <= most ? within : [.. within.OrderByDescending(hit => hit.Energy).Take(most)];
        return new SpaceTimeHits(shown, within.Length - shown.Length, map.Energies.Count - within.Length);
    }
}
