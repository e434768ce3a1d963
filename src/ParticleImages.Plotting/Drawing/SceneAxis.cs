namespace ParticleImages.Plotting.Drawing;

/// <summary>An axis of a scene: its name, where it begins and ends, and the numbers along it.</summary>
internal sealed record SceneAxis(string Name, double Low, double High, IReadOnlyList<double> Ticks)
{
    /// <summary>An axis with some four to six round numbers.</summary>
    public static SceneAxis Around(string name, double low, double high)
    {
        double rough = (high - low) / 5;
        double decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1.0, 2, 5, 10 }.First(factor => factor * decade >= rough) * decade;
        double first = Math.Ceiling(low / step), last = Math.Floor(high / step);
        return new SceneAxis(name, low, high, [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, 12))]);
    }

    /// <summary>A place on the axis in the scene, from −½ to ½.</summary>
    public float PlaceOf(double value) => (float)(((value - Low) / (High - Low)) - 0.5);
}
