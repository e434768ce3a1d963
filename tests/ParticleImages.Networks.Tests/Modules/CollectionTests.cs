using System.Security.Cryptography;
using ParticleImages.Networks.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests.Modules;

/// <summary>Modules hold all that torch reads, whatever the garbage collector does, and leave nothing behind.</summary>
public sealed class CollectionTests
{
    public CollectionTests() => TorchLibrary.Load();

    [Fact]
    public async Task All_layers_forward_and_backward_are_the_same_under_forced_collections()
    {
        string calm = Steps();
        await using var storm = new GarbageStorm();
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(calm, Steps());
        }
    }

    [Fact]
    public void A_step_of_all_layers_leaves_no_tensor_behind()
    {
        using LayerStack stack = Stacks.Random(AllLayers.Network, seed: 1);
        using (NewDisposeScope())
        {
            Step(stack, seed: 1);
        }

        long before = LivingTensors.CountWithoutGarbage();
        for (int i = 0; i < 3; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            Step(stack, seed: 2);
        }

        // No collection before: what waits for the collector, which does not see torch's memory, counts as alive.
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_forward_pass_of_all_layers_has_nothing_alive_afterwards_but_its_output()
    {
        using LayerStack stack = Stacks.Random(AllLayers.Network, seed: 1);
        using Tensor input = Stacks.Tensor(AllLayers.Network, Stacks.Input(AllLayers.Network, events: 2, seed: 1));
        using var noGradient = no_grad();
        stack.train();
        long before = LivingTensors.CountWithoutGarbage();

        // No dispose scope around it: the modules let go themselves.
        using (stack.call(input))
        {
            Assert.Equal(before + 1, Tensor.TotalCount);
        }
    }

    private static string Steps()
    {
        using DisposeScope scope = NewDisposeScope();
        using LayerStack stack = Stacks.Random(AllLayers.Network, seed: 1);
        var values = new List<byte>();
        for (int i = 0; i < 3; i++)
        {
            values.AddRange(Step(stack, (ulong)i));
        }

        return Convert.ToHexString(SHA256.HashData([.. values]));
    }

    private static byte[] Step(LayerStack stack, ulong seed)
    {
        stack.train();
        stack.SeedDropout(seed);
        stack.zero_grad();
        Tensor output = stack.call(Stacks.Tensor(AllLayers.Network, Stacks.Input(AllLayers.Network, events: 4, (int)seed)));
        output.sum().backward();
        return [.. output.bytes.ToArray(), .. stack.parameters().SelectMany(parameter => parameter.grad!.contiguous().bytes.ToArray())];
    }
}
