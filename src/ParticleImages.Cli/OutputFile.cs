namespace ParticleImages.Cli;

/// <summary>The file that a verb writes, checked before anything is read.</summary>
internal static class OutputFile
{
    // Where a name in other letters may be the same file, it is taken for it: nothing is lost by that but a name.
    private static readonly StringComparison Names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <param name="target">The path that was given to --out.</param>
    /// <param name="inputs">What the verb reads.</param>
    /// <param name="extensions">How its name may end.</param>
    /// <exception cref="UsageException">It ends otherwise, or is an input.</exception>
    public static string Require(string target, IEnumerable<string> inputs, params string[] extensions)
    {
        if (!extensions.Any(extension => target.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UsageException($"--out '{target}' does not end in {string.Join(" or ", extensions)}, which is what is written. Name it so.");
        }

        return inputs.FirstOrDefault(path => RealPath.Of(path).Equals(RealPath.Of(target), Names)) is { } input
            ? throw new UsageException($"--out '{target}' is the input {input} itself, which would be lost. Name another file.")
            : target;
    }
}
