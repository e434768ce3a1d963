namespace ParticleImages.Reports.Page;

/// <summary>A table that is sorted by a click: a caption, columns, and rows whose first cell names them.</summary>
/// <param name="Id">The name that the page knows it by.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">A cell a column.</param>
/// <param name="Marked">How many of the first rows stand out.</param>
internal sealed record ReportTable(string Id, string Caption, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows, int Marked = 0)
{
    // A box of its own height for more, so that what follows is not far below.
    private const int MostRowsAtFullHeight = 15;

    // Such a one gets room, so that it does not become a column of single words.
    private const int LongText = 40;

    // On paper nothing scrolls: many columns are set smaller, and very many broken anywhere.
    private string? Crowd => Columns.Count switch { > 26 => "crowd-4", > 18 => "crowd-3", > 12 => "crowd-2", > 8 => "crowd-1", _ => null };

    public void Write(HtmlText html)
    {
        html.Open(
            "div",
            ("class", Rows.Count > MostRowsAtFullHeight ? "box tall" : "box"),
            ("data-box", Id),
            ("role", "region"),
            ("aria-label", HtmlText.WithoutDirections(Caption)),
            ("tabindex", "0"));
        html.Open("table", ("id", Id), ("class", Crowd)).Open("caption").Element("span", Caption).Close().Open("thead").Open("tr");
        foreach (TableColumn column in Columns)
        {
            html.Open("th", ("scope", "col"), ("class", column.IsNumber ? "number" : null), ("data-kind", column.IsNumber ? "number" : null))
                .Element("button", column.Name, ("type", "button"), ("dir", "auto"))
                .Close();
        }

        html.Close().Close().Line().Open("tbody");
        for (int row = 0; row < Rows.Count; row++)
        {
            html.Open("tr", ("class", row < Marked ? "best" : null));
            for (int place = 0; place < Columns.Count; place++)
            {
                Write(html, Columns[place], Rows[row][place], isName: place == 0);
            }

            html.Close().Line();
        }

        html.Close().Close().Close().Line();
    }

    private static void Write(HtmlText html, TableColumn column, TableCell cell, bool isName) => html.Element(
        isName ? "th" : "td",
        cell.Text,
        ("scope", isName ? "row" : null),
        ("class", column.IsNumber ? "number" : cell.Text.Length > LongText ? "text long" : "text"),
        ("dir", column.IsNumber ? null : "auto"),
        ("data-value", cell.SortValue));
}
