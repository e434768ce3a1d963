using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>
/// A residual block: branch(x) + shortcut(x), value by value (He et al., arXiv 1512.03385). Both give the same shape. Layers inside are numbered from 1 in
/// messages and weights' names: <c>5_residual.branch.1_conv.weight</c>.
/// </summary>
public sealed record ResidualLayer : NetworkLayer
{
    /// <summary>Makes the block.</summary>
    /// <param name="branch">The layers of the branch, at least one.</param>
    /// <param name="shortcut">The layers of the shortcut; none (<c>[]</c>) for the input itself.</param>
    /// <exception cref="ArgumentException">
    /// The branch has no layers, a list was never set, blocks are nested more than 16 deep, or there are over 10 000 layers.
    /// </exception>
    public ResidualLayer(ImmutableArray<NetworkLayer> branch, ImmutableArray<NetworkLayer> shortcut)
    {
        Branch = LayerList.Required(branch, nameof(branch));
        Shortcut = LayerList.Required(shortcut, nameof(shortcut));
        if (branch.IsEmpty)
        {
            throw new ArgumentException("The branch of a residual block has no layers. Append some, for example branch => branch.Conv(64, kernel: 3).Relu().", nameof(branch));
        }

        (Depth, Count) = LayerList.Measure(nameof(branch), branch, shortcut);
    }

    /// <summary>The layers of the branch.</summary>
    public ImmutableArray<NetworkLayer> Branch { get; }

    /// <summary>The layers of the shortcut; none for the input itself.</summary>
    public ImmutableArray<NetworkLayer> Shortcut { get; }

    /// <inheritdoc/>
    public override string Kind => "Residual";

    internal override (string Type, string Name) Keras => ("Residual", "residual");

    internal override ImmutableArray<BlockPart> Parts => [new("branch", "branch", Branch), new("shortcut", "shortcut", Shortcut)];

    internal override int Depth { get; }

    internal override int Count { get; }

    /// <summary>Whether both have the same layers.</summary>
    /// <param name="other">Another block.</param>
    /// <returns>True when equal.</returns>
    public bool Equals(ResidualLayer? other) =>
        other is not null && LayerList.AreEqual(Branch, other.Branch) && LayerList.AreEqual(Shortcut, other.Shortcut);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, LayerList.Hash(Branch), LayerList.Hash(Shortcut));

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        FeatureShape[] shapes = [.. Parts.Select(part => ShapeInference.OutputOf(part.Layers, input, at.Inside(this, part)))];
        if (shapes[0] == shapes[1])
        {
            return shapes[0];
        }

        string shortcut = Shortcut.IsEmpty ? "its input" : "the shortcut";
        throw Misfit(
            at,
            $"the branch gives {shapes[0]} and {shortcut} {shapes[1]}, which can't be added. {Advice(shapes[0], input)}");
    }

    internal override long Needs(int axis, long bins) => LayerList.Needs(Parts, axis, bins);

    // A stride that makes the branch's shape of the input, where there is one.
    private static string Advice(FeatureShape branch, FeatureShape input)
    {
        if (branch.IsFlat)
        {
            return $"Give a shortcut that makes as many values, for example shortcut: s => s.{(input.IsFlat ? "" : "Flatten().")}Dense({branch.Channels}).";
        }

        if (input.IsFlat)
        {
            return "Let the branch give a row of values.";
        }

        int frames = Step(input.Frames, branch.Frames), rows = Step(input.Height, branch.Height), columns = Step(input.Width, branch.Width);
        if (frames == 0 || rows == 0 || columns == 0)
        {
            return "Use Padding.Same in the branch, or give a shortcut of the same places.";
        }

        string stride = (frames, rows, columns) switch
        {
            (1, 1, 1) => "",
            _ when frames == rows && rows == columns => $", stride: {frames}",
            _ => $", stride: new Extent3d({frames}, {rows}, {columns})",
        };
        return $"Give a shortcut that makes the branch's shape, for example shortcut: s => s.Conv({branch.Channels}, kernel: 1{stride}).";
    }

    // The smallest stride that makes so many places of so many bins with Padding.Same; 0 where there is none.
    private static int Step(int bins, int places)
    {
        int stride = (bins + places - 1) / places;
        return places <= bins && (bins + stride - 1) / stride == places ? stride : 0;
    }
}
