namespace ParticleImages.Cli;

/// <summary>Where a path leads when every link on the way is followed, that of a folder as that of the file.</summary>
internal static class RealPath
{
    // As Linux: links that lead in a circle end here.
    private const int MostLinks = 40;

    /// <summary>The path without links; what is not there yet stands as it was written.</summary>
    public static string Of(string path)
    {
        // Not GetFullPath: behind a link ".." is the folder above the link's target.
        string full = Path.Combine(Environment.CurrentDirectory, path);
        string resolved = Path.GetPathRoot(full)!;
        Stack<string> left = [];
        Push(left, full);
        for (int links = 0; left.TryPop(out string? name);)
        {
            if (name == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            string next = Path.Combine(resolved, name);
            if (new FileInfo(next).LinkTarget is not { } target || ++links > MostLinks)
            {
                resolved = next;
                continue;
            }

            resolved = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : resolved;
            Push(left, target);
        }

        return resolved;
    }

    private static void Push(Stack<string> left, string path)
    {
        string[] names = path[Path.GetPathRoot(path)!.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]);
        foreach (string name in names.Reverse().Where(name => name is not ("" or ".")))
        {
            left.Push(name);
        }
    }
}
