using System.Text;
using System.Xml;
using System.Xml.Linq;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>How a picture becomes a file; the file's ending chooses among the formats that the picture has.</summary>
internal sealed record PictureFormat(string Extension, Action<Picture, Stream> Write)
{
    // Over the gallery two fifths of the time of filtered lines packed a level tighter, and fewer bytes: lines of one colour repeat as they are.
    private static readonly SKPngEncoderOptions Packing = new(SKPngEncoderFilterFlags.None, 3);

    /// <summary>What every picture can be written as.</summary>
    public static IReadOnlyList<PictureFormat> Still { get; } = [new(".png", WritePng), new(".svg", WriteSvg)];

    /// <exception cref="ArgumentException">The picture has no format of this ending.</exception>
    public static PictureFormat Of(Picture picture, string path)
    {
        string extension = Path.GetExtension(path);
        return picture.Formats.FirstOrDefault(format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"'{path}' {(extension.Length == 0 ? "has no ending" : $"ends in '{extension}'")}. This picture is written as "
                + $"{Listed(picture.Formats)}: end the name in one of them.",
                nameof(path));
    }

    private static string Listed(IReadOnlyList<PictureFormat> formats) =>
        $"{string.Join(", ", formats.SkipLast(1).Select(format => format.Extension))} or {formats[^1].Extension}";

    private static void WritePng(Picture picture, Stream stream)
    {
        (int width, int height) = SizeOf(picture);

        // The paper hides what is behind: without a share of transparency there is a quarter less to write.
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKImageInfo.PlatformColorType, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException(
                $"There is no memory for a picture of {width} × {height} pixels. Make it smaller: Size, Scale.");
        Draw(picture, surface.Canvas, width, height);
        using SKPixmap pixels = surface.PeekPixels()!;
        using SKData data = pixels.Encode(Packing)!;
        data.SaveTo(stream);
    }

    private static void WriteSvg(Picture picture, Stream stream)
    {
        (int width, int height) = SizeOf(picture);
        using var drawn = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), drawn))
        {
            Draw(picture, canvas, width, height);
        }

        drawn.Position = 0;
        XDocument document = XDocument.Load(drawn, LoadOptions.PreserveWhitespace);

        // With it a viewer that gives the picture less room shows all of it, smaller, and not its corner.
        document.Root!.SetAttributeValue("viewBox", $"0 0 {width} {height}");
        NumberClips(document);
        NameFonts(document);
        KeepEdges(document);
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineHandling = NewLineHandling.None,
        });
        document.Save(writer);
    }

    // Letters have their places; where DejaVu Sans is not installed, its sister Verdana fills them, or at least no serifs do.
    private static void NameFonts(XDocument document)
    {
        foreach (XAttribute font in document.Descendants().Attributes("font-family"))
        {
            font.Value = $"{font.Value}, Verdana, sans-serif";
        }
    }

    // Or a viewer that shows the picture at another size would let the paper through between cells that touch.
    private static void KeepEdges(XDocument document)
    {
        foreach (XElement rectangle in document.Descendants().Where(element => element.Name.LocalName == "rect"))
        {
            rectangle.SetAttributeValue("shape-rendering", "crispEdges");
        }
    }

    // Skia numbers clips through the whole process; numbered anew in each file, the same picture is the same file.
    private static void NumberClips(XDocument document)
    {
        var numbers = new Dictionary<string, string>();
        foreach (XAttribute attribute in document.Descendants().Attributes())
        {
            if (attribute.Name == "id")
            {
                numbers[$"url(#{attribute.Value})"] = $"url(#clip-{numbers.Count})";
                attribute.Value = $"clip-{numbers.Count - 1}";
            }
            else if (attribute.Name == "clip-path")
            {
                attribute.Value = numbers[attribute.Value];
            }
        }
    }

    private static void Draw(Picture picture, SKCanvas canvas, int width, int height)
    {
        using var paper = new SKPaint { Color = SKColors.White };
        canvas.DrawRect(0, 0, width, height, paper);
        canvas.Scale((float)picture.DrawnScale);
        picture.Draw(canvas);
    }

    private static (int Width, int Height) SizeOf(Picture picture) =>
        ((int)Math.Round(picture.DrawnSize.Width * picture.DrawnScale),
        (int)Math.Round(picture.DrawnSize.Height * picture.DrawnScale));
}
