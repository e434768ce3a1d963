using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>The same input through every branch, channels one after the other.</summary>
internal sealed class ParallelBranches : nn.Module<Tensor, Tensor>
{
    public ParallelBranches(BranchesLayer layer, FeatureShape input, LayerPosition at, Device device)
        : base(nameof(ParallelBranches))
    {
        Parts = LayerModules.CreateParts(this, layer, input, at, device);
    }

    public IReadOnlyList<LayerChain> Parts { get; }

    public override Tensor forward(Tensor input)
    {
        var outputs = new List<Tensor>(Parts.Count);
        try
        {
            outputs.AddRange(Parts.Select(part => part.call(input)));
            return cat(outputs, dim: 1);
        }
        finally
        {
            outputs.ForEach(output => output.Dispose());
        }
    }
}
