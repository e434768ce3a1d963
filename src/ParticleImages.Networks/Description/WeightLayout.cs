using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>
/// The names and shapes of a network's weights, from its description alone: what a file of weights must hold is known before anything is allocated.
/// </summary>
internal static class WeightLayout
{
    /// <summary>A layer's name among the weights, for example <c>1_conv</c>.</summary>
    public static string NameOf(int number, NetworkLayer layer) => $"{number}_{layer.Kind.ToLowerInvariant()}";

    /// <summary>Layer by layer; a layer inside a block has the block's name before its own: <c>5_residual.branch.1_conv.weight</c>.</summary>
    public static IReadOnlyList<(string Name, long[] Shape)> Of(Cnn3d description) =>
        [.. Of(description.Layers, ShapeInference.InputOf(description), LayerPosition.First(description), prefix: "")];

    /// <summary>Checks that weights are those of a description: all of them, no others, of the same shapes.</summary>
    /// <exception cref="FormatException">One is missing, unknown or of another shape.</exception>
    public static void Check(Cnn3d description, IReadOnlyDictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> weights)
    {
        IReadOnlyList<(string Name, long[] Shape)> layout = Of(description);
        foreach (string name in weights.Keys.Except(layout.Select(own => own.Name)))
        {
            throw new FormatException($"it holds a weight '{name}' that the network does not have.");
        }

        foreach ((string name, long[] shape) in layout)
        {
            if (!weights.TryGetValue(name, out (long[] Shape, ReadOnlyMemory<byte> Values) saved))
            {
                throw new FormatException($"it lacks the weight '{name}'; it has {string.Join(", ", weights.Keys)}.");
            }

            if (!saved.Shape.SequenceEqual(shape))
            {
                throw new FormatException(
                    $"the weight '{name}' has shape ({string.Join(", ", saved.Shape)}); the network's is ({string.Join(", ", shape)}).");
            }
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> Of(ImmutableArray<NetworkLayer> layers, FeatureShape input, LayerPosition first, string prefix)
    {
        foreach ((LayerPosition at, NetworkLayer layer, FeatureShape before, _) in ShapeInference.Walk(layers, input, first))
        {
            string name = prefix + NameOf(at.Number, layer);
            foreach ((string own, long[] shape, _) in layer.Weights(before))
            {
                yield return ($"{name}.{own}", shape);
            }

            foreach ((string, long[]) inner in layer.Parts.SelectMany(part => Of(part.Layers, before, at.Inside(layer, part), $"{name}.{part.Name}.")))
            {
                yield return inner;
            }
        }
    }
}
