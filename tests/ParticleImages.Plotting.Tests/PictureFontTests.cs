using System.Diagnostics;
using ParticleImages.Plotting.Drawing;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class PictureFontTests
{
    // Names the folder that the child process of the test below draws into.
    private const string ChildFolder = "PARTICLE_IMAGES_TEST_CHILD_FOLDER";

    [Fact]
    public void The_font_carried_has_the_glyphs_of_the_field()
    {
        Assert.Equal("DejaVu Sans", PictureFont.Registered.Typeface.FamilyName);
        Assert.True(PictureFont.Registered.Typeface.ContainsGlyphs("iη iφ ± γ e⁻ μ π − × ≥ √ σ ε ν θ ∞ 0123456789"));
    }

    [Fact]
    public void ScottPlot_finds_the_font_carried_in_any_weight_and_slant()
    {
        SKTypeface carried = PictureFont.Registered.Typeface;
        Assert.Same(carried, ScottPlot.Fonts.GetTypeface(PictureFont.Name, bold: false, italic: false));
        Assert.Same(carried, ScottPlot.Fonts.GetTypeface(PictureFont.Name, bold: true, italic: true));
    }

    [Theory]
    [InlineData("γ ± e⁻", "γ ± e⁻")]
    [InlineData("a 😀 🎉 漢字", "a 😀 � ��")]
    [InlineData("two\r\nlines\tand a \u0001", "two  lines and a  ")]
    [InlineData("שלום عربي", "שלום عربي")]
    [InlineData("", "")]
    public void What_the_font_lacks_becomes_a_mark_that_it_has(string text, string expected)
    {
        Assert.Equal(expected, PictureText.Settable(text));
        Assert.True(PictureFont.Registered.Typeface.ContainsGlyphs(PictureText.Settable(text)));
    }

    [Fact]
    public void Half_a_pair_of_surrogates_becomes_a_mark() => Assert.Equal("half � a pair", PictureText.Settable("half \uD83D a pair"));

    [Fact]
    public void No_character_of_a_title_or_legend_vanishes_from_a_picture()
    {
        using var folder = new TemporaryFolder();
        Picture.Roc(Samples.Curve, "漢字").Title("a 🎉 b").Save(folder["names.svg"]);
        string svg = File.ReadAllText(folder["names.svg"]);
        Assert.Contains("a � b", svg, StringComparison.Ordinal);
        Assert.Contains("��", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void No_character_of_an_axis_vanishes_from_a_plot()
    {
        using ScottPlot.Plot plot = PictureStyle.NewPlot("漢 (GeV)", "b");
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([0, 1], ["字", "x"]);
        plot.Add.Text("漢", 0, 0);
        plot.Axes.SetLimits(-1, 2, -1, 2);
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, 300, 300), stream))
        {
            PictureStyle.Draw(plot, canvas, new ScottPlot.PixelRect(0, 300, 300, 0), new ScottPlot.PixelPadding(60, 20, 60, 20));
        }

        string svg = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("� (GeV)", svg, StringComparison.Ordinal);
        Assert.Equal(3, svg.Count(character => character == '�'));
    }

    [Fact]
    public void The_fonts_licence_stands_beside_it()
    {
        string folder = Path.Combine(TestFiles.RepositoryFolder, "src", "ParticleImages.Plotting", "Fonts");
        string licence = File.ReadAllText(Path.Combine(folder, "DejaVuSans.LICENSE.txt"));
        Assert.Contains("Bitstream", licence, StringComparison.Ordinal);
        Assert.Contains("Tavmjong Bah", licence, StringComparison.Ordinal);
        Assert.Contains("Permission is hereby granted", licence, StringComparison.Ordinal);
    }

    /// <summary>
    /// Runs itself again in a process of its own that finds no font: fontconfig's configuration is empty and, where Linux
    /// lets a user have a mount namespace, so is /usr/share/fonts, which Skia's build without fontconfig reads.
    /// </summary>
    [Fact]
    public void Pictures_are_the_same_to_the_byte_where_no_font_is_installed()
    {
        if (Environment.GetEnvironmentVariable(ChildFolder) is { } childFolder)
        {
            SaveAll(childFolder);
            return;
        }

        using var folder = new TemporaryFolder();
        string expected = Directory.CreateDirectory(folder["here"]).FullName;
        string found = Directory.CreateDirectory(folder["child"]).FullName;
        string empty = Directory.CreateDirectory(folder["empty"]).FullName;
        File.WriteAllText(folder["fonts.conf"], "<fontconfig></fontconfig>");
        SaveAll(expected);
        bool isHidden = CanHideFonts(empty);
        RunAgain(isHidden, empty, found, folder["fonts.conf"]);

        foreach (string name in Samples.All.Keys)
        {
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(expected, name + ".png")), File.ReadAllBytes(Path.Combine(found, name + ".png")));
        }

        if (isHidden)
        {
            // Skia always names one family, the nameless one without glyphs.
            Assert.InRange(int.Parse(File.ReadAllText(Path.Combine(found, "families.txt"))), 0, 1);
        }
    }

    private static void SaveAll(string folder)
    {
        foreach ((string name, Picture picture) in Samples.All)
        {
            picture.Save(Path.Combine(folder, name + ".png"));
        }

        File.WriteAllText(Path.Combine(folder, "families.txt"), SKFontManager.Default.FontFamilies.Count().ToString());
    }

    private static bool CanHideFonts(string empty)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare") || !Directory.Exists("/usr/share/fonts"))
        {
            return false;
        }

        using Process probe = Process.Start(Hiding(empty, "true"))!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }

    private static ProcessStartInfo Hiding(string empty, params IEnumerable<string> command) => new(
        "/usr/bin/unshare",
        [
            "--user", "--map-root-user", "--mount", "sh", "-c",
            "mount --bind \"$0\" /usr/share/fonts && exec \"$@\"", empty, .. command,
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static void RunAgain(bool isHidden, string empty, string output, string fontconfig)
    {
        string program = Environment.ProcessPath!;
        string assembly = typeof(PictureFontTests).Assembly.Location;
        string method = $"{typeof(PictureFontTests).FullName}.{nameof(Pictures_are_the_same_to_the_byte_where_no_font_is_installed)}";
        string[] command = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, assembly, "-method", method]
            : [program, "-method", method];
        ProcessStartInfo start = isHidden
            ? Hiding(empty, command)
            : new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[ChildFolder] = output;
        start.Environment["FONTCONFIG_FILE"] = fontconfig;
        using Process child = Process.Start(start)!;
        Task<string> error = child.StandardError.ReadToEndAsync();
        string text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, text + error.Result);
    }
}
