namespace ParticleImages.Plotting.Drawing;

/// <summary>A value at a pixel.</summary>
internal readonly record struct HitValue(int Row, int Column, double Value);

/// <summary>The hits of one event as a picture shows them: energies above 0 in GeV, times in ns.</summary>
internal sealed record HitMap(IReadOnlyList<HitValue> Energies, IReadOnlyList<HitValue> Times)
{
    public static HitMap Of(EventBatch events, int index, double energyUnit, double timeUnit)
    {
        List<HitValue> energies = [], times = [];
        for (int row = 0; row < events.Shape.Height; row++)
        {
            for (int column = 0; column < events.Shape.Width; column++)
            {
                float energy = events.Energy(index, row, column);
                float time = events.Time(index, row, column);
                if (energy == 0 || !float.IsFinite(energy) || !float.IsFinite(time))
                {
                    continue;
                }

                times.Add(new HitValue(row, column, time * timeUnit));
                if (energy > 0)
                {
                    energies.Add(new HitValue(row, column, energy * energyUnit));
                }
            }
        }

        return new HitMap(energies, times);
    }
}
