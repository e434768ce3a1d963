using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// How parameters (rows) and metrics (columns) go together over finished configurations: a cell a pair, vermilion where one rises with the other and blue where it falls, with the number. As large as its cells want unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Correlations(ScanResult)"/> from <see cref="TrialTable.Correlations"/>: ranks' correlation (Spearman) unless <see cref="Linear"/> asks for Pearson's. Parameters of numbers and truth values
/// have rows; what has names for values has no correlation, and a line below says so. Numbers of pairs that would often look so by chance (p of 0.05 or more for that pair alone) are in parentheses; among twenty pairs without any connection one is without them. An empty cell
/// has no correlation because one of the two is the same in all. At most 40 rows, of more parameters those with the strongest ranks' correlation with the scan's first objective (of a table: with any metric), the strongest first, and 30 columns. Immutable; verbs give copies.
/// </remarks>
public sealed class CorrelationsPicture : StyledPicture<CorrelationsPicture>
{
    private const int MostRows = 40;
    private const int MostColumns = 30;
    private const float CellWidth = 68;
    private const float CellHeight = 34;
    private const float MostNameWidth = 190;
    private const float BarBand = 84;
    private const double Chance = 0.05;

    private readonly TrialTable table;
    private readonly bool isLinear;
    private readonly Lazy<Matrix> matrix;

    private CorrelationsPicture(TrialTable table, bool isLinear, Lazy<Matrix> matrix, PictureFrame frame)
        : base(frame)
    {
        this.table = table;
        this.isLinear = isLinear;
        this.matrix = matrix;
    }

    private protected override (int Width, int Height) DefaultSize => (
        (int)DefaultWidth,
        (int)(PictureStyle.TitleBand + matrix.Value.ColumnNameHeight + (Math.Max(matrix.Value.Parameters.Length, 2) * CellHeight) + BarBand + matrix.Value.NoteBand((int)DefaultWidth) + 24));

    private float DefaultWidth => Math.Max(520, matrix.Value.RowNameWidth + 28 + (matrix.Value.Metrics.Length * CellWidth) + 40);

    /// <summary>Takes Pearson's correlation of the values instead of Spearman's of their ranks: how well a straight line fits.</summary>
    /// <returns>A copy.</returns>
    public CorrelationsPicture Linear() => new(table, true, matrix, Frame);

    internal static CorrelationsPicture Of(TrialTable table, string? objective)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new CorrelationsPicture(table, false, new(() => Matrix.Of(table, objective)), PictureFrame.Default);
    }

    private protected override CorrelationsPicture With(PictureFrame frame) => new(table, isLinear, matrix, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        Matrix found = matrix.Value;
        if (found.Notice.Length > 0)
        {
            PictureNotice.Draw(canvas, found.Notice, area);
            return;
        }

        float noteBand = found.NoteBand(area.Width);
        var cells = new PixelRect(area.Left + found.RowNameWidth + 28, area.Right - 40, area.Bottom - BarBand - noteBand - 12, area.Top + found.ColumnNameHeight + 12);
        float width = Math.Min(cells.Width / found.Metrics.Length, 2 * CellWidth), height = Math.Min(cells.Height / found.Parameters.Length, 2 * CellHeight);
        if (width < 36 || height < 14)
        {
            throw new InvalidOperationException(
                $"{found.Parameters.Length} parameters and {found.Metrics.Length} metrics need a picture of at least {found.RowNameWidth + 68 + (36 * found.Metrics.Length):F0} × "
                + $"{PictureStyle.TitleBand + found.ColumnNameHeight + BarBand + noteBand + 24 + (14 * found.Parameters.Length):F0} pixels. Set a larger size.");
        }

        // In the middle with their names, where they do not take the whole width.
        float left = cells.Left + ((cells.Width - (width * found.Metrics.Length)) / 2);
        cells = new PixelRect(left, left + (width * found.Metrics.Length), cells.Top + (height * found.Parameters.Length), cells.Top);
        ColorScale colors = ColorScale.Symmetric([1]);
        DrawCells(canvas, cells, width, height, colors, found);
        DrawNames(canvas, cells, width, height, found);
        float reach = Math.Max(150, Math.Min(300, cells.Width / 2)), middle = Math.Clamp(cells.HorizontalCenter, area.Left + reach + 30, Math.Max(area.Left + reach + 30, area.Right - reach - 30));
        using Plot bar = colors.Bar(isLinear ? "Correlation (Pearson)" : "Rank correlation (Spearman)");
        PictureStyle.Render(bar, canvas, new PixelRect(middle - reach - 20, middle + reach + 20, cells.Bottom + BarBand + 12, cells.Bottom + 16), new PixelPadding(20, 20, BarBand - 22, 1));
        PictureNotice.Draw(canvas, found.Note, new PixelRect(area.Left, area.Right, cells.Bottom + BarBand + 12 + noteBand, cells.Bottom + BarBand + 12), PictureStyle.TickSize);
    }

    private void DrawCells(SKCanvas canvas, PixelRect cells, float width, float height, ColorScale colors, Matrix found)
    {
        using var paint = new SKPaint();
        for (int row = 0; row < found.Parameters.Length; row++)
        {
            for (int column = 0; column < found.Metrics.Length; column++)
            {
                ParameterCorrelation pair = found[row, column];
                float x = cells.Left + (column * width), y = cells.Top + (row * height);
                if ((isLinear ? pair.Pearson : pair.Spearman) is not { } value)
                {
                    PictureText.At(canvas, "–", x + (width / 2), y + (height / 2), PictureStyle.TickSize, SKTextAlign.Center);
                    continue;
                }

                // A gap of white keeps neighbours apart.
                Color color = colors.ColorOf(value);
                paint.Color = color.ToSKColor();
                canvas.DrawRect(new SKRect(x + 1, y + 1, x + width - 1, y + height - 1), paint);
                bool isChance = (isLinear ? pair.PearsonPValue : pair.SpearmanPValue) is not < Chance;
                string text = TwoDigits(value);
                PictureText.At(canvas, isChance ? $"({text})" : text, x + (width / 2), y + (height / 2), Math.Min(PictureStyle.TickSize, height - 2), SKTextAlign.Center, Contrast.InkOn(color));
            }
        }
    }

    private static void DrawNames(SKCanvas canvas, PixelRect cells, float width, float height, Matrix found)
    {
        float size = Math.Min(PictureStyle.TickSize, height - 1);
        for (int row = 0; row < found.Parameters.Length; row++)
        {
            PictureText.At(canvas, PictureText.Cut(found.Parameters[row], found.RowNameWidth, size), cells.Left - 8, cells.Top + ((row + 0.5f) * height), size, SKTextAlign.Right);
        }

        for (int column = 0; column < found.Metrics.Length; column++)
        {
            canvas.Save();
            canvas.Translate(cells.Left + ((column + 0.5f) * width), cells.Top - 8);
            canvas.RotateDegrees(-90);
            PictureText.At(canvas, PictureText.Cut(found.Metrics[column], MostNameWidth, PictureStyle.TickSize), 0, 0, PictureStyle.TickSize, SKTextAlign.Left);
            canvas.Restore();
        }
    }

    private static string TwoDigits(double value) =>
        Math.Round(value, 2) is 0 ? "0.00" : value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>The correlations as rows and columns.</summary>
    private sealed record Matrix(string[] Parameters, string[] Metrics, Dictionary<(string Parameter, string Metric), ParameterCorrelation> Pairs, string Notice, string Note)
    {
        public float RowNameWidth => Math.Min(MostNameWidth, Parameters.Select(name => PictureText.WidthOf(name, PictureStyle.TickSize)).DefaultIfEmpty(60).Max() + 2);

        public float ColumnNameHeight => Math.Min(MostNameWidth, Metrics.Select(name => PictureText.WidthOf(name, PictureStyle.TickSize)).DefaultIfEmpty(60).Max() + 2);

        public float NoteBand(float width) => PictureNotice.Lines(Note, width, PictureStyle.TickSize).Count * PictureNotice.LineHeight;

        public ParameterCorrelation this[int row, int column] => Pairs[(Parameters[row], Metrics[column])];

        public static Matrix Of(TrialTable table, string? objective)
        {
            IReadOnlyList<ParameterCorrelation> all = table.Correlations();
            string[] parameters = [.. all.Select(pair => pair.Parameter).Distinct()];
            string[] metrics = [.. all.Select(pair => pair.Metric).Distinct()];
            string[] names = [.. table.Columns.Where(column => column.Role == TrialColumnRole.Parameter && !parameters.Contains(column.Name)).Select(column => column.Name)];
            int most = all.Select(pair => pair.Count).DefaultIfEmpty(0).Max();
            string? judge = Array.Find(metrics, metric => metric == objective);
            string notice = all.Count == 0
                ? table.Columns.Any(column => column.Role == TrialColumnRole.Metric) ? "There is no parameter of numbers or truth values that could go together with a metric." : "No trial has come to a metric yet."
                : most < 2 ? $"{(most == 0 ? "No" : "One")} configuration has finished; a correlation wants two or more." : "";
            string note = $"{PictureStyle.Count(most)} configurations; in parentheses what chance alone often does (p\u00A0≥\u00A0{ShortNumber.Of(Chance)})"
                + (names.Length > 0 ? $"; without numbers: {string.Join(", ", names)}" : "")
                + (parameters.Length > MostRows ? $"; of {parameters.Length} parameters the {MostRows} with the strongest ranks' correlation with {judge ?? "any metric"}" : "")
                + (metrics.Length > MostColumns ? $"; {metrics.Length - MostColumns} metrics more" : "");
            return new Matrix(parameters.Length > MostRows ? Strongest(all, judge) : parameters, [.. metrics.Take(MostColumns)], all.ToDictionary(pair => (pair.Parameter, pair.Metric)), notice, note);
        }

        private static string[] Strongest(IReadOnlyList<ParameterCorrelation> all, string? metric) =>
        [
            .. all.Where(pair => metric is null || pair.Metric == metric)
                .GroupBy(pair => pair.Parameter)
                .OrderByDescending(pairs => pairs.Max(pair => Math.Abs(pair.Spearman ?? 0)))
                .Take(MostRows)
                .Select(pairs => pairs.Key),
        ];
    }
}
