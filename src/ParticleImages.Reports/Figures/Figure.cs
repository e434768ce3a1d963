using ParticleImages.Plotting;
using ParticleImages.Reports.Contents;

namespace ParticleImages.Reports.Figures;

/// <summary>A picture in a report.</summary>
/// <param name="Id">Its name in the page.</param>
/// <param name="Heading">What it is called.</param>
/// <param name="From">What of a report it shows: it is drawn again where one of these is another object. Null where the report has not got it.</param>
/// <param name="Describe">What it shows, in words, for those who do not see it.</param>
/// <param name="Draw">The picture.</param>
internal sealed record Figure(string Id, string Heading, Func<ReportContent, object[]?> From, Func<ReportContent, string> Describe, Func<ReportContent, Picture> Draw)
{
    public bool Applies(ReportContent content) => From(content) is not null;
}
