using ParticleImages.Networks;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Benchmarks;

/// <summary>What an engine is held against: the same network as anyone would write it with TorchSharp, dense, float32, by torch's own modules and Adam.</summary>
public static class SequentialEngine
{
    public const string Name = "sequential";

    // Dense events are large; in steps of seconds more than these are not needed.
    private const int Batches = 4;

    /// <summary>Measures it in this process.</summary>
    /// <returns>Events, seconds, and the last loss or mean score.</returns>
    public static (StepClock Clock, double Value) Measure(EngineTask task)
    {
        // The bridge of TorchSharp loads by itself on fewer systems than ours does.
        TorchLibrary.Load();
        set_num_threads(EngineTask.Threads);
        random.manual_seed(EngineTask.Seed);
        SparseVoxels events = task.Voxels();
        using nn.Module<Tensor, Tensor> network = New(task, events.Shape);
        Tensor[] voxels = [.. Enumerable.Range(0, Batches).Select(batch => VoxelTensor.Of(events, batch * EngineTask.BatchSize, EngineTask.BatchSize))];
        Tensor[] labels = [.. Enumerable.Range(0, Batches)
            .Select(batch => tensor(events.Labels.Slice(batch * EngineTask.BatchSize, EngineTask.BatchSize).ToArray(), int64))];
        return task.IsTraining ? Train(network, voxels, labels) : Evaluate(network, voxels);
    }

    private static (StepClock Clock, double Value) Train(nn.Module<Tensor, Tensor> network, Tensor[] voxels, Tensor[] labels)
    {
        network.train();
        using optim.Optimizer optimizer = optim.Adam(network.parameters());

        // As shipped every step is as slow as the second. An allocator that keeps memory grows for three steps, each several times slower than all later ones.
        var clock = new StepClock(warmUpSteps: Environment.GetEnvironmentVariable("MALLOC_MMAP_MAX_") is null ? 2 : 3);
        for (int step = 0; ; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = nn.functional.cross_entropy(network.call(voxels[step % Batches]), labels[step % Batches]);
            loss.backward();
            optimizer.step();
            double value = loss.item<float>();
            if (clock.Step(EngineTask.BatchSize))
            {
                return (clock, value);
            }
        }
    }

    private static (StepClock Clock, double Value) Evaluate(nn.Module<Tensor, Tensor> network, Tensor[] voxels)
    {
        network.eval();
        using IDisposable withoutGradients = no_grad();
        var clock = new StepClock(warmUpSteps: 1);
        for (int step = 0; ; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor scores = nn.functional.softmax(network.call(voxels[step % Batches]), dim: 1);
            double value = scores.select(1, 1).mean().item<float>();
            if (clock.Step(EngineTask.BatchSize))
            {
                return (clock, value);
            }
        }
    }

    private static nn.Module<Tensor, Tensor> New(EngineTask task, VoxelShape shape)
    {
        int padding = task.Kernel / 2;
        long flat = (long)task.Filters2 * (shape.Frames / 4) * (shape.Height / 4) * (shape.Width / 4);
        return task.BlockDropout > 0
            ? nn.Sequential(
                nn.Conv3d(1, task.Filters1, task.Kernel, padding: padding), nn.ReLU(), nn.Dropout(task.BlockDropout),
                nn.BatchNorm3d(task.Filters1, EngineTask.Epsilon, EngineTask.Momentum), nn.MaxPool3d(2),
                nn.Conv3d(task.Filters1, task.Filters2, task.Kernel, padding: padding), nn.ReLU(), nn.Dropout(task.BlockDropout),
                nn.BatchNorm3d(task.Filters2, EngineTask.Epsilon, EngineTask.Momentum), nn.MaxPool3d(2),
                nn.Flatten(), nn.Linear(flat, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 2))
            : nn.Sequential(
                nn.Conv3d(1, task.Filters1, task.Kernel, padding: padding), nn.ReLU(),
                nn.BatchNorm3d(task.Filters1, EngineTask.Epsilon, EngineTask.Momentum), nn.MaxPool3d(2),
                nn.Conv3d(task.Filters1, task.Filters2, task.Kernel, padding: padding), nn.ReLU(),
                nn.BatchNorm3d(task.Filters2, EngineTask.Epsilon, EngineTask.Momentum), nn.MaxPool3d(2),
                nn.Flatten(), nn.Linear(flat, 64), nn.ReLU(), nn.Dropout(EngineTask.HeadDropout),
                nn.Linear(64, 32), nn.ReLU(), nn.Dropout(EngineTask.HeadDropout), nn.Linear(32, 2));
    }
}
