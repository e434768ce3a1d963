namespace ParticleImages.Search.Tests;

public sealed class HaltonSequenceTests
{
    /// <summary>Of b^k points in a row from the first on each of the b^k cells of the dimension with base b has one.</summary>
    [Fact]
    public void Every_axis_is_filled_evenly()
    {
        SearchSpace space = SearchSpace.Of([.. Enumerable.Range(0, 4).Select(i => Parameter.Real($"x{i}", 0, 1))]);
        TrialHistory history = ScriptedScan.Play(SearchStrategy.Halton(343).Method, space, 343, _ => 0, seed: 9);

        foreach ((int axis, int cells) in new[] { (0, 256), (1, 243), (2, 125), (3, 343) })
        {
            Assert.Equal(cells, history.Trials.Take(cells).Select(trial => (int)(trial.Configuration[$"x{axis}"].AsNumber() * cells)).Distinct().Count());
        }
    }

    /// <summary>A pair of axes with large bases, where Halton's sequence as it is lies on lines: the share of points in a corner is its area.</summary>
    [Fact]
    public void So_are_pairs_of_late_axes()
    {
        SearchSpace space = SearchSpace.Of([.. Enumerable.Range(0, 30).Select(i => Parameter.Real($"x{i}", 0, 1))]);
        TrialHistory history = ScriptedScan.Play(SearchStrategy.Halton(400).Method, space, 400, _ => 0, seed: 9);

        int inCorner = history.Trials.Count(trial => trial.Configuration["x28"].AsNumber() < 0.5 && trial.Configuration["x29"].AsNumber() < 0.5);
        Assert.InRange(inCorner, 80, 120);
    }
}
