using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>
/// The same input through each of several branches, whose channels (of rows: whose values) are put one after the other, as in an inception block
/// (Szegedy et al., arXiv 1409.4842). All give maps of the same places, or all rows. Branches and their layers are numbered from 1 in messages and
/// weights' names: <c>7_branches.2.1_conv.weight</c>.
/// </summary>
public sealed record BranchesLayer : NetworkLayer
{
    /// <summary>Makes the block.</summary>
    /// <param name="branches">The branches, at least one; one without layers (<c>[]</c>) hands on the input itself.</param>
    /// <exception cref="ArgumentException">
    /// There are no branches, a list was never set, blocks are nested more than 16 deep, or there are over 10 000 layers.
    /// </exception>
    public BranchesLayer(ImmutableArray<ImmutableArray<NetworkLayer>> branches)
    {
        if (branches.IsDefaultOrEmpty)
        {
            throw new ArgumentException("There are no branches. Give at least one list of layers.", nameof(branches));
        }

        if (branches.Length > LayerList.Most)
        {
            throw new ArgumentException($"There are {branches.Length} branches; at most {LayerList.Most} are allowed. Use fewer.", nameof(branches));
        }

        Branches = [.. branches.Select(branch => LayerList.Required(branch, nameof(branches)))];
        (Depth, Count) = LayerList.Measure(nameof(branches), branches);
    }

    /// <summary>The layers of each branch.</summary>
    public ImmutableArray<ImmutableArray<NetworkLayer>> Branches { get; }

    /// <inheritdoc/>
    public override string Kind => "Branches";

    internal override (string Type, string Name) Keras => ("Branches", "branches");

    internal override ImmutableArray<BlockPart> Parts => [.. Branches.Select((branch, i) => new BlockPart($"{i + 1}", $"branch {i + 1}", branch))];

    internal override int Depth { get; }

    internal override int Count { get; }

    /// <summary>Whether both have the same branches in the same order.</summary>
    /// <param name="other">Another block.</param>
    /// <returns>True when equal.</returns>
    public bool Equals(BranchesLayer? other)
    {
        if (other is null || Branches.Length != other.Branches.Length)
        {
            return false;
        }

        return Branches.Zip(other.Branches).All(pair => LayerList.AreEqual(pair.First, pair.Second));
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (ImmutableArray<NetworkLayer> branch in Branches)
        {
            hash.Add(LayerList.Hash(branch));
        }

        return hash.ToHashCode();
    }

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        FeatureShape[] shapes = [.. Parts.Select(part => ShapeInference.OutputOf(part.Layers, input, at.Inside(this, part)))];
        for (int i = 1; i < shapes.Length; i++)
        {
            if (!SamePlaces(shapes[0], shapes[i]))
            {
                throw Misfit(
                    at,
                    $"branch 1 gives {shapes[0]} and branch {i + 1} {shapes[i]}; only the channels may differ. Use the same strides and paddings in all branches "
                    + "(a pool inside a branch: stride: 1, padding: Padding.Same), and end all or none of them in a row of values.");
            }
        }

        long channels = shapes.Sum(shape => (long)shape.Channels);
        if (channels > int.MaxValue)
        {
            throw Misfit(at, $"its branches give {channels} channels together; at most {int.MaxValue} are possible. Use fewer filters.");
        }

        return shapes[0].IsFlat
            ? FeatureShape.Flat((int)channels)
            : FeatureShape.Maps((int)channels, shapes[0].Frames, shapes[0].Height, shapes[0].Width);
    }

    internal override long Needs(int axis, long bins) => LayerList.Needs(Parts, axis, bins);

    private static bool SamePlaces(FeatureShape one, FeatureShape other) =>
        (one.IsFlat, one.Frames, one.Height, one.Width) == (other.IsFlat, other.Frames, other.Height, other.Width);
}
