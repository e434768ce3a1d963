using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Plotting;
using ParticleImages.Storage;
using TorchSharp;

namespace ElectronPhoton;

/// <summary>What a run leaves behind.</summary>
internal static class JobReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(
        string folder, JobSettings settings, TrainedModel model, EventSplit split, EventSource judged, EvaluationResult result, string source, JobClock clock)
    {
        model.Save(Path.Combine(folder, "model"));
        model.History.SaveCsv(Path.Combine(folder, "history.csv"));
        string scores = Path.Combine(folder, "scores.csv");
        result.SaveCsv(scores);
        Picture.Roc(result.Roc).Title($"Electron against photon: {source}").Save(Path.Combine(folder, "roc.png"));
        Picture.History(model.History).Title($"Training, configuration «{settings.Name}»").Save(Path.Combine(folder, "history.png"));
        EventImages(judged).Title($"Photons and electrons: {source}").Save(Path.Combine(folder, "events.png"));
        clock.Lap("report");

        double trained = model.History.Sum(epoch => epoch.Seconds);
        var summary = new
        {
            Configuration = settings.Name,
            Source = source,
            Auc = result.Roc.Area,
            AucStandardError = Finite(result.Roc.StandardError),
            result.Accuracy,
            result.Loss,
            BackgroundRejectionAtHalfSignal = Finite(result.Roc.BackgroundRejectionAt(0.5).Value),
            Events = new { Train = split.Train.Count, Validation = split.Validation.Count, Test = judged.Count },

            // By which a report knows that these events neither trained the network nor chose its epoch.
            TestScoresSha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(scores))),
            Voxelizer = settings.Voxelizer.ToString(),
            Voxels = model.Network.Description.Input.ToString(),
            model.Network.Description.Summary().Parameters,
            Epochs = model.History.Count,
            Seconds = clock.Seconds,
            TrainingEventsASecond = Math.Round(((split.Train.Count * (double)model.History.Count) + (split.Validation.Count * model.History.Count)) / trained),
            PeakMemoryMiB = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            Threads = TorchLibrary.Threads,
            JobSettings.Seed,
            Versions = new
            {
                ParticleImages = Version(typeof(EventSource)),
                TorchSharp = Version(typeof(torch)),
                Runtime = RuntimeInformation.FrameworkDescription,
                System = RuntimeInformation.OSDescription,
            },
        };
        AtomicFile.Write(Path.Combine(folder, "summary.json"), stream => JsonSerializer.Serialize(stream, summary, Options));
    }

    /// <summary>Energies and times of the first two photons and electrons.</summary>
    private static EventsPicture EventImages(EventSource events)
    {
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        int[] rows = [.. new[] { ParticleLabel.Photon, ParticleLabel.Electron }
            .SelectMany(label => Enumerable.Range(0, labels.Length).Where(row => labels[row] == label).Take(2))];

        return Picture.Events(events.Select(rows).Read(0, rows.Length)).Numbered(rows);
    }

    // JSON has no infinity: a rejection where no background passed, an error where a class has one event.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string? Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
