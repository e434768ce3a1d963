using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;

namespace ParticleImages.BrowserKit;

/// <summary>What axe-core finds on a page that keeps somebody from reading it.</summary>
public static class Accessibility
{
    /// <summary>Looks at a page as it is now, with the rules of WCAG 2 (A and AA) and of good practice.</summary>
    /// <returns>A line a finding: the rule, and the elements.</returns>
    public static async Task<IReadOnlyList<string>> FindingsAsync(BrowserPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.EvaluateAsync<JsonNode?>($"{new BundledAxeScriptProvider().GetScript()}; null");
        string[] findings = await page.EvaluateAsync<string[]>("axe.run(document).then(found => found.violations.map(rule => `${rule.id}: ${rule.help}: ${rule.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`))");
        return findings;
    }
}
