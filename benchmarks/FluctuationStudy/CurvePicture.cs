using System.Globalization;
using System.Text;
using ParticleImages.Storage;

namespace FluctuationStudy;

/// <summary>Validation loss by epoch, one panel a recipe, one line a training, as SVG.</summary>
internal static class CurvePicture
{
    private const int PanelWidth = 430;
    private const int PanelHeight = 300;
    private const int Left = 64;
    private const int Top = 44;
    private const double Lowest = 0.5;
    private const double Highest = 0.9;

    // Okabe and Ito's colours, which colour-blind readers can tell apart.
    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

    public static void Save(string path, IReadOnlyList<Outcome> outcomes)
    {
        string[] recipes = [.. outcomes.Select(outcome => outcome.Recipe).Distinct()];
        int width = Left + (recipes.Length * (PanelWidth + 24));
        int height = Top + PanelHeight + 56;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"14\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < recipes.Length; i++)
        {
            AppendPanel(svg, Left + (i * (PanelWidth + 24)), recipes[i], [.. outcomes.Where(outcome => outcome.Recipe == recipes[i])], labelled: i == 0);
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"16\" y=\"{Top + (PanelHeight / 2)}\" transform=\"rotate(-90 16 {Top + (PanelHeight / 2)})\" text-anchor=\"middle\">Validation loss (cross-entropy)</text>\n");
        svg.Append("</svg>\n");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(svg.ToString())));
    }

    private static void AppendPanel(StringBuilder svg, int left, string title, Outcome[] outcomes, bool labelled)
    {
        int epochs = outcomes.Max(outcome => outcome.History.Count);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + (PanelWidth / 2)}\" y=\"{Top - 14}\" text-anchor=\"middle\" font-weight=\"bold\">{title}, {outcomes.Length} seeds</text>\n");
        for (int tenth = 5; tenth <= 9; tenth++)
        {
            double y = Y(tenth / 10.0);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{left}\" x2=\"{left + PanelWidth}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"#dddddd\"/>\n");
            if (labelled)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 8}\" y=\"{y + 5:F1}\" text-anchor=\"end\">0.{tenth}</text>\n");
            }
        }

        for (int epoch = 5; epoch <= epochs; epoch += 5)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(left, epoch, epochs):F1}\" y=\"{Top + PanelHeight + 20}\" text-anchor=\"middle\">{epoch}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + (PanelWidth / 2)}\" y=\"{Top + PanelHeight + 42}\" text-anchor=\"middle\">Epoch</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left}\" y=\"{Top}\" width=\"{PanelWidth}\" height=\"{PanelHeight}\" fill=\"none\" stroke=\"black\"/>\n");
        for (int i = 0; i < outcomes.Length; i++)
        {
            string points = string.Join(' ', outcomes[i].History.Select(record => string.Create(
                CultureInfo.InvariantCulture, $"{X(left, record.Epoch, epochs):F1},{Y(record.ValidationLoss!.Value):F1}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Colors[i % Colors.Length]}\" stroke-width=\"1.8\"/>\n");
        }
    }

    private static double X(int left, int epoch, int epochs) => left + 8 + ((PanelWidth - 16) * (epoch - 1.0) / Math.Max(1, epochs - 1));

    // What is higher than the panel is drawn at its edge.
    private static double Y(double loss) => Top + (PanelHeight * (Highest - Math.Clamp(loss, Lowest, Highest)) / (Highest - Lowest));
}
