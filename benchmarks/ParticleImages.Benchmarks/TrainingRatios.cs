using ParticleImages.Networks;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Benchmarks;

/// <summary>What a trainer costs over the loop that somebody would write by hand with TorchSharp, for the same network, batch and number of steps.</summary>
public static class TrainingRatios
{
    private const int Events = 600;
    private const int BatchSize = 100;

    public static IEnumerable<Ratio> All()
    {
        using EventSource events = ToyShowers.With(photons: Events / 2, electrons: Events / 2, seed: 1).Build();
        SparseVoxels voxels = VoxelizerBenchmarks.Usual.Crop(12).ScaleEnergy(50).BinSparse(events);
        using VoxelNetwork network = Cnn3d.Small(voxels.Shape).Build(seed: 1);
        Trainer trainer = Trainer.For(network).Epochs(1).BatchSize(BatchSize).With(LearningRateSchedule.Constant).RecalibrateBatchNorm(0);
        using var byHand = new HandwrittenTraining(voxels, BatchSize);

        yield return new Ratio("train-vs-handwritten", () => trainer.Fit(voxels), byHand.Epoch, rounds: 15);
    }

    /// <summary>
    /// The usual loop: all voxels as one dense tensor, a random order, one step after the other, the loss and the values of every batch looked at as a trainer needs
    /// them for its history.
    /// </summary>
    private sealed class HandwrittenTraining : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> network;
        private readonly optim.Optimizer optimizer;
        private readonly Tensor voxels;
        private readonly Tensor labels;
        private readonly int batchSize;

        public HandwrittenTraining(SparseVoxels events, int batchSize)
        {
            this.batchSize = batchSize;
            VoxelShape shape = events.Shape;
            voxels = VoxelTensor.Of(events, 0, events.Count);
            labels = tensor(events.Labels.ToArray(), int64);
            long flat = 16L * (shape.Frames / 4) * (shape.Height / 4) * (shape.Width / 4);
            network = nn.Sequential(
                nn.Conv3d(1, 32, 3, padding: 1), nn.ReLU(), nn.BatchNorm3d(32), nn.MaxPool3d(2),
                nn.Conv3d(32, 16, 3, padding: 1), nn.ReLU(), nn.MaxPool3d(2),
                nn.Flatten(), nn.Linear(flat, 25), nn.ReLU(), nn.Linear(25, 2));
            optimizer = optim.Adam(network.parameters());
        }

        public void Epoch()
        {
            network.train();
            using Tensor order = randperm(voxels.shape[0]);
            double loss = 0;
            for (long start = 0; start < voxels.shape[0]; start += batchSize)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor rows = order.narrow(0, start, Math.Min(batchSize, voxels.shape[0] - start));
                optimizer.zero_grad();
                Tensor values = network.call(voxels.index_select(0, rows));
                Tensor mean = nn.functional.cross_entropy(values, labels.index_select(0, rows));
                mean.backward();
                optimizer.step();
                loss += mean.item<float>();
            }

            if (!double.IsFinite(loss))
            {
                throw new InvalidOperationException("The training diverged.");
            }
        }

        public void Dispose()
        {
            network.Dispose();
            optimizer.Dispose();
            voxels.Dispose();
            labels.Dispose();
        }
    }
}
