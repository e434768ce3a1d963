using System.Text.Json;
using ParticleImages.Evaluation;
using ParticleImages.Formats;
using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Reports.Contents;

/// <summary>
/// The folder that a training or a scan left, as <c>particle-images train</c>, <c>particle-images scan</c> and the samples leave it, read piece by piece: what is missing is left
/// out, and what cannot be read becomes a sentence.
/// </summary>
internal sealed class OutputFolder
{
    private const string ScanFolder = "scan";

    private static readonly string[] StoreNames = ["trials.db", "scan.db"];

    private readonly string folder;
    private readonly List<string> problems = [];
    private readonly List<IDisposable> opened = [];
    private readonly List<FileChecksum> files = [];

    private OutputFolder(string folder) => this.folder = folder;

    /// <summary>Reads all there is.</summary>
    /// <exception cref="IOException">There is no such folder, or nothing in it that a report could show.</exception>
    public static ReportContent Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to report on. Name one that a training or a scan left, or the file of a scan's trials.");
        }

        return new OutputFolder(folder).Read();
    }

    /// <summary>Reads a scan's store and what stands beside it.</summary>
    public static ReportContent ReadStore(string path)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var read = new OutputFolder(beside);
        return read.Finish(new ReportContent { Title = $"Scan in {Path.Combine(Path.GetFileName(beside), Path.GetFileName(path))}", Scan = read.Scan(path) });
    }

    /// <summary>The store of a scan in a folder; null where there is none.</summary>
    public static string? StoreIn(string folder) =>
        StoreNames.Select(name => Path.Combine(folder, name))
            .Concat(StoreNames.Select(name => Path.Combine(folder, ScanFolder, name)))
            .FirstOrDefault(File.Exists);

    private ReportContent Read()
    {
        TrainingContent? training = Training();
        ScanContent? scan = StoreIn(folder) is { } store ? Try(store, () => Scan(store)) : null;
        if (training is null && scan is null && problems.Count == 0)
        {
            throw new FileNotFoundException(
                $"{folder} holds nothing to report on: no model, history.csv or scores.csv of a training, and no {string.Join(" or ", StoreNames)} of a scan. "
                + "Name a folder that particle-images train or scan left, or one that a program fills with TrainedModel.Save, TrainingHistory.SaveCsv and EvaluationResult.SaveCsv.");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return Finish(new ReportContent { Title = $"{(training is null ? "Scan" : scan is null ? "Training" : "Training and scan")} in {name}", Training = training, Scan = scan });
    }

    private ReportContent Finish(ReportContent content)
    {
        string summary = Path.Combine(folder, RunSummary.FileName);
        (IReadOnlyList<(string, string)> facts, IReadOnlyList<string> inputs) =
            File.Exists(summary) ? Try(summary, () => (ValueTuple<IReadOnlyList<(string, string)>, IReadOnlyList<string>>?)RunSummary.Read(summary)) ?? ([], []) : ([], []);
        EventsContent? events = Events(inputs);
        return content with { Summary = facts, Events = events, Problems = problems, Files = files, Weights = opened.OfType<ModelWeights>().FirstOrDefault(), Opened = opened };
    }

    private TrainingContent? Training()
    {
        string model = Path.Combine(folder, "model");
        string own = File.Exists(Path.Combine(model, "model.json")) || !File.Exists(Path.Combine(folder, "model.json")) ? model : folder;
        ModelDescription? description = null;
        if (File.Exists(Path.Combine(own, "model.json")))
        {
            description = Describe(own);
            Note(Path.Combine(own, "model.json"));
            foreach (string weights in Directory.GetFiles(own, "weights-*.safetensors"))
            {
                Note(weights);
            }
        }

        // Written after every epoch by some programs, and at the end by all.
        string table = Path.Combine(folder, "history.csv");
        TrainingHistory? history = File.Exists(table) ? Try(table, () => TrainingHistory.LoadCsv(table)) : null;
        string scores = Path.Combine(folder, "scores.csv");
        EvaluationResult? judgement = File.Exists(scores) ? Try(scores, () => EvaluationResult.LoadCsv(scores)) : null;
        Note(table);
        Note(scores);
        return description is null && history is null && judgement is null
            ? null
            : new TrainingContent(history ?? description?.History ?? TrainingHistory.Empty, description, judgement);
    }

    private ScanContent Scan(string path)
    {
        ITrialStore store = SqliteTrialStore.OpenReadOnly(path);
        ScanResult result;
        try
        {
            result = ScanResult.Of(store);
        }
        catch
        {
            store.Dispose();
            throw;
        }

        opened.Add(store);
        ModelDescription? model = null;
        if (result.Best is { } best && Path.Combine(best.FolderIn(Path.GetDirectoryName(store.Name)!), "model") is var folder && File.Exists(Path.Combine(folder, "model.json")))
        {
            model = Describe(folder);
        }

        return new ScanContent(result, model);
    }

    // Of a training and a scan the training's model is the one that is shown.
    private ModelDescription? Describe(string model)
    {
        ModelDescription? description = Try(model, () => ModelDescription.Read(model));
        if (description is not null && !opened.OfType<ModelWeights>().Any())
        {
            opened.Add(new ModelWeights(model));
        }

        return description;
    }

    private EventsContent? Events(IReadOnlyList<string> inputs)
    {
        string simulated = Path.Combine(folder, "events");
        string[] paths = inputs.Count > 0
            ? [.. inputs.Select(path => Path.GetFullPath(path, Path.GetFullPath(folder)))]
            : Directory.Exists(simulated) ? [.. Directory.GetFiles(simulated, "*.hdf5").Order(StringComparer.Ordinal)] : [];
        if (paths.Length == 0)
        {
            return null;
        }

        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } gone)
        {
            problems.Add($"The events are not shown: {gone} is no longer there. Name the files where they are now.");
            return null;
        }

        return Try("The events", () =>
        {
            using EventSource events = EventFile.OpenAll(paths);
            return EventsContent.Of(events);
        });
    }

    private void Note(string path)
    {
        if (File.Exists(path))
        {
            _ = Try(path, () =>
            {
                files.Add(FileChecksum.Of(folder, path));
                return "";
            });
        }
    }

    // A report of what is whole is better than none because of what is not.
    private T? Try<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or JsonException or ArgumentException or InvalidOperationException
            or NotSupportedException or EventFormatException or ModelFormatException or TrialStoreException)
        {
            problems.Add(problem.Message.Contains(what, StringComparison.Ordinal) ? problem.Message : $"{what} is not shown: {problem.Message}");
            return default;
        }
    }
}
