using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>Modules computed one after the other, named among the weights as their layers are; none hand on the input.</summary>
internal class LayerChain : nn.Module<Tensor, Tensor>
{
    private readonly List<nn.Module<Tensor, Tensor>> layers = [];

    public LayerChain(ImmutableArray<NetworkLayer> layers, FeatureShape input, LayerPosition first, Device device)
        : base(nameof(LayerChain))
    {
        foreach ((LayerPosition at, NetworkLayer layer, FeatureShape before, _) in ShapeInference.Walk(layers, input, first))
        {
            nn.Module<Tensor, Tensor> module = LayerModules.Create(layer, before, at, device);
            this.layers.Add(module);
            register_module(WeightLayout.NameOf(at.Number, layer), module);
        }
    }

    /// <summary>The modules from a layer on, counted from 0.</summary>
    public IEnumerable<nn.Module<Tensor, Tensor>> LayersFrom(int first) => layers.Skip(first);

    /// <summary>The modules in order, those inside blocks in the block's place.</summary>
    public IEnumerable<nn.Module<Tensor, Tensor>> Leaves() => layers.SelectMany(module => module switch
    {
        ResidualBlock block => block.Parts.SelectMany(part => part.Leaves()),
        ParallelBranches block => block.Parts.SelectMany(part => part.Leaves()),
        _ => [module],
    });

    public override Tensor forward(Tensor input) => From(0, input);

    /// <summary>Computes from a layer on, counted from 0; its input is given.</summary>
    public Tensor From(int first, Tensor input)
    {
        if (first == layers.Count)
        {
            // A handle of its own, so that whoever has it may dispose of it.
            return input.alias();
        }

        Tensor current = input;
        foreach (nn.Module<Tensor, Tensor> module in layers.Skip(first))
        {
            Tensor next = module.call(current);

            // While training, autograd holds what it still needs; this only lets go of the rest at once.
            if (!ReferenceEquals(current, input))
            {
                current.Dispose();
            }

            current = next;
        }

        return current;
    }
}
