using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Training;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace ParticleImages.Networks.Tests;

public sealed class OptimizerTests
{
    public static TheoryData<string> Rules => [.. Known.Keys];

    private static Dictionary<string, (Optimizer Ours, Func<Parameter[], optim.Optimizer> Theirs)> Known { get; } = new()
    {
        ["Adam"] = (Optimizer.Adam(), weights => optim.Adam(weights, lr: 0.01)),
        ["Adam with Keras' epsilon"] = (Optimizer.Adam(0.8, 0.99, 1e-3), weights => optim.Adam(weights, lr: 0.01, beta1: 0.8, beta2: 0.99, eps: 1e-3)),
        ["AdamW"] = (Optimizer.AdamW(0.3), weights => optim.AdamW(weights, lr: 0.01, weight_decay: 0.3)),
        ["NAdam"] = (Optimizer.NAdam(), weights => optim.NAdam(weights, lr: 0.01)),
        ["SGD"] = (Optimizer.Sgd(), weights => optim.SGD(weights, 0.01)),
        ["SGD with momentum"] = (Optimizer.Sgd(0.9), weights => optim.SGD(weights, 0.01, momentum: 0.9)),
        ["SGD with Nesterov's momentum and decay"] =
            (Optimizer.Sgd(0.9, isNesterov: true, weightDecay: 0.1), weights => optim.SGD(weights, 0.01, momentum: 0.9, nesterov: true, weight_decay: 0.1)),
        ["RMSprop"] = (Optimizer.RmsProp(), weights => optim.RMSProp(weights, lr: 0.01)),
        ["RMSprop with momentum"] = (Optimizer.RmsProp(0.9, 0.5, 1e-4), weights => optim.RMSProp(weights, lr: 0.01, alpha: 0.9, momentum: 0.5, eps: 1e-4)),
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_walks_the_path_of_torchs_own(string name)
    {
        TorchLibrary.Load();
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(5);

        // 37 values: full vectors and a remainder at any vector width.
        Tensor start = rand(37, generator: generator);
        Tensor ours = start.clone().requires_grad_();
        var theirs = new Parameter(start.clone());
        float[] weights = FlatWeights.Zeros(37);
        float[] gradient = FlatWeights.Zeros(37);
        start.data<float>().CopyTo(weights);
        WeightUpdate update = Known[name].Ours.Begin(weights.Length);
        optim.Optimizer reference = Known[name].Theirs([theirs]);
        for (int step = 0; step < 50; step++)
        {
            ours.grad = null;
            reference.zero_grad();
            (ours * ours.sin()).sum().backward();
            (theirs * theirs.sin()).sum().backward();
            ours.grad!.data<float>().CopyTo(gradient);
            update.Apply(weights, gradient, 0.01, threads: 2);
            reference.step();
            using var noGradient = no_grad();
            ours.copy_(tensor(weights[..37]));
        }

        Assert.NotEqual(start.data<float>().ToArray(), weights[..37]);
        Assert.All(weights[..37].Zip(theirs.data<float>()), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.All(weights[37..], added => Assert.Equal(0, added));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_goes_on_from_its_memories_walks_the_same_path_bit_for_bit(string name)
    {
        float[] weights = FlatWeights.Zeros(20);
        WeightUpdate whole = Known[name].Ours.Begin(weights.Length);
        Walk(whole, weights, 0, 7);
        float[] copy = [.. weights];
        WeightUpdate resumed = Known[name].Ours.Begin(weights.Length);
        foreach ((float[] from, float[] to) in whole.Memories.Zip(resumed.Memories))
        {
            from.CopyTo(to, 0);
        }

        resumed.Steps = whole.Steps;

        Walk(whole, weights, 7, 20);
        Walk(resumed, copy, 7, 20);

        Assert.Equal(weights, copy);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_is_set_back_walks_the_same_path_again_bit_for_bit(string name)
    {
        float[] weights = FlatWeights.Zeros(20);
        WeightUpdate update = Known[name].Ours.Begin(weights.Length);
        Walk(update, weights, 0, 5);
        (float[] start, float[][] memories, int steps) = ([.. weights], [.. update.Memories.Select(memory => (float[])[.. memory])], update.Steps);
        Walk(update, weights, 5, 9);
        float[] first = [.. weights];

        start.CopyTo(weights, 0);
        foreach ((float[] from, float[] to) in memories.Zip(update.Memories))
        {
            from.CopyTo(to, 0);
        }

        update.Steps = steps;
        Walk(update, weights, 5, 9);

        Assert.Equal(first, weights);
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused_and_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => Optimizer.Adam(1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => Optimizer.NAdam(beta2: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => Optimizer.Adam(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => Optimizer.AdamW(-1));
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => Optimizer.Sgd(isNesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>("decay", () => Optimizer.RmsProp(double.PositiveInfinity));
        Assert.Equal(Optimizer.Adam(), Optimizer.Adam(0.9));
        Assert.NotEqual(Optimizer.Adam(), Optimizer.AdamW());
    }

    private static void Walk(WeightUpdate update, float[] weights, int first, int end)
    {
        for (int step = first; step < end; step++)
        {
            float[] gradient = FlatWeights.Zeros(20);
            for (int i = 0; i < 20; i++)
            {
                gradient[i] = MathF.Sin((step * 3) + i) + weights[i];
            }

            update.Apply(weights, gradient, 0.05, threads: 1);
        }
    }
}
