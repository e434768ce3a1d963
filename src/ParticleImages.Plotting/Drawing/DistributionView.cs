namespace ParticleImages.Plotting.Drawing;

/// <summary>One quantity of events as a picture shows it.</summary>
/// <param name="Quantity">The name of its axis.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Entries">What is counted, a share of all events or a number an event.</param>
/// <param name="HistogramOf">Its histogram of a class.</param>
internal sealed record DistributionView(string Quantity, string Unit, string Entries, Func<ClassDistributions, Histogram> HistogramOf)
{
    /// <summary>Whether the quantity has a logarithmic axis; its bins are then ten a decade.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether entries have a logarithmic axis.</summary>
    public bool HasLogarithmicEntries { get; init; }

    /// <summary>What the cumulative distribution beside it is called; empty for none.</summary>
    public string Cumulative { get; init; } = "";

    /// <summary>Whether the quantity is a whole number, drawn in the middle of its bin.</summary>
    public bool IsWhole { get; init; }

    public static DistributionView Energies { get; } =
        new("Energy of hits (GeV)", "GeV", "Hits / event / 0.1 decade", events => events.Energies) { IsLogarithmic = true, HasLogarithmicEntries = true };

    public static DistributionView AbsoluteTimes { get; } =
        new("|t| of hits (ns)", "ns", "Hits / event", events => events.AbsoluteTimes)
        {
            HasLogarithmicEntries = true,
            Cumulative = "Share of hits with smaller |t|",
        };

    public static DistributionView HitsAnEvent { get; } =
        new("Hits an event", "hits", "Share of events", events => events.HitsAnEvent) { IsWhole = true };

    /// <summary>What a histogram counts.</summary>
    public string Counted(long number) => $"{(IsWhole ? "event" : "hit")}{(number == 1 ? "" : "s")}";

    /// <summary>Where a value stands on the quantity's axis.</summary>
    public double PlaceOf(double value) => IsLogarithmic ? Math.Log10(value) : IsWhole ? value - 0.5 : value;
}
