namespace ParticleImages.Reports.Contents;

/// <summary>How full the events of a class are: hits an event with their spread, and the greatest energy.</summary>
internal sealed record OccupancyOf(int Events, double Hits, double Spread, double GreatestEnergy)
{
    public static OccupancyOf Class(HitEvents events, int label)
    {
        int count = 0;
        double sum = 0, squares = 0, greatest = double.NaN;
        for (int i = 0; i < events.Count; i++)
        {
            if (events.Labels[i] != label)
            {
                continue;
            }

            Hits hits = events[i];
            count++;
            sum += hits.Count;
            squares += (double)hits.Count * hits.Count;
            foreach (float energy in hits.Energies)
            {
                greatest = double.IsNaN(greatest) ? energy : Math.Max(greatest, energy);
            }
        }

        double mean = sum / count;
        return new OccupancyOf(count, mean, count > 1 ? Math.Sqrt(Math.Max(0, (squares - (count * mean * mean)) / (count - 1))) : double.NaN, greatest);
    }
}
