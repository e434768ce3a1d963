using ParticleImages.Plotting;
using ParticleImages.Reports.Contents;

namespace ParticleImages.Reports.Figures;

/// <summary>A picture in a report.</summary>
/// <param name="Id">Its name in the page.</param>
/// <param name="Heading">What it is called.</param>
/// <param name="Applies">Whether a report has what it shows.</param>
/// <param name="Describe">What it shows, in words, for those who do not see it.</param>
/// <param name="Draw">The picture.</param>
internal sealed record Figure(string Id, string Heading, Func<ReportContent, bool> Applies, Func<ReportContent, string> Describe, Func<ReportContent, Picture> Draw);
