using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Formats;
using ParticleImages.Networks;
using ParticleImages.Onnx;
using ParticleImages.Plotting;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

// Every package once, as a user's program would: simulate, write, read, bin, train, save, export, load, judge, draw.
string folder = Directory.CreateTempSubdirectory("particle-images-consumer-").FullName;
try
{
    ToyShowers showers = ToyShowers.With(photons: 150, electrons: 150, seed: 1);
    using (EventSource simulated = showers.Build())
    {
        EventFile.Save(simulated, Path.Combine(folder, "events.hdf5"), showers.Attributes);
    }

    using EventSource events = EventFile.Open(Path.Combine(folder, "events.hdf5"));
    EventSplit split = events.SplitPerClass(train: 80, validation: 30, test: 40);
    Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0249)).KeepEnergyAbove(0.005).Cumulative().Crop(8).ScaleEnergy(50);
    VoxelNetwork network = Cnn3d.Small(voxelizer.OutputShape(events.ImageShape)).Build(seed: 1);
    TrainingHistory history = Trainer.For(network).Epochs(1).Fit(voxelizer, split.Train, split.Validation);
    using (var model = new TrainedModel(network, voxelizer, history))
    {
        model.Save(Path.Combine(folder, "model"));
        model.ExportOnnx(Path.Combine(folder, "model.onnx"));
    }

    using TrainedModel loaded = TrainedModel.Load(Path.Combine(folder, "model"));
    EvaluationResult result = loaded.Network.Evaluate(loaded.Voxelizer, split.Test);
    using OnnxModel exported = OnnxModel.Load(Path.Combine(folder, "model.onnx"));
    EvaluationResult again = exported.Evaluate(split.Test);
    if (Math.Abs(again.Loss - result.Loss) > 1e-5)
    {
        Console.WriteLine($"ONNX Runtime says {again}, torch {result}");
        return 1;
    }

    Picture.Roc(result.Roc).Save(Path.Combine(folder, "roc.png"));
    Console.WriteLine($"consumed: {result.Count} events judged, AUC {result.Roc.Area:F3}, picture of {new FileInfo(Path.Combine(folder, "roc.png")).Length} bytes");
    return 0;
}
catch (DllNotFoundException problem)
{
    Console.WriteLine($"no torch: {problem.Message}");
    return 3;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
