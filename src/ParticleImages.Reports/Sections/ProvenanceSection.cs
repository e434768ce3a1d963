using System.Reflection;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>Versions and checksums: whether somebody else could make it again, and whether the files are still the same.</summary>
internal static class ProvenanceSection
{
    public static void Write(HtmlText html, ReportContent content)
    {
        new ReportTable(
            "versions",
            "Versions and checksums",
            [new("what"), new("value")],
            [.. Facts(content).Select(fact => (IReadOnlyList<TableCell>)[TableCell.Of(fact.Name), TableCell.Of(fact.Value)])]).Write(html);
        if (content.Files.Count > 0)
        {
            new ReportTable(
                "files",
                "Files that this was made from",
                [new("file"), new("bytes", IsNumber: true), new("SHA-256")],
                [.. content.Files.Select(file => (IReadOnlyList<TableCell>)[TableCell.Of(file.Name), TableCell.Of(file.Bytes), TableCell.Of(file.Sha256)])]).Write(html);
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(ReportContent content)
    {
        yield return ("written by", $"ParticleImages {typeof(ProvenanceSection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}");
        if (content.Model is { } model)
        {
            yield return ("model saved by", $"ParticleImages {model.Library}");
            yield return ("weights, SHA-256", model.WeightsChecksum);
        }

        if (content.Scan is not { } scan)
        {
            yield break;
        }

        (DateTimeOffset? first, DateTimeOffset? last) = (scan.Result.Trials.Min(trial => trial.Start), scan.Result.Trials.Max(trial => trial.End));
        yield return ("first trial begun (UTC)", TableCell.Of(first).Text);
        yield return ("last trial ended (UTC)", TableCell.Of(last).Text);

        // A note is nearly always the same in all trials; where it is not, that is worth seeing.
        foreach (string note in scan.Result.Trials.SelectMany(trial => trial.Notes.Names).Distinct())
        {
            (string Text, int Count)[] texts =
            [
                .. scan.Result.Trials.Select(trial => trial.Notes.TryGet(note, out string? text) ? text : null).OfType<string>()
                    .GroupBy(text => text).Select(group => (group.Key, group.Count())).OrderByDescending(group => group.Item2).Take(9),
            ];
            foreach ((string text, int count) in texts.Take(8))
            {
                yield return (note, texts.Length == 1 ? text : FormattableString.Invariant($"{text} ({count} trials)"));
            }

            if (texts.Length > 8)
            {
                yield return (note, "and others");
            }
        }
    }
}
