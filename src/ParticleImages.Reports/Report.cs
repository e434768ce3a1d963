using System.Text;
using ParticleImages.Evaluation;
using ParticleImages.Reports.Contents;
using ParticleImages.Search;
using ParticleImages.Storage;

namespace ParticleImages.Reports;

/// <summary>
/// A training or a scan as one HTML page that holds all it shows: results with their errors, pictures, tables that are sorted by a click, configuration, data, versions and
/// checksums. An immutable description: verbs set a slot of a copy, <see cref="Save"/> and <see cref="ToHtml"/> read and write.
/// </summary>
/// <remarks>
/// The page loads nothing from anywhere and says so to the browser (a content security policy), so that it can be kept, sent and opened without a network; it can be printed, and read
/// on a phone. Whatever stands in files and stores, names of parameters for example, is shown as it is and never as HTML. The same contents give the same page, byte for byte. Safe to use from several threads.
/// <example><code>Report.Of("trained").Save("report.html");</code></example>
/// </remarks>
public sealed class Report
{
    // Of the events that are to be shown instead of those that it would find.
    private readonly Func<EventSource?, CancellationToken, ReportContent> read;
    private readonly EventSource? events;
    private readonly bool isSynthetic;
    private readonly string? title;

    private Report(Func<EventSource?, CancellationToken, ReportContent> read, EventSource? events = null, bool isSynthetic = false, string? title = null)
    {
        this.read = read;
        this.events = events;
        this.isSynthetic = isSynthetic;
        this.title = title;
    }

    /// <summary>A report of whatever a path holds: the folder of a training, that of a scan, one that has both, or the file of a scan's trials.</summary>
    /// <param name="path">
    /// The folder that <c>particle-images train</c>, <c>particle-images scan</c> or a program left: what is found there of <c>model/</c>, <c>history.csv</c>, <c>scores.csv</c>, <c>summary.json</c>,
    /// <c>trials.db</c> or <c>scan.db</c> (also in <c>scan/</c>), and <c>events/*.hdf5</c>. Or the file of a <c>SqliteTrialStore</c>, which is not changed; the scan may be running.
    /// </param>
    /// <returns>The description. Nothing is read before it is written.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static Report Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new Report((chosen, cancellation) => OutputFolder.Read(path, new FileMemory(), chosen, cancellation: cancellation));
    }

    /// <summary>A report of a training that is at hand.</summary>
    /// <param name="history">How it went; <see cref="TrainingHistory.Empty"/> where that is unknown.</param>
    /// <param name="judgement">How well it does on events that it never saw; null where that is unknown.</param>
    /// <returns>The description.</returns>
    public static Report OfTraining(TrainingHistory history, EvaluationResult? judgement = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        return With(() => new ReportContent { Title = "Training", Training = new TrainingContent(history, Model: null, judgement, IsUnseen: true) });
    }

    /// <summary>A report of a scan that is at hand.</summary>
    /// <param name="result">What it came to. Its store is open until the report is written: learning curves are read from it.</param>
    /// <returns>The description.</returns>
    public static Report OfScan(ScanResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return With(() => new ReportContent { Title = "Scan", Scan = new ScanContent(result, bestModel: null) });
    }

    /// <summary>A page that only says something, for example that there is nothing to report yet.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="message">What there is to say.</param>
    /// <returns>The description.</returns>
    public static Report Notice(string title, string message)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(message);
        return With(() => new ReportContent { Title = title, Problems = [message] });
    }

    /// <summary>Sets the heading.</summary>
    /// <param name="title">One line, not empty. Without it the report is called by the name of its folder or file.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public Report Title(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        return new Report(read, events, isSynthetic, title);
    }

    /// <summary>Shows events: how many there are of each class, how full they are, and what they look like. They replace those that the report would have found by itself.</summary>
    /// <param name="events">The events, for example those that were trained on. They are read when the report is written, and stay the caller's.</param>
    /// <param name="isSynthetic">Whether they are simulated, which the page then says beside their pictures.</param>
    /// <returns>A copy.</returns>
    public Report Events(EventSource events, bool isSynthetic = false)
    {
        ArgumentNullException.ThrowIfNull(events);
        return new Report(read, events, isSynthetic, title);
    }

    /// <summary>Reads and writes the report.</summary>
    /// <param name="path">The file, usually <c>….html</c>; an existing one is replaced, whole or not at all.</param>
    /// <param name="cancellation">Stops the reading of events; what stood at the path before is as it was.</param>
    /// <returns>What there was but could not be read, each with the reason, as the page says it; empty where all could.</returns>
    /// <exception cref="IOException">There is nothing to report on at the path that was named, or nothing of it can be read, or the disk refused.</exception>
    /// <exception cref="TrialStoreException">The file that was named is no store of trials, or no scan has begun in it, or it failed.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public IReadOnlyList<string> Save(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using ReportContent content = Read(cancellation);
        byte[] page = Encoding.UTF8.GetBytes(ReportPage.Of(content));
        AtomicFile.Write(path, stream => stream.Write(page));
        return content.Problems;
    }

    /// <summary>Reads the report and gives it as a text.</summary>
    /// <param name="cancellation">Stops the reading of events.</param>
    /// <returns>HTML.</returns>
    /// <exception cref="IOException">There is nothing to report on at the path that was named, or nothing of it can be read.</exception>
    /// <exception cref="TrialStoreException">The file that was named is no store of trials, or no scan has begun in it, or it failed.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public string ToHtml(CancellationToken cancellation = default)
    {
        using ReportContent content = Read(cancellation);
        return ReportPage.Of(content);
    }

    private ReportContent Read(CancellationToken cancellation)
    {
        ReportContent content = read(events, cancellation);
        return content with { Title = title ?? content.Title, Events = events is not null && content.Events is { } shown ? shown with { IsSynthetic = isSynthetic } : content.Events };
    }

    private static Report With(Func<ReportContent> make) => new((chosen, cancellation) => chosen is null ? make() : make() with { Events = EventsContent.OfSome(chosen, cancellation) });
}
