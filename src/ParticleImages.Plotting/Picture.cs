using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ParticleImages.Storage;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// A picture: an immutable description, begun here by what it shows, finished by <see cref="Save"/>.
/// </summary>
/// <remarks>
/// Needs no display and no installed font: text is set in DejaVu Sans, which the library carries. Colours are told apart
/// with any colour vision: lines in M. Okabe and K. Ito's palette (2008), amounts in viridis. Safe to use from several threads.
/// <example><code>Picture.Roc(result.Roc).Title("Electrons against photons").Save("roc.png");</code></example>
/// </remarks>
public abstract class Picture
{
    private protected Picture()
    {
    }

    /// <summary>A ROC curve: signal efficiency against background efficiency, with its area.</summary>
    /// <param name="curve">The curve; <see cref="RocPicture.Compare"/> adds others.</param>
    /// <param name="name">What the legend calls it; empty, the default, leaves the area alone there.</param>
    /// <returns>The description of the picture.</returns>
    public static RocPicture Roc(RocCurve curve, string name = "") => RocPicture.Of(curve, name);

    /// <summary>The course of a training: loss, accuracy and area by epoch, training beside validation.</summary>
    /// <param name="history">At least one epoch.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The history has no epoch.</exception>
    public static HistoryPicture History(TrainingHistory history) => HistoryPicture.Of(history);

    /// <summary>Calorimeter images: a row an event, photons first, energy on the left and time on the right.</summary>
    /// <param name="events">Where the events are.</param>
    /// <param name="indices">
    /// Which events, from 0, at most <see cref="EventsPicture.MostEvents"/>; none stands for the first three of each class.
    /// </param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The batch is empty, or too many events are asked for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public static EventsPicture Events(EventBatch events, params ReadOnlySpan<int> indices) =>
        EventsPicture.Of(events, indices);

    /// <summary>Draws the picture into a file.</summary>
    /// <param name="path">
    /// The file; its ending chooses the format: <c>.png</c> or <c>.svg</c>. An existing file is replaced, whole or not at all.
    /// In SVG text stays text, which a viewer without DejaVu Sans sets in another font.
    /// </param>
    /// <exception cref="ArgumentException">The ending is neither .png nor .svg.</exception>
    /// <exception cref="InvalidOperationException">The size set is too small for what the picture shows.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        PictureFormat format = PictureFormat.Of(path);
        AtomicFile.Write(path, stream => format.Write(this, stream));
    }

    /// <summary>The size of the drawing in its own units, before the scale.</summary>
    internal abstract (int Width, int Height) DrawnSize { get; }

    /// <summary>What a unit of the drawing becomes in the file.</summary>
    internal abstract double DrawnScale { get; }

    /// <summary>Draws on a white canvas of <see cref="DrawnSize"/>.</summary>
    internal abstract void Draw(SKCanvas canvas);
}
