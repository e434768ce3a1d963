using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>A few numbers that are looked for first, large.</summary>
internal static class KeyNumbers
{
    public static void Write(HtmlText html, params IEnumerable<(string Name, string Value)> numbers)
    {
        html.Open("dl", ("class", "key"));
        foreach ((string name, string value) in numbers)
        {
            html.Open("div").Element("dt", name, ("dir", "auto")).Element("dd", value, ("dir", "auto")).Close();
        }

        html.Close().Line();
    }
}
