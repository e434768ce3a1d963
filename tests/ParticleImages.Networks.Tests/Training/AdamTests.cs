using ParticleImages.Networks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests;

public sealed class AdamTests
{
    [Fact]
    public void It_walks_the_path_of_torchs_own_Adam()
    {
        TorchLibrary.Load();
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(5);

        // 37 values: full vectors and a remainder at any vector width.
        Tensor start = rand(37, generator: generator);
        Tensor ours = start.clone().requires_grad_();
        Tensor theirs = new TorchSharp.Modules.Parameter(start.clone());
        var adam = new Adam([ours]);
        optim.Optimizer reference = optim.Adam([(TorchSharp.Modules.Parameter)theirs], lr: 0.01);
        for (int step = 0; step < 50; step++)
        {
            adam.ZeroGradients();
            reference.zero_grad();
            (ours * ours.sin()).sum().backward();
            (theirs * theirs.sin()).sum().backward();
            adam.Step(0.01);
            reference.step();
        }

        Assert.NotEqual(start.data<float>().ToArray(), ours.data<float>().ToArray());
        Assert.All(
            ours.data<float>().Zip(theirs.data<float>()),
            pair => Assert.Equal(pair.Second, pair.First, 2e-6f));
    }

    [Fact]
    public void A_step_without_a_gradient_is_refused()
    {
        TorchLibrary.Load();
        using Tensor parameter = zeros(3, requires_grad: true);

        Assert.Throws<InvalidOperationException>(() => new Adam([parameter]).Step(0.1));
    }
}
