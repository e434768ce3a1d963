using System.Buffers;
using System.Text;

namespace ParticleImages.Formats;

/// <summary>What every format asks of the texts that are kept with a file, before anything is written.</summary>
internal static class AttributeTexts
{
    /// <summary>Checks names and texts.</summary>
    /// <param name="attributes">The texts by their names.</param>
    /// <param name="isTaken">Whether a name is one that the format uses itself; null where it uses none.</param>
    /// <param name="taken">What messages say of such a name.</param>
    /// <exception cref="ArgumentException">There is no name or no text, one holds what not every format keeps, or a name is taken.</exception>
    public static void Check(IReadOnlyDictionary<string, string> attributes, Func<string, bool>? isTaken = null, string taken = "")
    {
        foreach ((string name, string? text) in attributes)
        {
            if (string.IsNullOrEmpty(name) || text is null)
            {
                throw new ArgumentException($"The attribute '{name}' has no name or no text. Give it both, or leave it out.", nameof(attributes));
            }

            if (!IsKept(name) || !IsKept(text))
            {
                throw new ArgumentException(
                    $"The attribute '{name}' holds a zero character or half a surrogate pair, in its name or its text, which would not come back from every format. "
                    + "Leave it out.",
                    nameof(attributes));
            }

            if (isTaken?.Invoke(name) == true)
            {
                throw new ArgumentException($"The attribute '{name}' has a name that {taken}. Choose another.", nameof(attributes));
            }
        }
    }

    // HDF5 ends texts at a zero character, and UTF-8, in which all formats keep them, has no halves.
    private static bool IsKept(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] == '\0' || Rune.DecodeFromUtf16(text, out _, out int length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
