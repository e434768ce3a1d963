using System.Globalization;
using ParticleImages.Networks;

namespace ParticleImages.Terminal;

/// <summary>What a network is made of, on a screen.</summary>
internal static class NetworkSheet
{
    /// <summary>Says a summary as its text; a terminal gets its layers as a table of its width.</summary>
    public static void Say(this Screen screen, NetworkSummary summary)
    {
        string[] lines = summary.ToString().TrimEnd().Split('\n');
        if (screen.Width is not { } width)
        {
            Array.ForEach(lines, screen.Say);
            return;
        }

        string[][] rows = [["layer", "type", "output", "params"], .. summary.Layers.SelectMany(layer => Rows(layer, indent: ""))];
        var whole = new Sheet(rows) { HasNames = true, IsNumber = column => column == 3 };

        // The names of the layers nearly tell their types.
        screen.Say(whole.Width <= width
            ? whole
            : new Sheet([.. rows.Select(row => new[] { row[0], row[2], row[3] })]) { HasNames = true, IsNumber = column => column == 2 });

        // The totals have words of their own, between the last two rules.
        foreach (string total in lines[(Array.FindLastIndex(lines, line => line[0] == '=') + 1)..^1])
        {
            screen.Say(total);
        }
    }

    private static IEnumerable<string[]> Rows(LayerSummary layer, string indent) => layer.Inner.SelectMany(inner => Rows(inner, indent + "  "))
        .Prepend([indent + layer.Name, layer.Type, layer.Output.ToString(), layer.Parameters.ToString("N0", CultureInfo.InvariantCulture)]);
}
