using System.Net;
using System.Text;
using System.Text.Json;
using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Hits in space and time as a page to turn and to zoom, drawn by plotly.js, which is part of the page: it works without a network.</summary>
internal static class SpaceTimePage
{
    private const int ColorStops = 33;

    // The scene's edge, in the unit of plotly's views, that fills a window as high as wide beside its colour bar.
    private const string Zoom = "1.15";

    // Without the buttons and the address that would send the data to plotly's server.
    private const string Configuration =
        """{ responsive: true, displaylogo: false, plotlyServerURL: "", modeBarButtons: [["toImage", "zoom3d", "pan3d", "orbitRotation", "tableRotation", "resetCameraDefault3d"]] }""";

    // Whatever stands in the page or its script, no request leaves the machine.
    private const string Policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

    private static readonly Lazy<string> Script = new(ReadScript);

    /// <summary>Writes the page.</summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <param name="title">The page's title and heading.</param>
    /// <param name="description">What is to be seen, in words, for those who can't see it too.</param>
    /// <param name="hits">The hits.</param>
    /// <param name="axes">iφ, iη and time.</param>
    /// <param name="scale">The colours of energies; null where there are no hits.</param>
    public static void Write(
        Stream stream, string title, string description, IReadOnlyList<SpaceTimeHit> hits, SceneAxis[] axes, ColorScale? scale)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        string heading = WebUtility.HtmlEncode(title), words = WebUtility.HtmlEncode(description);
        writer.Write(
            $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{{Policy}}">
            <title>{{heading}}</title>
            <style>
            html { color-scheme: light; }
            body { margin: 0; height: 100vh; display: flex; flex-direction: column; background: #fff; color: #202020; font: 16px/1.4 "DejaVu Sans", Verdana, sans-serif; }
            h1 { margin: 16px 24px 0; font-size: 20px; font-weight: normal; }
            p { margin: 4px 24px 0; font-size: 14px; color: #505050; }
            #scene { flex: 1; min-height: 320px; }
            </style>
            </head>
            <body>
            <h1>{{heading}}</h1>
            <p>{{words}}</p>
            <div id="scene" role="img" aria-label="{{words}}"></div>
            <script>
            {{Script.Value}}
            </script>
            <script>
            const figure = {{Figure(hits, axes, scale)}};
            const place = document.getElementById("scene");
            const bar = figure.data[0].marker.colorbar;
            const beside = bar && { orientation: "v", x: 1.02, xanchor: "left", y: 0.5, yanchor: "middle", title: { text: bar.title.text, side: "right" } };
            const below = bar && { orientation: "h", x: 0.5, xanchor: "center", y: 0, yanchor: "bottom", title: { text: bar.title.text, side: "bottom" } };
            function fit() {
              const isNarrow = place.clientWidth < 600;
              const zoom = {{Zoom}} * Math.min(1, (place.clientWidth - (isNarrow ? 20 : 150)) / place.clientHeight);
              Object.assign(figure.layout.scene, { aspectratio: { x: zoom, y: zoom, z: zoom }, domain: { x: [0, 1], y: [isNarrow && bar ? 0.16 : 0, 1] } });
              if (bar) Object.assign(bar, isNarrow ? below : beside);
              Plotly.react(place, figure.data, figure.layout, {{Configuration}});
            }
            fit();
            window.addEventListener("resize", fit);
            </script>
            </body>
            </html>

            """.ReplaceLineEndings("\n"));
    }

    // The serializer writes < as \u003C, so that no name can end the script.
    private static string Figure(IReadOnlyList<SpaceTimeHit> hits, SceneAxis[] axes, ColorScale? scale) => JsonSerializer.Serialize(new
    {
        data = new object[]
        {
            new
            {
                type = "scatter3d",
                mode = "markers",
                x = hits.Select(hit => hit.Column),
                y = hits.Select(hit => hit.Row),
                z = hits.Select(hit => hit.Time),
                customdata = hits.Select(hit => hit.Energy),
                hovertemplate = "iφ %{x}, iη %{y}<br>%{z:.3f} ns<br>%{customdata:.4g} GeV<extra></extra>",
                marker = new
                {
                    size = hits.Select(hit => Math.Round(4 + (14 * scale!.ShareOf(hit.Energy)), 2)),
                    color = hits.Select(hit => Math.Log10(hit.Energy)),
                    cmin = scale is null ? 0 : Math.Log10(scale.Range.Low),
                    cmax = scale is null ? 1 : Math.Log10(scale.Range.High),
                    colorscale = scale is null ? [] : Stops(scale),
                    opacity = 1,
                    line = new { color = "#ffffff", width = 1 },
                    showscale = scale is not null,
                    colorbar = scale is null ? null : Bar(scale),
                },
            },
        },
        layout = new
        {
            font = new { family = "\"DejaVu Sans\", Verdana, sans-serif", size = 13, color = "#202020" },
            margin = new { l = 0, r = 0, t = 0, b = 0 },
            paper_bgcolor = "#ffffff",
            scene = new
            {
                aspectmode = "manual",
                camera = new { eye = new { x = 1.6, y = -1.5, z = 0.9 }, projection = new { type = "orthographic" } },
                xaxis = Axis(axes[0]),
                yaxis = Axis(axes[1]),
                zaxis = Axis(axes[2]),
            },
        },
    });

    private static object Axis(SceneAxis axis) => new
    {
        title = new { text = axis.Name },
        range = new[] { axis.Low, axis.High },

        // A number in the corner would stand on that of another axis.
        tickvals = axis.Ticks.Where(tick => axis.PlaceOf(tick) > -0.49),
        gridcolor = "#d8d8d8",
        zeroline = false,
        showspikes = false,
    };

    private static object[][] Stops(ColorScale scale) =>
    [
        .. Enumerable.Range(0, ColorStops).Select(i => (double)i / (ColorStops - 1)).Select(share => new object[]
        {
            share,
            scale.ColorAt(share).ToHex(),
        }),
    ];

    private static object Bar(ColorScale scale)
    {
        (double low, double high) = (Math.Log10(scale.Range.Low), Math.Log10(scale.Range.High));
        Tick[] ticks = [.. DecadeTicks.Of(low, high).Where(tick => tick.IsMajor)];
        return new
        {
            title = new { text = "Energy (GeV)", side = "right" },
            tickvals = ticks.Select(tick => tick.Position),
            ticktext = ticks.Select(tick => tick.Label),
            len = 0.7,
            thickness = 18,
        };
    }

    private static string ReadScript()
    {
        using Stream stream = typeof(SpaceTimePage).Assembly.GetManifestResourceStream("plotly-gl3d.min.js")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
