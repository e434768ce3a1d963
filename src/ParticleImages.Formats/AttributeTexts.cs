namespace ParticleImages.Formats;

/// <summary>What every format asks of the texts that are kept with a file, before anything is written.</summary>
internal static class AttributeTexts
{
    /// <summary>Checks names and texts.</summary>
    /// <param name="attributes">The texts by their names.</param>
    /// <param name="isTaken">Whether a name is one that the format can't keep or uses itself.</param>
    /// <param name="taken">What messages say of such a name, for example <c>holds a zero character</c>.</param>
    /// <exception cref="ArgumentException">There is no name or no text, or a name is taken.</exception>
    public static void Check(IReadOnlyDictionary<string, string> attributes, Func<string, bool> isTaken, string taken)
    {
        foreach ((string name, string? text) in attributes)
        {
            if (string.IsNullOrEmpty(name) || text is null)
            {
                throw new ArgumentException($"The attribute '{name}' has no name or no text. Give it both, or leave it out.", nameof(attributes));
            }

            if (isTaken(name))
            {
                throw new ArgumentException($"The attribute '{name}' has a name that {taken}. Choose another.", nameof(attributes));
            }
        }
    }
}
