namespace ParticleImages.Networks;

/// <summary>Walks a description from its input to its output.</summary>
internal static class ShapeInference
{
    /// <summary>The shape before the first layer.</summary>
    public static FeatureShape InputOf(Cnn3d description) =>
        FeatureShape.Maps(1, description.Input.Frames, description.Input.Height, description.Input.Width);

    /// <summary>Each layer with its number from 1 and the shapes around it.</summary>
    /// <exception cref="NetworkShapeException">A layer does not fit.</exception>
    public static IEnumerable<(int Number, NetworkLayer Layer, FeatureShape Input, FeatureShape Output)> Walk(Cnn3d description)
    {
        FeatureShape shape = InputOf(description);
        int number = 0;
        foreach (NetworkLayer layer in description.Layers)
        {
            FeatureShape next = layer.Infer(shape, ++number);
            yield return (number, layer, shape, next);
            shape = next;
        }
    }

    public static NetworkSummary Summarize(Cnn3d description)
    {
        var seen = new Dictionary<string, int>();
        var rows = new List<LayerSummary>();
        foreach ((_, NetworkLayer layer, FeatureShape input, FeatureShape output) in Walk(description))
        {
            (string type, string name) = layer.Keras;
            int earlier = seen.GetValueOrDefault(name);
            seen[name] = earlier + 1;
            (long trainable, long constant) = layer.Parameters(input);
            rows.Add(new LayerSummary(earlier == 0 ? name : $"{name}_{earlier}", type, output, trainable + constant, trainable));
        }

        return new NetworkSummary(InputOf(description), rows);
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
