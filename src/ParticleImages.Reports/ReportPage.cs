using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;
using ParticleImages.Reports.Sections;

namespace ParticleImages.Reports;

/// <summary>The page of what was read.</summary>
internal static class ReportPage
{
    /// <param name="content">What it shows.</param>
    /// <param name="isLive">Whether it goes on asking for itself. A page that is kept must not.</param>
    public static string Of(ReportContent content, bool isLive = false)
    {
        (string Id, string Heading, Action<HtmlText> Write)[] sections =
        [
            .. ReportSections.All.Where(section => section.Applies(content)).Select(section => (section.Id, section.Heading, (Action<HtmlText>)(html => section.Write(html, content)))),
        ];
        string state = content.Scan is { } scan ? scan.Result.IsRunning ? "running" : "ended" : "waiting";
        return HtmlPage.Write(content.Title, SummarySentence.Of(content), state, isLive ? "" : null, sections);
    }
}
