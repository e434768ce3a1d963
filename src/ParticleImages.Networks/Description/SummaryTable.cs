using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>Counts a description's layers, those inside blocks with them.</summary>
internal sealed class SummaryTable
{
    private readonly Dictionary<string, int> seen = [];
    private readonly string dimensions;

    private SummaryTable(Cnn3d description)
    {
        // Keras has layers of their own for inputs with one or two axes; an axis of one bin is none.
        int axes = new[] { description.Input.Frames, description.Input.Height, description.Input.Width }.Count(bins => bins > 1);
        dimensions = axes == 0 ? "3d" : $"{axes}d";
    }

    public static NetworkSummary Of(Cnn3d description)
    {
        var table = new SummaryTable(description);
        FeatureShape input = ShapeInference.InputOf(description);
        var summary = new NetworkSummary(input, table.Rows(description.Layers, input, LayerPosition.First(description)));
        if (summary.Layers.Sum(layer => (double)layer.MultiplyAdds) > long.MaxValue || summary.Layers.Sum(layer => layer.Values) > long.MaxValue / sizeof(float))
        {
            throw new NetworkShapeException("One event would take more multiply-adds or values than 64 bits can count. Use fewer filters, or pool before.");
        }

        return summary;
    }

    private ImmutableArray<LayerSummary> Rows(ImmutableArray<NetworkLayer> layers, FeatureShape input, LayerPosition first)
    {
        ImmutableArray<LayerSummary>.Builder rows = ImmutableArray.CreateBuilder<LayerSummary>(layers.Length);
        foreach ((LayerPosition at, NetworkLayer layer, FeatureShape before, FeatureShape after) in ShapeInference.Walk(layers, input, first))
        {
            (string type, string name) = layer.Keras;
            name = Numbered(name.Replace("3d", dimensions, StringComparison.Ordinal));
            type = type.Replace("3D", dimensions.ToUpperInvariant(), StringComparison.Ordinal);
            ImmutableArray<LayerSummary> inner = [.. layer.Parts.SelectMany(part => Rows(part.Layers, before, at.Inside(layer, part)))];
            (long all, long trained) = Parameters(at, layer, before);
            all += inner.Sum(row => row.Parameters);
            trained += inner.Sum(row => row.Trainable);
            rows.Add(new LayerSummary(name, type, after, all, trained, MultiplyAdds(at, layer, before, after, inner)) { Inner = inner });
        }

        return rows.MoveToImmutable();
    }

    private string Numbered(string name)
    {
        int earlier = seen.GetValueOrDefault(name);
        seen[name] = earlier + 1;
        return earlier == 0 ? name : $"{name}_{earlier}";
    }

    private static long MultiplyAdds(
        LayerPosition at, NetworkLayer layer, FeatureShape before, FeatureShape after, ImmutableArray<LayerSummary> inner)
    {
        double all = inner.Sum(row => (double)row.MultiplyAdds);
        return all <= long.MaxValue / 2
            ? layer.MultiplyAdds(before, after) + inner.Sum(row => row.MultiplyAdds)
            : throw NetworkShapeException.At(at.Outermost, at.PathOf(layer), $"it would take {all:E1} multiply-adds an event. Use fewer filters, or pool before.");
    }

    private static (long All, long Trained) Parameters(LayerPosition at, NetworkLayer layer, FeatureShape input)
    {
        // In double, since three sizes of two thousand million each are past any integer; far below that the memory has ended.
        double values = layer.Weights(input).Sum(weight => weight.Shape.Aggregate(1.0, (product, side) => product * side));
        if (values > int.MaxValue)
        {
            throw NetworkShapeException.At(
                at.Outermost,
                at.PathOf(layer),
                $"it would have {values:E1} weights; a layer has at most {int.MaxValue}. Use fewer filters or units, or pool before.");
        }

        long Count(bool trainedOnly) => layer.Weights(input).Where(weight => weight.IsTrained || !trainedOnly)
            .Sum(weight => weight.Shape.Aggregate(1L, (product, side) => product * side));
        return (Count(trainedOnly: false), Count(trainedOnly: true));
    }
}
