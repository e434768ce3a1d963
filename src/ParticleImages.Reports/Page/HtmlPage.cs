using System.Security.Cryptography;
using System.Text;

namespace ParticleImages.Reports.Page;

/// <summary>The page around the sections: head, contents, style and script. It holds all it needs, and allows itself nothing else.</summary>
internal static class HtmlPage
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <param name="title">The heading.</param>
    /// <param name="summary">The sentence below it.</param>
    /// <param name="state">For a live page: running, ended or waiting.</param>
    /// <param name="tag">For a live page: what its contents are known by; null for one that stands for itself.</param>
    /// <param name="sections">Ids and headings, and what writes each.</param>
    public static string Write(string title, string summary, string state, string? tag, IReadOnlyList<(string Id, string Heading, Action<HtmlText> Write)> sections)
    {
        var html = new HtmlText();
        html.Empty("!doctype html").Line().Open("html", ("lang", "en"), ("data-live", tag)).Open("head").Line();
        html.Empty("meta", ("charset", "utf-8")).Line();
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy(isLive: tag is not null))).Line();
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        html.Empty("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        html.Empty("meta", ("name", "referrer"), ("content", "no-referrer")).Line();
        html.Empty("link", ("rel", "icon"), ("href", "data:,")).Line();
        html.Element("title", HtmlText.WithoutDirections(title)).Line();
        html.Own("style", Style).Line().Close().Open("body").Line();
        html.Element("a", "Skip to the contents", ("class", "skip"), ("href", "#contents")).Line();
        if (tag is not null)
        {
            html.Element("p", "Live.", ("id", "live"), ("class", "live"), ("role", "status")).Line();
        }

        html.Open("header", ("id", "top")).Element("h1", title, ("dir", "auto")).Element("p", summary, ("dir", "auto")).Close().Line();
        WriteContents(html, sections);
        html.Open("main", ("id", "contents"), ("tabindex", "-1"), ("data-state", tag is null ? null : state)).Line();
        foreach ((string id, string heading, Action<HtmlText> write) in sections)
        {
            html.Open("section", ("id", id), ("class", id == "trials" ? "sheet" : null), ("aria-labelledby", $"{id}-heading"))
                .Element("h2", heading, ("id", $"{id}-heading")).Line();
            write(html);
            html.Close().Line();
        }

        html.Close().Line();
        html.Open("footer").Element("p", "Written by ParticleImages. Everything is in this file.").Close().Line();
        html.Element("p", "", ("id", "said"), ("class", "unseen"), ("role", "status")).Line();
        return html.Own("script", Script).Line().Close().Close().Line().ToString();
    }

    /// <summary>What the page may load: pictures within it, its own style and script, and, live, itself again.</summary>
    public static string Policy(bool isLive) =>
        $"default-src 'none'; img-src data:; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; {(isLive ? "connect-src 'self'; " : "")}base-uri 'none'; form-action 'none'";

    private static void WriteContents(HtmlText html, IReadOnlyList<(string Id, string Heading, Action<HtmlText> Write)> sections)
    {
        html.Open("nav", ("id", "places"), ("aria-label", "Sections")).Open("ul");
        foreach ((string id, string heading, _) in sections)
        {
            html.Open("li").Element("a", heading, ("href", $"#{id}")).Close();
        }

        html.Close().Close().Line();
    }

    private static string Hash(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);

        // A browser reads line ends of any kind as one, and hashes what it read.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
