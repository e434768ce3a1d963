using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>Layers in order, as blocks hold them: the checks and the equality that an array does not bring.</summary>
internal static class LayerList
{
    /// <summary>The most layers of a description, those inside blocks counted: far more than anybody trains, and few enough to look through in no time.</summary>
    public const int Most = 10_000;

    /// <summary>The deepest nesting of blocks.</summary>
    public const int Deepest = 16;

    /// <summary>Checks that there is a list and that it holds layers.</summary>
    /// <exception cref="ArgumentException">It was never set, or a layer is null.</exception>
    public static ImmutableArray<NetworkLayer> Required(ImmutableArray<NetworkLayer> layers, string parameter)
    {
        if (layers.IsDefault || layers.Contains(null!))
        {
            throw new ArgumentException("The list of layers was never set, or one of them is null. An empty list is [].", parameter);
        }

        return layers;
    }

    /// <summary>How deep a block of such parts is, and how many layers it has with itself.</summary>
    /// <exception cref="ArgumentException">It is too deep or has too many.</exception>
    public static (int Depth, int Count) Measure(string parameter, params IEnumerable<ImmutableArray<NetworkLayer>> parts)
    {
        int depth = 1;
        long count = 1;
        foreach (NetworkLayer layer in parts.SelectMany(part => part))
        {
            depth = Math.Max(depth, layer.Depth + 1);
            count += layer.Count;
        }

        if (depth > Deepest)
        {
            throw new ArgumentException($"Blocks would be nested {depth} deep; at most {Deepest} are allowed. Put blocks one after the other.", parameter);
        }

        if (count > Most)
        {
            throw new ArgumentException($"The block has {count} layers, nested ones counted; a description has at most {Most}. Use fewer.", parameter);
        }

        return (depth, (int)count);
    }

    /// <summary>The fewest bins of an axis before a block that leave so many after each of its parts.</summary>
    public static long Needs(ImmutableArray<BlockPart> parts, int axis, long bins)
    {
        long most = 1;
        foreach (BlockPart part in parts)
        {
            long needed = bins;
            foreach (NetworkLayer layer in part.Layers.Reverse())
            {
                // What no array can hold is more than enough to know.
                needed = Math.Min(layer.Needs(axis, needed), int.MaxValue);
            }

            most = Math.Max(most, needed);
        }

        return most;
    }

    /// <summary>Layers in a list, those inside blocks with them.</summary>
    public static long Count(ImmutableArray<NetworkLayer> layers) => layers.Sum(layer => (long)layer.Count);

    public static bool AreEqual(ImmutableArray<NetworkLayer> one, ImmutableArray<NetworkLayer> other) => one.AsSpan().SequenceEqual(other.AsSpan());

    public static int Hash(ImmutableArray<NetworkLayer> layers)
    {
        var hash = default(HashCode);
        hash.Add(layers.Length);
        foreach (NetworkLayer layer in layers)
        {
            hash.Add(layer);
        }

        return hash.ToHashCode();
    }
}
