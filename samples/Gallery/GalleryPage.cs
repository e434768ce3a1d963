using System.Text;

namespace Gallery;

/// <summary>The page docs/gallery.md, made of the source of <see cref="Pictures"/>: between «// name: heading» and «// end» stands the code that made a picture, as the page shows it.</summary>
internal static class GalleryPage
{
    private const string Beginning = "        // picture ";
    private const string Group = "    // group: ";

    public static string Of(string source, string folder)
    {
        var page = new StringBuilder("""
            # Gallery

            Every picture of `ParticleImages.Plotting` and `ParticleImages.Plotting.Networks`, with the code that made it: `Save` takes `.png` and `.svg`, for a movie `.gif` and for the shower in space and time `.html`, too. `events` are
            2000 simulated photons and 2000 simulated electrons, `batch` is two of each; `result` is what a small network made of unseen ones, `scan` a scan of its cuts, layers and learning rate.
            This page and its pictures are made by `dotnet run -c Release --project samples/Gallery`.

            """);
        string[] lines = source.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Group, StringComparison.Ordinal))
            {
                page.Append(FormattableString.Invariant($"\n## {lines[i][Group.Length..]}\n"));
            }
            else if (lines[i].StartsWith(Beginning, StringComparison.Ordinal))
            {
                (string file, string heading) = lines[i][Beginning.Length..].Split(": ", 2) is [var first, var second] ? (first, second) : throw new FormatException($"Line {i + 1} has no heading.");
                string[] code = [.. lines.Skip(i + 1).TakeWhile(line => line.Trim().Length > 0 && line != "    }").Select(line => line.Length > 8 ? line[8..] : "")];

                page.Append(FormattableString.Invariant($"\n### {heading}\n\n<img src=\"{folder}/{file}\" alt=\"{heading}\">\n\n```csharp\n{string.Join('\n', code).Replace($"In(\"{file}\")", $"\"{file}\"", StringComparison.Ordinal)}\n```\n"));
            }
        }

        return page.ToString();
    }
}
