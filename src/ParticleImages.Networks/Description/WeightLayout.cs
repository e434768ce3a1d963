namespace ParticleImages.Networks;

/// <summary>
/// The names and shapes of a network's weights, from its description alone: what a file of weights must hold is known before anything is allocated.
/// </summary>
internal static class WeightLayout
{
    /// <summary>A layer's name among the weights, for example <c>1_conv</c>.</summary>
    public static string NameOf(int number, NetworkLayer layer) => $"{number}_{layer.Kind.ToLowerInvariant()}";

    public static IReadOnlyList<(string Name, long[] Shape)> Of(Cnn3d description) =>
    [
        .. ShapeInference.Walk(description).SelectMany(step =>
            step.Layer.Weights(step.Input).Select(weight => ($"{NameOf(step.Number, step.Layer)}.{weight.Name}", weight.Shape))),
    ];

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
}
