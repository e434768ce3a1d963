using ParticleImages.Networks.Training;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests;

public sealed class LossTests
{
    private static readonly TorchSharp.Scalar One = 1.0;

    private static readonly double[] Logits = [-40, -16.2, -16.1, -5, -0.3, 0, 0.1, 2, 16.1, 16.2, 33];

    [Theory]
    [InlineData(TrainingLoss.CrossEntropy)]
    [InlineData(TrainingLoss.BinaryCrossEntropy)]
    public void Loss_and_slope_are_torchs_in_float64(TrainingLoss kind)
    {
        TorchLibrary.Load();
        foreach (double logit in Logits)
        {
            foreach (int label in (int[])[0, 1])
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor values = tensor(new[] { -logit / 4, 3 * logit / 4 }, float64, requires_grad: true);
                Tensor loss = kind == TrainingLoss.CrossEntropy
                    ? nn.functional.cross_entropy(values.unsqueeze(0), tensor(new long[] { label }))
                    : KerasLoss(values, label);
                loss.backward();

                (double ours, double slope) = LossSlope.Of(kind, logit, label);

                Assert.Equal(loss.item<double>(), ours, 1e-9 * Math.Max(1, ours));
                Assert.Equal(values.grad!.data<double>()[1], slope, 1e-9);
                Assert.Equal(values.grad!.data<double>()[0], -slope, 1e-9);
            }
        }
    }

    [Fact]
    public void Class_and_event_weights_multiply_loss_and_slope_and_the_batch_divides_by_its_events()
    {
        using EventSource events = ToyEvents.Make(4, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        SparseVoxels voxels = ToyEvents.Voxelizer.BinSparse(events);
        float[] values = [0.5f, -1, 0, 2];
        var plain = new float[4];
        var weighted = new float[4];
        double loss = new EventWeights(Trainer.For(network), voxels).Slopes([2, 1], values, plain);

        double doubled = new EventWeights(Trainer.For(network).WeighClasses(photon: 2, electron: 2).WeighEvents([9, 3, -1, 9]), voxels).Slopes([2, 1], values, weighted);

        (double first, double slope) = LossSlope.Of(TrainingLoss.CrossEntropy, -1.5, label: 0);
        (double second, _) = LossSlope.Of(TrainingLoss.CrossEntropy, 2, label: 1);
        Assert.Equal(first + second, loss, 1e-12);
        Assert.Equal((-2 * first) + (6 * second), doubled, 1e-12);
        Assert.Equal((float)(slope / 2), plain[1]);
        Assert.Equal(-2 * plain[1], weighted[1], 1e-7);
        Assert.Equal(6 * plain[3], weighted[3], 1e-7);
        Assert.Equal(-plain[1], plain[0]);
    }

    [Fact]
    public void A_class_of_more_weight_is_found_more_often()
    {
        using EventSource events = ToyEvents.Make(200, seed: 1);
        double[] called = [.. new[] { 0.05, 20 }.Select(weight =>
        {
            using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Flatten().Dense(2).Build(seed: 1);
            Trainer.For(network).Epochs(5).BatchSize(20).LearningRate(0.05).WeighClasses(photon: 1, electron: weight).Fit(ToyEvents.Voxelizer, events);
            return network.Predict(ToyEvents.Voxelizer, events).Average(score => (double)score);
        })];

        Assert.True(called[0] < 0.3 && called[1] > 0.7, $"mean scores {called[0]} and {called[1]}");
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused()
    {
        using EventSource events = ToyEvents.Make(10, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        Trainer trainer = Trainer.For(network);

        Assert.Contains("3 event weights for 10 training events", Assert.Throws<ArgumentException>(() => trainer.WeighEvents([1, 2, 3]).Fit(ToyEvents.Voxelizer, events)).Message, StringComparison.Ordinal);
        Assert.Contains("event 1", Assert.Throws<ArgumentException>("weights", () => trainer.WeighEvents([1, float.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("photon", () => trainer.WeighClasses(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("electron", () => trainer.WeighClasses(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("loss", () => trainer.With((TrainingLoss)7));
    }

    // binary_crossentropy of Keras on the two outputs of a softmax, written out: clip, then the mean over the outputs.
    private static Tensor KerasLoss(Tensor values, int label)
    {
        Tensor p = values.softmax(0).clamp(tensor(1e-7), tensor(1 - 1e-7));
        Tensor one = ones_like(p);
        Tensor target = tensor(new double[] { 1 - label, label });
        return -(target * p.log()).add((one - target) * (one - p).log(), One).mean();
    }
}
