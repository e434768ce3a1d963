using ParticleImages.Evaluation;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>How a training went: its pictures and its epochs.</summary>
internal static class CourseSection
{
    public static void Write(HtmlText html, ReportContent content)
    {
        if (content.Training is null)
        {
            html.Element("p", FormattableString.Invariant($"Of the best trial, number {content.Scan!.Result.Best!.Number}."));
        }

        FigureList.Write(html, TrainingFigures.Course, content);
        Epochs(TrainingFigures.HistoryOf(content)!).Write(html);
    }

    private static ReportTable Epochs(TrainingHistory history)
    {
        string[] names = [.. history[0].Named().Select(field => field.Name)];

        // A column that no epoch has would be empty.
        int[] there = [.. Enumerable.Range(0, names.Length).Where(place => history.Any(epoch => epoch.Named()[place].Value is not null))];
        return new ReportTable(
            "epochs",
            "Epochs",
            [.. there.Select(place => new TableColumn(names[place], IsNumber: true))],
            [.. history.Select(epoch => (IReadOnlyList<TableCell>)[.. there.Select(place => TableCell.Of(epoch.Named()[place].Value))])]);
    }
}
