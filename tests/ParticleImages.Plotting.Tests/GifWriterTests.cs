using ParticleImages.Plotting.Drawing;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class GifWriterTests
{
    private static readonly SKColor[] Palette = [.. Enumerable.Range(0, 256).Select(i => new SKColor((byte)i, (byte)(255 - i), (byte)(i * 7)))];

    /// <summary>Noise fills the table of codes again and again; level areas make the longest strings.</summary>
    [Theory]
    [InlineData(1, 1, 256)]
    [InlineData(2, 1, 1)]
    [InlineData(301, 203, 256)]
    [InlineData(301, 203, 1)]
    [InlineData(301, 203, 2)]
    [InlineData(64, 64, 17)]
    public void Another_decoder_reads_the_pixels_that_were_written(int width, int height, int colors)
    {
        var random = new Random(colors);
        byte[][] frames = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(colors)).ToArray())];
        byte[][] read = Read(Write(width, height, frames), width, height);
        Assert.Equal(frames, read);
    }

    /// <summary>Every length of data, so that it ends at each width of codes and each place of a byte and block.</summary>
    [Fact]
    public void Data_of_any_length_ends_right()
    {
        var random = new Random(4);
        for (int width = 1; width < 700; width++)
        {
            byte[] frame = [.. Enumerable.Range(0, width).Select(_ => (byte)random.Next(256))];
            Assert.Equal(frame, Read(Write(width, 1, frame), width, 1)[0]);
        }
    }

    [Fact]
    public void What_does_not_change_is_not_written_again()
    {
        var random = new Random(5);
        byte[] first = [.. Enumerable.Range(0, 200 * 100).Select(_ => (byte)random.Next(256))];
        byte[] second = [.. first];
        second[(50 * 200) + 70]++;
        second[(52 * 200) + 90]++;
        int alone = Write(200, 100, first).Length;
        byte[] file = Write(200, 100, first, second, second);
        Assert.InRange(file.Length, alone + 20, alone + 200);
        Assert.Equal([first, second, second], Read(file, 200, 100));
    }

    private static byte[] Write(int width, int height, params byte[][] frames)
    {
        using var stream = new MemoryStream();
        var writer = new GifWriter(stream, width, height, Palette);
        foreach (byte[] frame in frames)
        {
            writer.Add(frame, hundredths: 5);
        }

        writer.End();
        return stream.ToArray();
    }

    private static byte[][] Read(byte[] file, int width, int height)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data);
        Assert.Equal((width, height), (codec.Info.Width, codec.Info.Height));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul));
        Dictionary<SKColor, byte> indices = Palette.Select((color, i) => (color, i)).ToDictionary(pair => pair.color, pair => (byte)pair.i);
        var frames = new List<byte[]>();
        for (int i = 0; i < Math.Max(codec.FrameCount, 1); i++)
        {
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels(), new SKCodecOptions(i, i - 1)));
            frames.Add([.. bitmap.Pixels.Select(pixel => indices[pixel])]);
        }

        return [.. frames];
    }
}
