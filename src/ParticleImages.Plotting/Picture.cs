using ParticleImages.Plotting.Drawing;
using ParticleImages.Storage;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// A picture: an immutable description, begun here by what it shows, finished by <see cref="Save"/>.
/// </summary>
/// <remarks>
/// Needs no display and no installed font: text is set in DejaVu Sans, which the library carries; a character that it lacks is drawn as �. Colours are told apart
/// with any colour vision: lines in M. Okabe and K. Ito's palette (2008), amounts in viridis. Safe to use from several threads.
/// <example><code>Picture.Roc(result.Roc).Title("Electrons against photons").Save("roc.png");</code></example>
/// </remarks>
public abstract partial class Picture
{
    private protected Picture()
    {
    }

    /// <summary>Draws the picture into a file.</summary>
    /// <param name="path">
    /// The file; its ending chooses the format: <c>.png</c> or <c>.svg</c>, for a movie also <c>.gif</c> and for a scene in space
    /// also <c>.html</c>. An existing file is replaced, whole or not at all. In SVG text stays text, which a viewer without DejaVu Sans sets in another font.
    /// </param>
    /// <exception cref="ArgumentException">The ending is none of the picture's formats.</exception>
    /// <exception cref="InvalidOperationException">The size set is too small for what the picture shows.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        PictureFormat format = PictureFormat.Of(this, path);
        AtomicFile.Write(path, stream => format.Write(this, stream));
    }

    /// <summary>What the picture can be written as.</summary>
    internal virtual IReadOnlyList<PictureFormat> Formats => PictureFormat.Still;

    /// <summary>The size of the drawing in its own units, before the scale.</summary>
    internal abstract (int Width, int Height) DrawnSize { get; }

    /// <summary>What a unit of the drawing becomes in the file.</summary>
    internal abstract double DrawnScale { get; }

    /// <summary>Draws on a white canvas of <see cref="DrawnSize"/>.</summary>
    internal abstract void Draw(SKCanvas canvas);
}
