using System.Globalization;
using ParticleImages.Networks;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>The network layer by layer.</summary>
internal static class NetworkSection
{
    public static void Write(HtmlText html, ReportContent content)
    {
        ModelDescription model = content.Model!;
        NetworkSummary summary = model.Network.Summary();
        html.Element("p", string.Create(CultureInfo.InvariantCulture, $"{summary.Parameters:N0} parameters, of which training fits {summary.Trainable:N0}; {summary.MultiplyAdds:N0} multiply-adds an event; voxels of {model.Network.Input} (frames × rows × columns)."));
        FigureList.Write(html, NetworkFigures.All, content);
        new ReportTable(
            "layers",
            "Layers, those inside a block below it",
            [new("layer"), new("type"), new("output"), new("parameters", IsNumber: true), new("multiply-adds", IsNumber: true)],
            [.. summary.Layers.SelectMany(layer => Rows(layer, depth: 0))]).Write(html);
    }

    private static IEnumerable<IReadOnlyList<TableCell>> Rows(LayerSummary layer, int depth) => layer.Inner
        .SelectMany(inner => Rows(inner, depth + 1))
        .Prepend(
        [
            TableCell.Of($"{new string('·', depth)}{(depth > 0 ? " " : "")}{layer.Name}"),
            TableCell.Of(layer.Type),
            TableCell.Of(layer.Output.ToString()),
            TableCell.Of(layer.Parameters),
            TableCell.Of(layer.MultiplyAdds),
        ]);
}
