namespace ParticleImages.Plotting.Tests;

public class ObjectiveMapTests
{
    [Fact]
    public void Categories_have_the_means_of_their_own_and_none_where_there_is_nothing()
    {
        ObjectiveMap map = ObjectiveMap.Of([(0.25, 0.25, 1), (0.25, 0.25, 2), (0.75, 0.75, 5)], columns: 2, rows: 2);
        Assert.Equal((2, 2), (map.Columns, map.Rows));
        Assert.Equal(1.5, map[0, 0]);
        Assert.Equal(5, map[1, 1]);
        Assert.Null(map[0, 1]);
        Assert.Null(map[1, 0]);
    }

    [Fact]
    public void A_level_landscape_stays_level_and_the_map_ends_where_trials_end()
    {
        ObjectiveMap map = ObjectiveMap.Of([.. Enumerable.Range(0, 100).Select(i => (0.3 * i / 100, 0.5, 0.7))], columns: null, rows: null);
        double[] known = [.. from column in Enumerable.Range(0, map.Columns) from row in Enumerable.Range(0, map.Rows) where map[column, row] is not null select map[column, row]!.Value];
        Assert.InRange(known.Length, map.Columns * map.Rows / 10, map.Columns * map.Rows * 6 / 10);
        Assert.All(known, value => Assert.Equal(0.7, value, 1e-9));
        Assert.Null(map[map.Columns - 1, map.Rows - 1]);
        Assert.NotNull(map[0, map.Rows / 2]);
    }

    [Fact]
    public void The_lowest_place_of_a_bowl_is_found()
    {
        var random = new Random(2);
        ObjectiveMap map = ObjectiveMap.Of(
            [.. Enumerable.Range(0, 500).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).Select(at => (at.X, at.Y, ScanSamples.Bowl(at.X, at.Y)))], columns: null, rows: null);
        (int column, int row) = (from c in Enumerable.Range(0, map.Columns) from r in Enumerable.Range(0, map.Rows) orderby map[c, r] ?? double.PositiveInfinity select (c, r)).First();
        Assert.Equal(0.7, (column + 0.5) / map.Columns, 0.1);
        Assert.Equal(0.3, (row + 0.5) / map.Rows, 0.15);
    }

    [Fact]
    public void Numbers_are_not_smoothed_across_categories()
    {
        ObjectiveMap map = ObjectiveMap.Of([(0.25, 0.5, 1), (0.75, 0.5, 9)], columns: 2, rows: null);
        Assert.Equal(1, map[0, map.Rows / 2]!.Value, 1e-12);
        Assert.Equal(9, map[1, map.Rows / 2]!.Value, 1e-12);
    }
}
