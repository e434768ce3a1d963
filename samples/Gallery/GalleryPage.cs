using System.Text;

namespace Gallery;

/// <summary>
/// The page docs/gallery.md, made of source that is compiled: of <see cref="GalleryData"/> what stands between «// head» and «// end of head», of <see cref="Pictures"/> what stands below «// picture file: heading», up to the
/// next empty line or the end of its method. «// group: name» begins a group.
/// </summary>
internal static class GalleryPage
{
    private const string Indent = "        ";
    private const string Head = $"{Indent}// head";
    private const string EndOfHead = $"{Indent}// end of head";
    private const string Beginning = $"{Indent}// picture ";
    private const string Group = "    // group: ";

    /// <param name="data">The source of what is drawn.</param>
    /// <param name="pictures">The source of the pictures.</param>
    /// <param name="folder">Where the pictures are, seen from the page.</param>
    public static string Of(string data, string pictures, string folder)
    {
        var page = new StringBuilder("""
            # Gallery

            Every picture of `ParticleImages.Plotting` and `ParticleImages.Plotting.Networks`, with the code that made it: `Save` takes `.png` and `.svg`, for a movie `.gif` and for the shower in space and time `.html`, too.
            This page and its pictures are made by `dotnet run -c Release --project samples/Gallery`.

            ## What is drawn

            About two minutes of computing; the namespaces are `ParticleImages` and below it `Evaluation`, `Networks`, `Pipelines`, `Plotting`, `Plotting.Networks`, `Search`, `Simulation` and `Voxelization`.


            """);
        page.Append(Block(LinesOf(data).SkipWhile(line => line != Head).Skip(1).TakeWhile(line => line != EndOfHead)));
        string[] lines = LinesOf(pictures);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Group, StringComparison.Ordinal))
            {
                page.Append(FormattableString.Invariant($"\n## {lines[i][Group.Length..]}\n"));
            }
            else if (lines[i].StartsWith(Beginning, StringComparison.Ordinal))
            {
                (string file, string heading) = lines[i][Beginning.Length..].Split(": ", 2) is [var first, var second] ? (first, second) : throw new FormatException($"Line {i + 1} has no heading.");
                string code = Block(lines.Skip(i + 1).TakeWhile(line => line.Length > 0 && line != "    }")).Replace($"In(\"{file}\")", $"\"{file}\"", StringComparison.Ordinal);
                page.Append(FormattableString.Invariant($"\n### {heading}\n\n<img src=\"{folder}/{file}\" alt=\"{heading}\">\n\n{code}"));
            }
        }

        return page.ToString();
    }

    private static string[] LinesOf(string source) => source.ReplaceLineEndings("\n").Split('\n');

    private static string Block(IEnumerable<string> lines) =>
        $"```csharp\n{string.Join('\n', lines.Select(line => line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : line)).TrimEnd()}\n```\n";
}
