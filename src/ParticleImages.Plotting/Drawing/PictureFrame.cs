namespace ParticleImages.Plotting.Drawing;

/// <summary>What all pictures have in common: the title (empty for none), the size (null for the picture's own), the scale.</summary>
internal sealed record PictureFrame(string Title, (int Width, int Height)? Size, double Scale)
{
    public static PictureFrame Default { get; } = new("", null, 1);

    /// <summary>The height that the title takes.</summary>
    public int TitleHeight => Title.Length > 0 ? (int)PictureStyle.TitleBand : 0;
}
