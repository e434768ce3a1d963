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
    private static ReadOnlySpan<byte> SqliteStart => "SQLite format 3\0"u8;

    private readonly string folder;
    private readonly FileMemory memory;
    private readonly EventSource? chosen;
    private readonly CancellationToken cancellation;
    private readonly List<string> problems = [];
    private readonly List<IDisposable> opened = [];
    private readonly List<FileChecksum> files = [];
    private StoreMark? mark;
    private bool hasModel;

    private OutputFolder(string folder, FileMemory memory, EventSource? chosen, CancellationToken cancellation)
    {
        this.folder = folder;
        this.memory = memory;
        this.chosen = chosen;
        this.cancellation = cancellation;
    }

    /// <summary>Reads all there is: a folder, or a scan's store and what stands beside it.</summary>
    /// <param name="path">The folder, or the file of the store.</param>
    /// <param name="memory">What was read before.</param>
    /// <param name="chosen">The events to show; null for those of the run.</param>
    /// <param name="patience">How long to wait for a store that somebody holds; null for the usual time.</param>
    /// <param name="cancellation">Stops the reading of events.</param>
    /// <exception cref="IOException">There is no such folder, or nothing in it that a report could show, or nothing of that can be read.</exception>
    /// <exception cref="TrialStoreException">The file is no store, or no scan has begun in it.</exception>
    public static ReportContent Read(string path, FileMemory memory, EventSource? chosen = null, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        memory.Begin();
        bool isStore = memory.Exists(path);
        if (!isStore && !Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no folder '{path}' to report on. Name one that a training or a scan left, or the file of a scan's trials.");
        }

        string full = Path.GetFullPath(path);
        var read = new OutputFolder(isStore ? Path.GetDirectoryName(full)! : full, memory, chosen, cancellation);
        try
        {
            return isStore ? read.ReadStore(full, patience) : read.ReadFolder(path, patience);
        }
        catch
        {
            read.opened.ForEach(part => part.Dispose());
            throw;
        }
    }

    private ReportContent ReadStore(string path, TimeSpan? patience) => Finish(
        new ReportContent { Title = $"Scan in {Path.Combine(Path.GetFileName(folder), Path.GetFileName(path))}", Scan = Scan(path, patience) },
        Summary() ?? RunSummary.None);

    private ReportContent ReadFolder(string named, TimeSpan? patience)
    {
        RunSummary? summary = Summary();
        TrainingContent? training = Training(summary);
        string? store = ScanPlace.In(folder, memory);
        ScanContent? scan = store is null ? null : Try(store, () => Scan(store, patience));
        if (training is null && scan is null && problems.Count == 0)
        {
            throw new FileNotFoundException(
                $"{named} holds nothing to report on: no model, history.csv or scores.csv of a training, and no {ScanPlace.Words} of a scan. "
                + "Name a folder that particle-images train or scan left, or one that a program fills with TrainedModel.Save, TrainingHistory.SaveCsv and EvaluationResult.SaveCsv.");
        }

        string what = (training, scan) switch
        {
            (null, null) => "Report of",
            (_, null) => "Training in",
            (null, _) => "Scan in",
            _ => "Training and scan in",
        };
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        ReportContent content = Finish(new ReportContent { Title = $"{what} {name}", Training = training, Scan = scan }, summary);
        return training is null && scan is null && content.Events is null
            ? throw new IOException($"Nothing in {named} can be read. {string.Join(" ", problems)}")
            : content;
    }

    /// <param name="content">What was read.</param>
    /// <param name="summary">What the program said of the run; null where that is damaged, and so where its events are and how they are read not known.</param>
    private ReportContent Finish(ReportContent content, RunSummary? summary)
    {
        EventsContent? own = chosen is not null || summary is null ? null : Events(summary);
        return content with
        {
            Summary = [.. (summary?.Facts ?? []).Select(fact => (fact.Name, InFolder(fact.Value)))],
            Events = chosen is null ? own : EventsContent.OfSome(chosen, cancellation),
            IsSynthetic = summary?.IsSynthetic == true || own?.IsSynthetic == true,
            Mark = mark,
            Problems = problems,
            Files = files,
            Weights = opened.OfType<ModelWeights>().FirstOrDefault(),
            Opened = opened,
        };
    }

    private RunSummary? Summary()
    {
        string path = Path.Combine(folder, RunSummary.FileName);
        return memory.Exists(path) ? Try(path, () => memory.Of([path], () => RunSummary.Read(path))) : RunSummary.None;
    }

    private TrainingContent? Training(RunSummary? summary)
    {
        string model = Path.Combine(folder, "model");
        string own = memory.Exists(Path.Combine(model, "model.json")) || !memory.Exists(Path.Combine(folder, "model.json")) ? model : folder;
        ModelDescription? description = null;
        if (memory.Exists(Path.Combine(own, "model.json")))
        {
            description = Describe(own);
        }

        // Written after every epoch by some programs, and at the end by all.
        string table = Path.Combine(folder, "history.csv");
        TrainingHistory? history = Table(table, TrainingHistory.LoadCsv);
        Note(table);
        string scores = Path.Combine(folder, "scores.csv");
        EvaluationResult? judgement = Table(scores, path => EvaluationResult.LoadCsv(path));
        bool isUnseen = Note(scores) is { } known && summary?.TestScores == known.Sha256;
        return description is null && history is null && judgement is null
            ? null
            : new TrainingContent(history ?? description?.History ?? TrainingHistory.Empty, description, judgement, isUnseen);
    }

    private T? Table<T>(string path, Func<string, T> read)
        where T : class => memory.Exists(path) ? Try(path, () => memory.Of([path], () => read(path))) : null;

    private ScanContent Scan(string path, TimeSpan? patience)
    {
        ScanResult result = Trials(path, patience);
        string? model = result.Best is { } best ? Path.Combine(best.FolderIn(Path.GetDirectoryName(path)!), "model") : null;
        return new ScanContent(result, model is not null && memory.Exists(Path.Combine(model, "model.json")) ? Describe(model) : null);
    }

    private ScanResult Trials(string path, TimeSpan? patience)
    {
        try
        {
            RequireStore(path);
            ITrialStore store = SqliteTrialStore.OpenReadOnly(path, patience);
            opened.Add(store);
            string? runner = store.Runner;
            var result = ScanResult.Of(store);
            mark = new StoreMark(store, runner, result);
            return result;
        }
        catch
        {
            memory.Doubt();
            throw;
        }
    }

    // Who opens a store is told to name another file for it, which is no help to who names a file of events.
    private static void RequireStore(string path)
    {
        Span<byte> start = stackalloc byte[SqliteStart.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read > 0 && !start[..read].SequenceEqual(SqliteStart))
        {
            throw new TrialStoreException($"{path} is no SQLite file, and so no store of a scan's trials. A report is of a folder that particle-images train or scan left, or of such a store, for example trials.db.");
        }
    }

    // Of a training and a scan the training's model is the one that is shown.
    private ModelDescription? Describe(string model)
    {
        string manifest = Path.Combine(model, "model.json");
        ModelDescription? description = Try(model, () => memory.Of([manifest], () => ModelDescription.Read(model)));
        Note(manifest);
        FileChecksum?[] weights = [.. memory.FilesIn(model, "weights-*.safetensors").Select(Note)];
        if (description is null)
        {
            return null;
        }

        bool areWhole = weights.Any(file => description.WeightsChecksum.Equals(file?.Sha256, StringComparison.OrdinalIgnoreCase));
        if (!areWhole)
        {
            problems.Add($"{model}: its weights are not those that model.json names, so they are damaged, gone or of another model. What takes them is not shown.");
        }
        else if (!hasModel)
        {
            opened.Add(new ModelWeights(model));
        }

        hasModel = true;
        return description;
    }

    private EventsContent? Events(RunSummary summary) => Try("The events", () =>
    {
        string[] paths = summary.Inputs.Count > 0
            ? [.. summary.Inputs.Select(path => Path.GetFullPath(path, folder))]
            : memory.FilesIn(Path.Combine(folder, "events"), "*.hdf5");
        if (paths.FirstOrDefault(path => !memory.Exists(path)) is { } gone)
        {
            problems.Add($"The events are not shown: {gone} is no longer there. Name the files where they are now.");
            return null;
        }

        return paths.Length == 0 ? null : memory.Of(
            paths,
            () =>
            {
                using EventSource events = EventFile.OpenAll(paths, summary.Layout);
                bool isSynthetic = summary.IsSynthetic || paths.Any(path => EventFile.ReadAttributes(path).GetValueOrDefault("synthetic") == "true");
                EventsContent read = EventsContent.Of(events, cancellation);
                return read with { Source = InFolder(read.Source), IsSynthetic = isSynthetic };
            },
            $"{summary.IsSynthetic} {summary.Layout.ToJson()}");
    });

    // A report is sent to others: where its folder stands is nobody's business, and the folder may be elsewhere tomorrow.
    private string InFolder(string text) => text.Replace($"{Path.TrimEndingDirectorySeparator(folder)}{Path.DirectorySeparatorChar}", "", StringComparison.Ordinal);

    private FileChecksum? Note(string path)
    {
        FileChecksum? checksum = memory.Exists(path) ? Try(path, () => memory.Of([path], () => FileChecksum.Of(folder, path))) : null;
        if (checksum is not null)
        {
            files.Add(checksum);
        }

        return checksum;
    }

    // A report of what is whole is better than none because of what is not.
    private T? Try<T>(string what, Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or JsonException or ArgumentException or InvalidOperationException
            or NotSupportedException or EventFormatException or ModelFormatException or TrialStoreException)
        {
            problems.Add(problem.Message.Contains(what, StringComparison.Ordinal) ? problem.Message : $"{what}: {problem.Message}");
            return null;
        }
    }
}
