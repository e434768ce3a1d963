using System.Runtime.CompilerServices;

namespace ParticleImages.Simulation;

/// <summary>
/// Third stage: the energies, in GeV, of the crystals around the place that the primary particle points at, first as
/// deposited, then as measured: each crystal's energy E spreads by 1.4 % √E (E in GeV), and electronic noise is added.
/// </summary>
/// <remarks>
/// The patch is larger than an image: an image is cut out around the hottest crystal, which an electron's bend moves
/// along φ.
/// </remarks>
internal sealed class CrystalPatch
{
    /// <summary>Rows (η) of the patch; the primary particle points into the middle one.</summary>
    public const int Rows = 48;

    /// <summary>Columns (φ) of the patch.</summary>
    public const int Columns = 80;

    // 1.4 % / √E, and the energy in GeV below which the relative spread grows no further.
    private const double StochasticTerm = 0.014;
    private const double SmallestSpreadEnergy = 0.05;

    private readonly double[] energies = new double[Rows * Columns];
    private readonly RandomStream random;
    private readonly double noise;

    public CrystalPatch(double noise, RandomStream random)
    {
        this.noise = noise;
        this.random = random;
    }

    /// <summary>The energy of a crystal, in GeV.</summary>
    public double this[int row, int column] => energies[(row * Columns) + column];

    public void Clear() => Array.Clear(energies);

    /// <summary>Adds energy where it lies; outside the patch it is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Deposit(double row, double column, double energy)
    {
        if (row >= 0 && row < Rows && column >= 0 && column < Columns)
        {
            energies[((int)row * Columns) + (int)column] += energy;
        }
    }

    /// <summary>Turns deposited energies into measured ones.</summary>
    public void Measure()
    {
        Span<double> cells = energies;
        for (int i = 0; i < cells.Length; i++)
        {
            double energy = cells[i];
            if (energy > 0)
            {
                double relative = StochasticTerm / Math.Sqrt(Math.Max(energy, SmallestSpreadEnergy));
                energy += energy * relative * random.NextNormal();
            }

            cells[i] = energy + (noise * random.NextNormal());
        }
    }

    /// <summary>The crystal with the most energy, the first of several.</summary>
    public (int Row, int Column) Hottest()
    {
        int hottest = 0;
        for (int i = 1; i < energies.Length; i++)
        {
            if (energies[i] > energies[hottest])
            {
                hottest = i;
            }
        }

        return Math.DivRem(hottest, Columns);
    }

    /// <summary>Whether none of the eight neighbours of a crystal inside the patch has more energy.</summary>
    public bool IsLocalMaximum(int row, int column)
    {
        double energy = this[row, column];
        for (int nearRow = row - 1; nearRow <= row + 1; nearRow++)
        {
            for (int nearColumn = column - 1; nearColumn <= column + 1; nearColumn++)
            {
                if (this[nearRow, nearColumn] > energy)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
