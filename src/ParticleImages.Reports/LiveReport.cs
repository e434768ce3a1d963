using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Search;

namespace ParticleImages.Reports;

/// <summary>
/// The report of a folder or a store as it is now, for who looks again and again while a scan runs, such as <c>particle-images watch</c>. Files are read and pictures drawn again where something is new,
/// and of a store in which nothing is one trial is read. Nothing is kept open or written, and what is not there yet or cannot be read is said on the page. Not safe for several threads.
/// </summary>
/// <example><code>var live = LiveReport.Of("scan"); string page = live.ToHtml();</code></example>
public sealed class LiveReport
{
    // Who looks comes again soon.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string path;
    private readonly FileMemory memory = new();
    private readonly FigureMemory drawn = new();
    private StoreMark? mark;
    private string? page;

    private LiveReport(string path) => this.path = path;

    /// <summary>The report of whatever a path will hold.</summary>
    /// <param name="path">As for <see cref="Report.Of"/>; it may be there only later, be replaced, or go.</param>
    /// <returns>The report. Nothing is read before it is asked for.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static LiveReport Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new LiveReport(path);
    }

    /// <summary>Looks whether something is new, and gives the report as a text.</summary>
    /// <returns>
    /// HTML; the same object where nothing is new. The page goes on asking the address that it came from for itself, every two seconds, and shows what has changed: the server's answers have an <c>ETag</c>, and it
    /// answers 304 where that is still the one.
    /// </returns>
    public string ToHtml()
    {
        if (page is not null && memory.IsCurrent && mark?.IsCurrent(Patience) != false)
        {
            return page;
        }

        string now = Read();

        // The same page is the same object, also where it had to be made again to know.
        return page = now == page ? page : now;
    }

    private string Read()
    {
        mark = null;
        try
        {
            using ReportContent content = OutputFolder.Read(path, memory, patience: Patience) with { Drawn = drawn };
            string html = ReportPage.Of(content, isLive: true);
            mark = content.Mark;
            return html;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return Notice("Waiting for a scan", $"There is no store {(Directory.Exists(path) ? ScanPlace.Expected(path) : path)} yet. The page shows it as soon as it is there.");
        }
        catch (Exception problem) when (problem is TrialStoreException or IOException or UnauthorizedAccessException)
        {
            memory.Doubt();
            return Notice("The scan cannot be shown", $"{problem.Message} The page goes on looking.");
        }
    }

    private static string Notice(string title, string message) => ReportPage.Of(new ReportContent { Title = title, Problems = [message] }, isLive: true);
}
