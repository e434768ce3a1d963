using System.Globalization;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;
using ParticleImages.Search;

namespace ParticleImages.Reports.Sections;

/// <summary>What was asked for: the scan's description, the binning, and what the program said of its run.</summary>
internal static class ConfigurationSection
{
    public static void Write(HtmlText html, ReportContent content)
    {
        if (content.Scan is { } scan)
        {
            Facts("scan", "The scan", OfScan(scan.Result)).Write(html);
            new ReportTable(
                "parameters",
                "Parameters and their values",
                [new("parameter"), new("values"), new("exists where")],
                [.. scan.Result.Space.Parameters.Select(parameter => (IReadOnlyList<TableCell>)[TableCell.Of(parameter.Name), TableCell.Of(ValuesOf(parameter)), TableCell.Of(ConditionOf(scan.Result.Space, parameter))])]).Write(html);
        }

        if (content.Model is { } model)
        {
            Facts("binning", "Cuts and binning", [("voxels", $"{model.Network.Input} (frames × rows × columns)"), ("how an event becomes voxels", model.Voxelizer.ToString())]).Write(html);
        }

        if (content.Summary.Count > 0)
        {
            Facts("run", "What the program said of the run", content.Summary).Write(html);
        }
    }

    private static ReportTable Facts(string id, string caption, IEnumerable<(string Name, string Value)> facts) =>
        new(id, caption, [new("what"), new("value")], [.. facts.Select(fact => (IReadOnlyList<TableCell>)[TableCell.Of(fact.Name), TableCell.Of(fact.Value)])]);

    private static IEnumerable<(string Name, string Value)> OfScan(ScanResult scan)
    {
        yield return ("wanted", string.Join("; ", scan.Objectives));
        yield return ("strategy", scan.Header.Strategy);
        yield return ("seed", scan.Header.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("trials a configuration", scan.Header.Repeats.ToString(CultureInfo.InvariantCulture));
        yield return ("configurations in the space", scan.Space.Count is { } count ? count.ToString(CultureInfo.InvariantCulture) : "a continuum, or not known");
        yield return ("made on", scan.Header.Subject.Length > 0 ? scan.Header.Subject : "not said");
        foreach (string constraint in scan.Space is SearchSpace known ? known.Constraints : [])
        {
            yield return ("constraint", constraint);
        }
    }

    // The name stands in the column before.
    private static string ValuesOf(IParameter parameter) =>
        parameter.ToString() is { } text && text.StartsWith($"{parameter.Name}: ", StringComparison.Ordinal) ? text[(parameter.Name.Length + 2)..] : parameter.ToString() ?? "";

    private static string ConditionOf(ISearchSpace space, IParameter parameter) =>
        string.Join("; ", (space is SearchSpace known ? known.Conditions : []).Where(condition => condition.Parameter == parameter.Name).Select(condition => $"{condition.On} is {string.Join(" or ", condition.Values)}"));
}
