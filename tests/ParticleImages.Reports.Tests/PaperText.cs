using System.Diagnostics;

namespace ParticleImages.Reports.Tests;

/// <summary>What can be read on the pages of a PDF, by Poppler's <c>pdftotext</c> where that is on the path.</summary>
internal static class PaperText
{
    /// <summary>Where the program is; null where it is not.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "pdftotext", "pdftotext.exe" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>A text a page; none without the program.</summary>
    public static async Task<string[]> OfAsync(byte[] paper)
    {
        if (Program is null)
        {
            return [];
        }

        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["page.pdf"], paper);
        using Process process = Process.Start(new ProcessStartInfo(Program, ["-layout", folder["page.pdf"], "-"]) { RedirectStandardOutput = true })!;
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.TrimEnd('\f').Split('\f');
    }
}
