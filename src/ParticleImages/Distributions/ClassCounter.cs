namespace ParticleImages;

/// <summary>Adds up what is counted by event for one class: the image of all energies and the shares of central crops.</summary>
internal sealed class ClassCounter
{
    private readonly ImageShape shape;
    private readonly double[] energies;

    // By half the size of the crop, from 1: of one event, and sums over events of the share and of its square.
    private readonly double[] inside;
    private readonly double[] shares;
    private readonly double[] squares;
    private double outside;
    private int hits;
    private long sharing;

    public ClassCounter(ImageShape shape)
    {
        this.shape = shape;
        energies = new double[shape.Pixels];
        int crops = Math.Min(shape.Height, shape.Width) / 2;
        inside = new double[crops + 1];
        shares = new double[crops + 1];
        squares = new double[crops + 1];
    }

    public long Events { get; private set; }

    public void AddHit(int pixel, double energy)
    {
        hits++;
        energies[pixel] += energy;
        if (energy > 0)
        {
            (int row, int column) = (pixel / shape.Width, pixel % shape.Width);
            int half = Math.Max(Half(row - (shape.Height / 2)), Half(column - (shape.Width / 2)));
            if (half < inside.Length)
            {
                inside[half] += energy;
            }
            else
            {
                outside += energy;
            }
        }

        // The smallest h with −h ≤ place < h.
        static int Half(int place) => place < 0 ? -place : place + 1;
    }

    /// <summary>Closes an event.</summary>
    /// <returns>Its number of hits.</returns>
    public int EndEvent()
    {
        double all = inside.Sum() + outside;
        if (all > 0)
        {
            sharing++;
            double sum = 0;
            for (int half = 1; half < inside.Length; half++)
            {
                sum += inside[half];
                double share = Math.Min(sum / all, 1);
                shares[half] += share;
                squares[half] += share * share;
            }
        }

        Events++;
        int counted = hits;
        inside.AsSpan().Clear();
        (outside, hits) = (0, 0);
        return counted;
    }

    public double[] MeanEnergies() => [.. energies.Select(energy => Events == 0 ? 0 : energy / Events)];

    public IReadOnlyList<CropShare> Containment() => sharing == 0
        ? []
        : [.. Enumerable.Range(1, shares.Length - 1).Select(half => new CropShare(2 * half, Mean(shares[half], squares[half])))];

    private Estimate Mean(double sum, double sumOfSquares)
    {
        double mean = sum / sharing;
        double variance = Math.Max(0, (sumOfSquares - (sum * mean)) / (sharing - 1));
        return new Estimate(mean, sharing == 1 ? null : Math.Sqrt(variance / sharing));
    }
}
