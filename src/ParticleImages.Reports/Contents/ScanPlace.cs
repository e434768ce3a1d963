namespace ParticleImages.Reports.Contents;

/// <summary>Where a folder has the store of a scan.</summary>
internal static class ScanPlace
{
    /// <summary>What <c>particle-images scan</c> calls it.</summary>
    private const string Usual = "trials.db";

    private static readonly string[] Names = [Usual, "scan.db"];

    private static readonly string[] Folders = ["", "scan"];

    /// <summary>The names in words.</summary>
    public static string Words { get; } = string.Join(" or ", Names);

    /// <summary>The store in a folder; null where there is none.</summary>
    public static string? In(string folder, FileMemory memory) =>
        Folders.SelectMany(inside => Names.Select(name => Path.Combine(folder, inside, name))).FirstOrDefault(memory.Exists);

    /// <summary>Where a scan that is about to begin would have it.</summary>
    public static string Expected(string folder) => Path.Combine(folder, Usual);
}
