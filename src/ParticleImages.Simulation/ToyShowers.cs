using System.Collections.ObjectModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ParticleImages.Simulation;

/// <summary>
/// A toy simulation of single photons and electrons of 50 GeV transverse momentum in a barrel of lead tungstate
/// crystals, in the layout and units of the public files: for trying programs, for tests, and where the files are not
/// at hand. An immutable description; every verb sets a slot, the last one wins. Safe to use from several threads.
/// </summary>
/// <remarks>
/// <para>
/// Images are 32 × 32 × (energy, time): rows iη, columns iφ, the hottest pixel at (16, 16); energies ≥ 0 in units of 50
/// GeV, times in units of 50 ns, 0 where there is no energy. The photons (label 0) come first, then the electrons
/// (label 1), as two files one after the other would give them.
/// </para>
/// <para>
/// Event n of a class depends on the seed, the class, n and the conditions alone: not on the numbers of events asked
/// for, the order of reading, the machine or its threads. Equal descriptions give equal bits; a smaller one gives the
/// beginning of a larger.
/// </para>
/// <para>
/// The showers follow Grindhammer and Peters, hep-ex/0001020; the distributions of the public files are met to some
/// percent, the two classes differ about as much as there. Toy events are no measurement: save them with their
/// <see cref="Attributes"/>.
/// </para>
/// </remarks>
public sealed class ToyShowers
{
    // To be raised whenever a change of the simulation changes events.
    private const string Recipe = "ParticleImages toy showers 1";

    private readonly ShowerConditions conditions;

    private ToyShowers(int photons, int electrons, int seed, ShowerConditions conditions)
    {
        Photons = photons;
        Electrons = electrons;
        Seed = seed;
        this.conditions = conditions;
        Attributes = Describe();
    }

    /// <summary>The number of photons, events 0 to Photons − 1.</summary>
    public int Photons { get; }

    /// <summary>The number of electrons, events Photons to Photons + Electrons − 1.</summary>
    public int Electrons { get; }

    /// <summary>Where all random numbers come from.</summary>
    public int Seed { get; }

    /// <summary>
    /// What a file of these events should say of itself: <c>synthetic</c> = <c>true</c>, the recipe, the seed, all
    /// parameters, the units, and the paper behind it. Numbers are written as in C#, whatever the machine's language.
    /// </summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>Describes a simulation under the conditions of the public files.</summary>
    /// <param name="photons">How many photons, 0 or more.</param>
    /// <param name="electrons">How many electrons, 0 or more.</param>
    /// <param name="seed">Any number; another one gives other events.</param>
    /// <returns>The description; <see cref="Build"/> makes it a source.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is negative, or both together exceed <see cref="int.MaxValue"/>.
    /// </exception>
    public static ToyShowers With(int photons, int electrons, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(photons);
        ArgumentOutOfRangeException.ThrowIfNegative(electrons);
        if (electrons > int.MaxValue - photons)
        {
            throw new ArgumentOutOfRangeException(
                nameof(electrons),
                electrons,
                $"A source has at most {int.MaxValue} events; "
                + $"{photons} photons leave room for {int.MaxValue - photons} electrons.");
        }

        return new ToyShowers(photons, electrons, seed, ShowerConditions.Default);
    }

    /// <summary>Sets how much material lies before the crystals: electrons radiate and photons convert in it.</summary>
    /// <param name="factor">
    /// k in k (0.36 cosh η + 0.75 (|η| / 1.2)⁴) radiation lengths: 0 (none) to 5; 2 by default. Without material the
    /// two classes can hardly be told apart.
    /// </param>
    /// <returns>A changed copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is outside 0 to 5.</exception>
    public ToyShowers UpstreamMaterial(double factor)
    {
        Check(factor, 5, "The factor on the upstream material");
        return Under(conditions with { MaterialFactor = factor });
    }

    /// <summary>Sets the electronic noise of a crystal.</summary>
    /// <param name="gev">One standard deviation in GeV: 0 to 0.5; 0.042 by default.</param>
    /// <returns>A changed copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The noise is outside 0 to 0.5 GeV.</exception>
    public ToyShowers Noise(double gev)
    {
        Check(gev, 0.5, "The noise of a crystal in GeV");
        return Under(conditions with { Noise = gev });
    }

    /// <summary>Sets which crystals are read out; all others are 0.</summary>
    /// <param name="gev">Crystals above this energy, in GeV: 0 to 100; 0.12 by default.</param>
    /// <param name="windowGev">
    /// And crystals in 5 × 9 (η × φ) around a local maximum above this energy, in GeV: 0 to 100; 1 by default.
    /// </param>
    /// <returns>A changed copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is outside 0 to 100 GeV.</exception>
    public ToyShowers ZeroSuppression(double gev, double windowGev)
    {
        Check(gev, 100, "The threshold of a crystal in GeV");
        Check(windowGev, 100, "The threshold of a window in GeV");
        return Under(conditions with { KeepAbove = gev, WindowAbove = windowGev });
    }

    /// <summary>Makes the events a source that can be read by row range.</summary>
    /// <returns>
    /// A source that simulates what is read, on all cores, at each reading anew, and may be read from several threads.
    /// To read events often, keep them: <see cref="HitEvents.From(EventSource, CancellationToken)"/>, or a file. It
    /// holds nothing open. Reading throws <see cref="InvalidOperationException"/> for an event that missed the barrel
    /// 100 times in a row; no conditions are known that do this.
    /// </returns>
    public EventSource Build() => BuildOn(threads: -1);

    /// <summary>For tests: the same on a number of threads, −1 for all.</summary>
    internal EventSource BuildOn(int threads) => new ToyShowerSource(Photons, Electrons, Seed, conditions, threads);

    private static void Check(
        double value, double largest, string what, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        // Written so that NaN fails.
        if (!(value >= 0 && value <= largest))
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"{what} is between 0 and {largest}."));
        }
    }

    private ToyShowers Under(ShowerConditions changed) => new(Photons, Electrons, Seed, changed);

    private ReadOnlyDictionary<string, string> Describe()
    {
        return new Dictionary<string, string>
        {
            ["synthetic"] = "true",
            ["recipe"] = Recipe,
            ["seed"] = Text(Seed),
            ["photons"] = Text(Photons),
            ["electrons"] = Text(Electrons),
            ["upstream_material_factor"] = Text(conditions.MaterialFactor),
            ["noise_gev"] = Text(conditions.Noise),
            ["keep_above_gev"] = Text(conditions.KeepAbove),
            ["window_above_gev"] = Text(conditions.WindowAbove),
            ["energy_unit_gev"] = Text(Readout.EnergyUnit),
            ["time_unit_ns"] = Text(Readout.TimeUnit),
            ["reference"] = "Grindhammer and Peters, hep-ex/0001020",
        }.AsReadOnly();

        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
