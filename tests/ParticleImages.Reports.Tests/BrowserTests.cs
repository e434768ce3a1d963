using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ParticleImages.BrowserKit;

namespace ParticleImages.Reports.Tests;

/// <summary>Reports in a real browser, opened from a file as people open them.</summary>
public sealed class BrowserTests(BrowserPages pages) : IClassFixture<BrowserPages>
{
    public static TheoryData<string> Pages => ["training", "scan", "evil", "notice"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_complains_of_nothing_asks_for_nothing_can_be_read_by_everybody_and_looks_as_it_did(string name)
    {
        foreach (bool isDark in new[] { false, true })
        {
            BrowserPage page = await pages.OpenAsync(name, isDark: isDark);
            PageStructure.AssertIsAsItWas($"{name}-desk", await PageStructure.OfAsync(page));
            await BrowserPages.KeepAsync(page, $"{name}-{(isDark ? "dark" : "light")}");

            Assert.Empty(page.Complaints);
            Assert.Single(page.Requests, address => !address.StartsWith("data:", StringComparison.Ordinal));
            Assert.StartsWith("file://", page.Requests.First(), StringComparison.Ordinal);
            Assert.Empty(await Accessibility.FindingsAsync(page));
            Assert.True(await page.EvaluateAsync<bool>("[...document.images].every(image => image.complete && image.naturalWidth > 0 && image.alt.length > 20)"));
            Assert.Equal(isDark, await page.EvaluateAsync<bool>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).every(part => part < 64)"));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task On_a_telephone_nothing_stands_beyond_the_edge_and_all_stands_where_it_did(string name)
    {
        BrowserPage page = await pages.OpenAsync(name, width: 360);
        await BrowserPages.KeepAsync(page, $"{name}-phone");
        PageStructure.AssertIsAsItWas($"{name}-phone", await PageStructure.OfAsync(page));

        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('h1, h2, h3, p, li, dd, figure, .box, .picture')]
              .filter(part => part.className !== 'unseen' && part.getBoundingClientRect().right > 360.5).map(part => part.outerHTML.slice(0, 80))
            """));
    }

    [Fact]
    public async Task A_page_is_printed_whole()
    {
        BrowserPage page = await pages.OpenAsync("scan");

        byte[] paper = await page.PrintAsync();

        await BrowserPages.KeepAsync("scan.pdf", paper);
        Assert.StartsWith("%PDF", Encoding.ASCII.GetString(paper, 0, 8), StringComparison.Ordinal);
        Assert.InRange(Encoding.Latin1.GetString(paper).Split("/Type /Page\n").Length - 1, 2, 30);
        string[] tables = [.. (await PaperText.OfAsync(paper)).Where(text => Regex.IsMatch(text, @"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d.*20\d\d-\d\d-\d\d", RegexOptions.Singleline))];
        Assert.True(PaperText.Program is null || tables.Length > 1);
        Assert.All(tables, text => Assert.Contains("filters_2", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_paper_no_table_is_cut_and_nothing_is_there_that_wants_a_click()
    {
        // As wide as a sheet between its margins: 182 mm upright, 269 mm on its side.
        BrowserPage page = await pages.OpenAsync("evil", width: 688);
        await page.PrintMediaAsync();
        await BrowserPages.KeepAsync(page, "evil-paper");
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('section:not(.sheet) :is(table, figure img)')].filter(part => part.getBoundingClientRect().right > 688.5).map(part => part.id || part.alt)"));

        await page.ResizeAsync(1017, 688);
        await BrowserPages.KeepAsync(page, "evil-sheet");
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.sheet table')].filter(part => part.getBoundingClientRect().right > 1017.5).map(part => part.id)"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('nav, .skip, .live')].filter(part => getComputedStyle(part).display !== 'none').map(part => part.outerHTML)"));
        await Click(page, "all-trials", "trial");
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('th button')].map(part => getComputedStyle(part, '::after').content).filter(content => content !== 'none')"));
    }

    [Fact]
    public async Task On_paper_the_layers_of_a_network_can_be_read()
    {
        BrowserPage page = await pages.OpenAsync("training", width: 688);
        await page.PrintMediaAsync();

        // As large as it was drawn, or as a page has room for.
        Assert.True(await page.EvaluateAsync<bool>("(image => image.width > 680 || image.height >= Math.min(image.naturalHeight, 700))(document.querySelector('#diagram img'))"));
    }

    [Fact]
    public async Task A_table_is_sorted_by_a_click_numbers_as_numbers_and_what_is_missing_last()
    {
        BrowserPage page = await pages.OpenAsync("scan");

        foreach ((string column, bool isNumber) in new[] { ("val_loss", true), ("filters_2", true), ("activation", false), ("trial", true), ("begun (UTC)", true) })
        {
            foreach (string direction in new[] { "ascending", "descending" })
            {
                await Click(page, "all-trials", column);

                Assert.Equal(direction, await page.EvaluateAsync<string>($"{Head("all-trials", column)}.getAttribute('aria-sort')"));
                Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('#all-trials [aria-sort]').length"));
                AssertSorted(await Column(page, "all-trials", column), isNumber, direction == "descending");
            }
        }

        Assert.Equal("Sorted by begun (UTC), descending", await page.EvaluateAsync<string>("document.getElementById('said').textContent"));
    }

    [Fact]
    public async Task A_table_is_sorted_by_the_keyboard_too()
    {
        BrowserPage page = await pages.OpenAsync("scan");

        Assert.Equal("BUTTON", await page.EvaluateAsync<string>($"{Head("all-trials", "trial")}.firstElementChild.focus(), document.activeElement.tagName"));
        await page.PressAsync("Enter");

        AssertSorted(await Column(page, "all-trials", "trial"), isNumber: true, isDescending: false);
    }

    [Fact]
    public async Task Names_that_would_be_html_are_names_and_run_nothing()
    {
        BrowserPage page = await pages.OpenAsync("evil");

        string text = await page.EvaluateAsync<string>("document.body.textContent");
        Assert.Contains("<script>alert(1)</script>", text, StringComparison.Ordinal);
        Assert.Contains("it's ]]> --> </table>", text, StringComparison.Ordinal);
        Assert.Equal(1, await page.EvaluateAsync<int>("document.scripts.length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('[onerror], img:not([src^=\"data:\"])').length"));

        // Even a script that had come in would not run.
        Assert.Equal("no", await page.EvaluateAsync<string>("(() => { window.ran = 'no'; const script = document.createElement('script'); script.textContent = 'window.ran = \"yes\"'; document.body.append(script); return window.ran; })()"));
        Assert.NotEmpty(page.Complaints);
    }

    private static string Head(string table, string column) => $"[...document.querySelectorAll('#{table} th')].find(head => head.textContent === {JsonSerializer.Serialize(column)})";

    private static Task<bool> Click(BrowserPage page, string table, string column) => page.EvaluateAsync<bool>($"({Head(table, column)}.firstElementChild.click(), true)");

    private static async Task<(string Text, string? Value)[]> Column(BrowserPage page, string table, string column)
    {
        string[][] cells = await page.EvaluateAsync<string[][]>($"(place => [...document.querySelector('#{table}').tBodies[0].rows].map(row => [row.cells[place].textContent, row.cells[place].dataset.value ?? row.cells[place].textContent]))({Head(table, column)}.cellIndex)");
        return [.. cells.Select(cell => (cell[0], cell[1] is "" ? null : cell[1]))];
    }

    private static void AssertSorted((string Text, string? Value)[] cells, bool isNumber, bool isDescending)
    {
        string[] there = [.. cells.Select(cell => cell.Value).OfType<string>()];
        Assert.True(there.Length > 10);
        Assert.All(cells[there.Length..], cell => Assert.Null(cell.Value));
        IEnumerable<string> sorted = isNumber
            ? there.OrderBy(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))
            : there.Order(StringComparer.Ordinal);
        Assert.Equal(isDescending ? sorted.Reverse() : sorted, there);
    }
}
