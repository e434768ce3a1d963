using ParticleImages.Formats;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Cli;

/// <summary>Files of hits, which may hold what images can't: several hits in one pixel.</summary>
internal static class HitInput
{
    /// <summary>The file's hits; null where it holds images, or nothing that could be read.</summary>
    public static HitFile? TryOpen(string path, EventLayout layout)
    {
        try
        {
            return EventFile.FormatOf(path) is ArrowFormat ? HitFile.Open(path, layout) : null;
        }
        catch (EventFormatException)
        {
            return null;
        }
    }
}
