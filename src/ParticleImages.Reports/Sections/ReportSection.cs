using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>A part of a report.</summary>
/// <param name="Id">Its name in the page.</param>
/// <param name="Heading">What it is called.</param>
/// <param name="Applies">Whether a report has what it shows.</param>
/// <param name="Write">Writes what stands below the heading.</param>
internal sealed record ReportSection(string Id, string Heading, Func<ReportContent, bool> Applies, Action<HtmlText, ReportContent> Write);
