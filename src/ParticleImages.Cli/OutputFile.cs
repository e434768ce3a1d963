namespace ParticleImages.Cli;

/// <summary>The file that a verb writes, checked before anything is read.</summary>
internal static class OutputFile
{
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

        return inputs.FirstOrDefault(path => RealPath.Of(path) == RealPath.Of(target)) is { } input
            ? throw new UsageException($"--out '{target}' is the input {input} itself, which would be lost. Name another file.")
            : target;
    }
}
