namespace ParticleImages.Networks;

/// <summary>Walks a description from its input to its output.</summary>
internal static class ShapeInference
{
    /// <summary>The shape before the first layer.</summary>
    public static FeatureShape InputOf(Cnn3d description) =>
        FeatureShape.Maps(description.Input.Channels, description.Input.Frames, description.Input.Height, description.Input.Width);

    /// <summary>Each layer with its number from 1 and the shapes around it.</summary>
    /// <exception cref="NetworkShapeException">A layer does not fit.</exception>
    public static IEnumerable<(int Number, NetworkLayer Layer, FeatureShape Input, FeatureShape Output)> Walk(Cnn3d description)
    {
        FeatureShape shape = InputOf(description);
        LayerPosition at = LayerPosition.First(description);
        foreach (NetworkLayer layer in description.Layers)
        {
            FeatureShape next = layer.Infer(shape, at);
            yield return (at.Number, layer, shape, next);
            shape = next;
            at = at.After(layer);
        }
    }

    public static NetworkSummary Summarize(Cnn3d description)
    {
        var seen = new Dictionary<string, int>();
        var rows = new List<LayerSummary>();
        foreach ((int number, NetworkLayer layer, FeatureShape input, FeatureShape output) in Walk(description))
        {
            (string type, string name) = layer.Keras;
            int earlier = seen.GetValueOrDefault(name);
            seen[name] = earlier + 1;
            (long all, long trained) = Parameters(number, layer, input);
            rows.Add(new LayerSummary(earlier == 0 ? name : $"{name}_{earlier}", type, output, all, trained));
        }

        return new NetworkSummary(InputOf(description), rows);
    }

    private static (long All, long Trained) Parameters(int number, NetworkLayer layer, FeatureShape input)
    {
        // In double, since three sizes of two thousand million each are past any integer; far below that the memory has ended.
        double values = layer.Weights(input).Sum(weight => weight.Shape.Aggregate(1.0, (product, side) => product * side));
        if (values > int.MaxValue)
        {
            throw new NetworkShapeException(
                number, layer.Kind, $"it would have {values:E1} weights; a layer has at most {int.MaxValue}. Use fewer filters or units, or pool before.");
        }

        long Count(bool trainedOnly) => layer.Weights(input).Where(weight => weight.IsTrained || !trainedOnly)
            .Sum(weight => weight.Shape.Aggregate(1L, (product, side) => product * side));
        return (Count(trainedOnly: false), Count(trainedOnly: true));
    }

    /// <summary>Checks that the network as a whole is a classifier of the two labels.</summary>
    /// <exception cref="NetworkShapeException">It is not.</exception>
    public static void RequireClassifier(Cnn3d description)
    {
        (int number, NetworkLayer? layer, _, FeatureShape output) = Walk(description).LastOrDefault();
        if (layer is null)
        {
            throw new NetworkShapeException("The network has no layers. Append some, with Dense(2) at the end.");
        }

        if (layer is not DenseLayer || output.Channels != Cnn3d.Classes)
        {
            throw new NetworkShapeException(
                number,
                layer.Kind,
                $"it is the last one and gives {output}; a network ends in Dense({Cnn3d.Classes}), one value for photon and one for electron, "
                + "without an activation (prediction and loss apply the softmax).");
        }
    }
}
