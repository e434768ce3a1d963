using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>Walks a description from its input to its output.</summary>
internal static class ShapeInference
{
    /// <summary>The shape before the first layer.</summary>
    public static FeatureShape InputOf(Cnn3d description) =>
        FeatureShape.Maps(description.Input.Channels, description.Input.Frames, description.Input.Height, description.Input.Width);

    /// <summary>Each layer with its number from 1 and the shapes around it; a block is one layer.</summary>
    /// <exception cref="NetworkShapeException">A layer does not fit.</exception>
    public static IEnumerable<(int Number, NetworkLayer Layer, FeatureShape Input, FeatureShape Output)> Walk(Cnn3d description) =>
        Walk(description.Layers, InputOf(description), LayerPosition.First(description)).Select(step => (step.At.Number, step.Layer, step.Input, step.Output));

    /// <summary>Each layer of a list with where it stands and the shapes around it; a block is one layer.</summary>
    /// <exception cref="NetworkShapeException">A layer does not fit.</exception>
    public static IEnumerable<(LayerPosition At, NetworkLayer Layer, FeatureShape Input, FeatureShape Output)> Walk(
        ImmutableArray<NetworkLayer> layers, FeatureShape input, LayerPosition first)
    {
        FeatureShape shape = input;
        LayerPosition at = first;
        foreach (NetworkLayer layer in layers)
        {
            FeatureShape next = layer.Infer(shape, at);
            yield return (at, layer, shape, next);
            shape = next;
            at = at.After(layer);
        }
    }

    /// <summary>
    /// Every layer with its path in messages, for example <c>Layer 5 (Residual), branch layer 2 (BatchNorm)</c>, and its input: first a block, then the layers
    /// inside it, then the next one.
    /// </summary>
    /// <exception cref="NetworkShapeException">A layer does not fit.</exception>
    public static IEnumerable<(string Path, NetworkLayer Layer, FeatureShape Input)> WalkAll(Cnn3d description) =>
        WalkAll(description.Layers, InputOf(description), LayerPosition.First(description));

    /// <summary>The shape after the last layer of a list; the input's if there are none.</summary>
    /// <exception cref="NetworkShapeException">A layer does not fit.</exception>
    public static FeatureShape OutputOf(ImmutableArray<NetworkLayer> layers, FeatureShape input, LayerPosition first)
    {
        FeatureShape shape = input;
        foreach ((_, _, _, FeatureShape output) in Walk(layers, input, first))
        {
            shape = output;
        }

        return shape;
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

    private static IEnumerable<(string Path, NetworkLayer Layer, FeatureShape Input)> WalkAll(
        ImmutableArray<NetworkLayer> layers, FeatureShape input, LayerPosition first)
    {
        foreach ((LayerPosition at, NetworkLayer layer, FeatureShape before, _) in Walk(layers, input, first))
        {
            yield return (at.PathOf(layer), layer, before);
            foreach ((string, NetworkLayer, FeatureShape) inner in layer.Parts.SelectMany(part => WalkAll(part.Layers, before, at.Inside(layer, part))))
            {
                yield return inner;
            }
        }
    }
}
