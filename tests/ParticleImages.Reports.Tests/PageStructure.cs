using ParticleImages.BrowserKit;

namespace ParticleImages.Reports.Tests;

/// <summary>
/// What a page shows and where, a line a block: its kind, its name, and its place and size in steps that fonts and rounding do not matter in. Kept in <c>Structures/</c>; renewed by running the tests with
/// <c>PARTICLE_IMAGES_RENEW_STRUCTURES=1</c>.
/// </summary>
internal static class PageStructure
{
    private const string Renew = "PARTICLE_IMAGES_RENEW_STRUCTURES";

    // Fonts differ from machine to machine, and with them where lines break: a block may be so much higher or lower.
    private const double Tolerance = 0.25;

    public static Task<string[]> OfAsync(BrowserPage page) => page.EvaluateAsync<string[]>(
        """
        [...document.querySelectorAll('header, h1, h2, h3, nav, main > section, dl, figure, img, .box, table, .missing, footer')]
          .filter(part => part.getClientRects().length > 0)
          .map(part => {
            const box = part.getBoundingClientRect();
            const name = part.id || part.getAttribute('aria-label') || (part.tagName.startsWith('H') && part.tagName !== 'HEADER' ? part.textContent : '');
            const more = part.tagName === 'TABLE' ? ` ${part.rows[0].cells.length} columns, ${part.tBodies[0].rows.length} rows` : '';
            return `${part.tagName.toLowerCase()} ${name.trim()}${more} | ${Math.round(box.left)} ${Math.round(box.width)} ${Math.round(box.height)}`;
          })
        """);

    public static void AssertIsAsItWas(string name, string[] lines)
    {
        if (Environment.GetEnvironmentVariable(Renew) == "1")
        {
            File.WriteAllText(Path.Combine(Source(), $"{name}.txt"), string.Join('\n', lines) + '\n');
            return;
        }

        string[] kept = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Structures", $"{name}.txt"));
        Assert.Equal(kept.Select(WhatOf), lines.Select(WhatOf));
        for (int i = 0; i < kept.Length; i++)
        {
            double[] before = BoxOf(kept[i]), now = BoxOf(lines[i]);
            Assert.True(
                Enumerable.Range(0, before.Length).All(place => Math.Abs(before[place] - now[place]) <= 24 + (Tolerance * before[place])),
                $"{name} has changed: '{kept[i]}' is '{lines[i]}' now. If that is meant, run these tests with {Renew}=1 and look at what they keep.");
        }
    }

    private static string Source()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ParticleImages.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "ParticleImages.Reports.Tests", "Structures");
    }

    private static string WhatOf(string line) => line[..line.LastIndexOf('|')];

    private static double[] BoxOf(string line) =>
        [.. line[(line.LastIndexOf('|') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
