namespace ParticleImages.Simulation;

/// <summary>
/// Last stage: which crystals are read out, the crop around the hottest one, and the times.
/// </summary>
/// <remarks>
/// Read out are crystals above a threshold and those in a window of 5 × 9 (η × φ) around every local maximum above a
/// second threshold; without this zero suppression an image would have 535 hits instead of 50. Negative energies become
/// 0. A hit's time is normal around 0 with the spread that CMS reconstruction assigns to barrel crystals (CMSSW,
/// RecoParticleFlow/PFClusterProducer, time resolution of the ECAL barrel), E in GeV: (1.31883/E + 0.0510871/E²) ns
/// below 0.5 GeV, 1.10889/E ⊕ 0.428192 ns up to 5 GeV, constant above.
/// </remarks>
internal sealed class Readout
{
    /// <summary>The energy unit of the public files, in GeV.</summary>
    public const double EnergyUnit = 50;

    /// <summary>The time unit of the public files, in ns.</summary>
    public const double TimeUnit = 50;

    // How far a window reaches from its local maximum.
    private const int WindowRows = 2;
    private const int WindowColumns = 4;

    // GeV; what is softer has the spread of this energy, 24 ns: the crystals are sampled in a gate, not for ever.
    private const double SmallestTimedEnergy = 0.08;

    private readonly RandomStream random;
    private readonly double keepAbove;
    private readonly double windowAbove;
    private readonly bool[] inWindow;

    public Readout(double keepAbove, double windowAbove, RandomStream random)
    {
        this.keepAbove = keepAbove;
        this.windowAbove = windowAbove;
        this.random = random;
        inWindow = new bool[Shape.Pixels];
    }

    /// <summary>The size of an image: the public files'.</summary>
    public static ImageShape Shape => ImageShape.Crop32;

    // The hottest crystal's place in the image: (16, 16).
    private static int Centre => Shape.Height / 2;

    /// <summary>Makes an image of measured crystals.</summary>
    /// <param name="crystals">The energies.</param>
    /// <param name="firstBarrelRow">The barrel's row that the patch begins with.</param>
    /// <param name="image">Receives Shape.Values values; left alone if the event is rejected.</param>
    /// <returns>False where the crop would leave the barrel, or the part of it that is simulated.</returns>
    public bool TryRead(CrystalPatch crystals, int firstBarrelRow, Span<float> image)
    {
        (int hotRow, int hotColumn) = crystals.Hottest();
        int firstRow = hotRow - Centre;
        int firstColumn = hotColumn - Centre;
        bool inBarrel = firstRow + firstBarrelRow >= 0 && firstRow + firstBarrelRow + Shape.Height <= Barrel.Rows;
        if (!inBarrel
            || !HasMargin(firstRow, Shape.Height, WindowRows + 1, CrystalPatch.Rows)
            || !HasMargin(firstColumn, Shape.Width, WindowColumns + 1, CrystalPatch.Columns))
        {
            return false;
        }

        MarkWindows(crystals, firstRow, firstColumn);
        for (int pixel = 0; pixel < Shape.Pixels; pixel++)
        {
            double energy = crystals[firstRow + (pixel / Shape.Width), firstColumn + (pixel % Shape.Width)];
            bool isHit = energy > 0 && (energy > keepAbove || inWindow[pixel]);
            image[2 * pixel] = isHit ? (float)(energy / EnergyUnit) : 0;
            image[(2 * pixel) + 1] = isHit ? (float)(TimeSpread(energy) * random.NextNormal() / TimeUnit) : 0;
        }

        return true;
    }

    /// <summary>The spread of a hit's time, one standard deviation in ns.</summary>
    /// <param name="energy">In GeV.</param>
    internal static double TimeSpread(double energy)
    {
        if (energy < 0.5)
        {
            double inverse = 1 / Math.Max(energy, SmallestTimedEnergy);
            return (1.31883 * inverse) + (0.0510871 * inverse * inverse);
        }

        double falling = 1.10889 / Math.Min(energy, 5);
        return Math.Sqrt((falling * falling) + (0.428192 * 0.428192));
    }

    // A window reaches into the image from a local maximum outside, and that one has neighbours.
    private static bool HasMargin(int first, int count, int margin, int end) =>
        first >= margin && first + count + margin <= end;

    private void MarkWindows(CrystalPatch crystals, int firstRow, int firstColumn)
    {
        Array.Clear(inWindow);
        for (int row = -WindowRows; row < Shape.Height + WindowRows; row++)
        {
            for (int column = -WindowColumns; column < Shape.Width + WindowColumns; column++)
            {
                if (crystals[firstRow + row, firstColumn + column] > windowAbove
                    && crystals.IsLocalMaximum(firstRow + row, firstColumn + column))
                {
                    MarkWindow(row, column);
                }
            }
        }
    }

    private void MarkWindow(int row, int column)
    {
        int left = Math.Max(column - WindowColumns, 0);
        int right = Math.Min(column + WindowColumns, Shape.Width - 1);
        int bottom = Math.Min(row + WindowRows, Shape.Height - 1);
        for (int top = Math.Max(row - WindowRows, 0); top <= bottom; top++)
        {
            inWindow.AsSpan((top * Shape.Width) + left, right - left + 1).Fill(true);
        }
    }
}
