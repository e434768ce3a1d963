using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// How much of an objective's spread each parameter explains, a bar each, the most important at the top: dark blue its own share, light blue what it shares with others. 800 pixels wide and high enough for
/// its bars unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Importances(ScanResult)"/>. The shares are those of <see cref="ScanResult.Importances"/> (functional analysis of variance by a forest of regression trees); a line below says from how
/// many configurations they come and how much of new ones' spread the forest foretells: where that is little they say little, and the line says so. Of a scan, configurations far beyond the usual on the worse side (Tukey's outer fence), which would outweigh all others, are left out, and the line says how many; of more than 4000 as many are drawn by lot, the same at every call. At most 30 parameters have bars. Immutable; verbs give copies.
/// </remarks>
public sealed class ImportancesPicture : StyledPicture<ImportancesPicture>
{
    private const int MostBars = 30;

    // More would take seconds and show no other bars.
    private const int MostConfigurations = 4000;

    private const float BarBand = 34;
    private const float Top = 48;
    private const float AxisBand = 64;
    private const float NoteBand = 52;
    private const float Bottom = AxisBand + NoteBand;
    private const float ValueRoom = 28;

    // Less than this foretold, and the forest has understood next to nothing.
    private const double Trusted = 0.3;

    private static readonly Color Alone = PictureStyle.LineColors[0];
    private static readonly Color WithOthers = PictureStyle.LineColors[5];

    private readonly ScanResult? scan;
    private readonly int objective;
    private readonly int bars;
    private readonly Lazy<Found> found;

    private ImportancesPicture(ScanResult? scan, int objective, int bars, Lazy<Found> found, PictureFrame frame)
        : base(frame)
    {
        this.scan = scan;
        this.objective = objective;
        this.bars = bars;
        this.found = found;
    }

    private protected override (int Width, int Height) DefaultSize => (800, (int)(PictureStyle.TitleBand + Top + Bottom + (Math.Max(bars, 3) * BarBand)));

    /// <summary>The shares that are drawn; null where there are none to find, and the picture says why. Found once, however often it is asked for and drawn.</summary>
    public ParameterImportances? Shares => found.Value.Shares;

    /// <summary>Sets which of the scan's objectives is explained; the last call wins.</summary>
    /// <param name="metric">The objective's metric, such as <c>val_loss</c>; the first objective is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The scan has no such objective.</exception>
    /// <exception cref="InvalidOperationException">The picture was made of shares, which are those of one metric.</exception>
    public ImportancesPicture Objective(string metric) => scan is { } known
        ? For(known, known.ObjectiveNumber(metric), Frame)
        : throw new InvalidOperationException($"The picture was made of the importances for '{Shares!.Metric}'. Make one of the scan, or of the importances for '{metric}'.");

    internal static ImportancesPicture Of(ScanResult scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return For(scan, 0, PictureFrame.Default);
    }

    internal static ImportancesPicture Of(ParameterImportances importances)
    {
        ArgumentNullException.ThrowIfNull(importances);
        return new ImportancesPicture(null, 0, Math.Min(importances.Parameters.Count, MostBars), new(new Found(importances, "", 0, "")), PictureFrame.Default);
    }

    private protected override ImportancesPicture With(PictureFrame frame) => new(scan, objective, bars, found, frame);

    private static ImportancesPicture For(ScanResult scan, int objective, PictureFrame frame) =>
        new(scan, objective, Math.Min(scan.Space.Parameters.Count, MostBars), new(() => Find(scan, objective)), frame);

    // Too few trials are no misuse: the picture says so.
    private static Found Find(ScanResult scan, int objective)
    {
        // A few that went astray would be all that there is to explain.
        bool isLessBetter = scan.Objectives[objective].Direction == ObjectiveDirection.Minimize;
        RobustRange? range = RobustRange.Of(scan.Configurations.Select(ValueOf), keepsLow: isLessBetter, keepsHigh: !isLessBetter);
        ConfigurationResult[] usual = [.. scan.Configurations.Where(result => ValueOf(result) >= range?.Low && ValueOf(result) <= range.High)];

        // By lot: each so many-th of a grid would have one value of its last parameter.
        HashSet<int> chosen = [.. usual.Select(result => result.Proposal).OrderBy(proposal => SplitMix64.Mix(0, (ulong)proposal)).Take(MostConfigurations)];
        try
        {
            return new Found(
                scan.Importances(objective, keep: trial => chosen.Contains(trial.Proposal)), "", scan.Configurations.Count - usual.Length, chosen.Count < usual.Length ? $" of {PictureStyle.Count(usual.Length)}" : "");
        }
        catch (InvalidOperationException problem)
        {
            return new Found(null, problem.Message, 0, "");
        }

        double ValueOf(ConfigurationResult result) => result.Values[objective].Value;
    }

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        (ParameterImportances? shares, string notice, int leftOut, string all) = found.Value;
        if (shares is null)
        {
            PictureNotice.Draw(canvas, notice, area);
            return;
        }

        ParameterImportance[] shown = [.. shares.Parameters.Take(MostBars)];
        float nameWidth = Math.Clamp(shown.Max(parameter => PictureText.WidthOf(parameter.Parameter, PictureStyle.TickSize)), 60, area.Width * 0.35f);
        var inner = new PixelRect(area.Left + nameWidth + 32, area.Right - ValueRoom, area.Bottom - Bottom, area.Top + Top);
        if (inner.Height < shown.Length * 14 || inner.Width < 80)
        {
            throw new InvalidOperationException(
                $"{shown.Length} bars need a picture of at least {nameWidth + 32 + ValueRoom + 80:F0} × {PictureStyle.TitleBand + Top + Bottom + (shown.Length * 14):F0} pixels. Set a larger size.");
        }

        DrawScale(canvas, inner, shares);
        DrawBars(canvas, inner, shown, nameWidth);
        LineLegend.Draw(
            canvas,
            new PixelRect(inner.Left, area.Right - 12, inner.Top - 12, area.Top),
            [LineLegend.Entry.OfArea("alone", Alone), LineLegend.Entry.OfArea("only together with others", WithOthers)]);
        string more = shares.Parameters.Count > MostBars ? $"; {shares.Parameters.Count - MostBars} parameters more, below {Percent(shown[^1].Total)}" : "";
        string left = leftOut > 0 ? $" without {leftOut} far worse" : "";
        string trust = double.IsNaN(shares.Explained) ? "nobody knows how well" : $"a forest foretells {Percent(Math.Max(0, shares.Explained))} of their spread{(shares.Explained < Trusted ? ": too little to trust the shares" : "")}";
        PictureNotice.Draw(canvas, $"{PictureStyle.Count(shares.Count)}{all} configurations{left}; {trust}{more}", new PixelRect(area.Left, area.Right, area.Bottom - 4, area.Bottom - NoteBand), PictureStyle.TickSize);
    }

    private static void DrawScale(SKCanvas canvas, PixelRect inner, ParameterImportances shares)
    {
        using Plot plot = PictureStyle.NewPlot($"Share of the spread of {PictureText.Cut(shares.Metric, inner.Width - 240, PictureStyle.LabelSize)}", "");
        plot.Axes.SetLimits(0, Reach(shares.Parameters), 0, 1);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        ScottPlot.TickGenerators.NumericAutomatic ticks = PictureStyle.Ticks();
        ticks.LabelFormatter = share => share <= 1 + 1e-9 ? Percent(share) : "";
        plot.Axes.Bottom.TickGenerator = ticks;
        PictureStyle.Render(plot, canvas, new PixelRect(inner.Left - 1, inner.Right + 1, inner.Bottom + AxisBand, inner.Top), new PixelPadding(1, 1, AxisBand, 0));
    }

    private static void DrawBars(SKCanvas canvas, PixelRect inner, ParameterImportance[] shown, float nameWidth)
    {
        double reach = Reach(shown);
        float band = inner.Height / shown.Length;
        using var paint = new SKPaint();
        for (int i = 0; i < shown.Length; i++)
        {
            float y = inner.Top + ((i + 0.5f) * band), half = Math.Min(0.35f * band, 14);
            float alone = inner.Left + (float)(shown[i].Alone / reach * inner.Width), total = inner.Left + (float)(shown[i].Total / reach * inner.Width);
            paint.Color = WithOthers.ToSKColor();
            canvas.DrawRect(new SKRect(inner.Left, y - half, total, y + half), paint);
            paint.Color = Alone.ToSKColor();
            canvas.DrawRect(new SKRect(inner.Left, y - half, alone, y + half), paint);
            float size = Math.Min(PictureStyle.TickSize, band);
            PictureText.At(canvas, PictureText.Cut(shown[i].Parameter, nameWidth, size), inner.Left - 10, y, size, SKTextAlign.Right);
            PictureText.At(canvas, Percent(shown[i].Total), total + 6, y, size, SKTextAlign.Left);
        }
    }

    private static double Reach(IReadOnlyList<ParameterImportance> parameters) => Math.Max(0.05, 1.13 * parameters.Max(parameter => parameter.Total));

    private static string Percent(double share) => share is > 0 and < 0.0095 ? $"{ShortNumber.Of(Math.Round(100 * share, 1))} %" : $"{PictureStyle.Number(Math.Round(100 * share))} %";

    /// <summary>The shares, or why there are none, how many configurations were left out, and of how many the others were chosen.</summary>
    private sealed record Found(ParameterImportances? Shares, string Notice, int LeftOut, string All);
}
