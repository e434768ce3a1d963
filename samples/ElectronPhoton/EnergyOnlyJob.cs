using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Formats;
using ParticleImages.Networks;
using ParticleImages.Terminal;

namespace ElectronPhoton;

/// <summary>
/// Judges on real images that hold energies alone: all hits are at time 0, in the one frame of a voxelizer that does not look at times. The
/// network is trained on simulated events, so that the result also says how well the simulation stands for the real thing.
/// </summary>
internal static class EnergyOnlyJob
{
    public static void Run(Screen screen, string npz, string outputFolder, CancellationToken cancellation)
    {
        JobSettings settings = JobSettings.EnergyOnly;
        var clock = new JobClock();

        using EventSource first = EventFile.Open(npz, EventLayout.Default.Images("x_train").Labels("y_train").TimeAll(0));
        using EventSource second = EventFile.Open(npz, EventLayout.Default.Images("x_test").Labels("y_test").TimeAll(0));
        using EventSource real = first.Concat(second);
        screen.Say($"Read {real.Count} real images of {real.ImageShape} pixels from {Path.GetFileName(npz)}, energies alone: every hit is put at time 0.");
        using EventInput input = EventInput.Open(screen, null, settings, outputFolder, cancellation);
        EventSource simulated = input.Events;
        EventSplit split = simulated.SplitPerClass(settings.Train, settings.Validation, settings.Test);
        clock.Lap("read");

        using TrainedModel model = MainJob.Train(screen, settings, split, simulated.ImageShape, cancellation);
        clock.Lap("train");

        EvaluationResult onSimulated = model.Network.Evaluate(model.Voxelizer, split.Test, cancellation);
        EvaluationResult onReal = model.Network.Evaluate(model.Voxelizer, real, cancellation);
        clock.Lap("evaluate");

        JobReport.Write(Path.Combine(outputFolder, "energy-only"), settings, model, split, real, onReal, "real images, energies alone", clock);
        screen.Say($"On {onSimulated.Count} unseen simulated events: {onSimulated.Roc}.");
        screen.Say($"On {onReal.Count} real images: {onReal.Roc}, accuracy {onReal.Accuracy:F4}.");
    }
}
