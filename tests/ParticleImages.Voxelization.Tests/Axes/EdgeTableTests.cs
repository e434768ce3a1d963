using FsCheck.Xunit;

namespace ParticleImages.Voxelization.Tests;

/// <summary>Bins are found in float32 and must be those that a comparison with the double edges finds.</summary>
[Properties(Arbitrary = [typeof(Seeds)], MaxTest = 1000)]
public sealed class EdgeTableTests
{
    [Property]
    public void Every_time_is_in_the_bin_that_the_double_edges_say(int seed)
    {
        var random = new Random(seed);
        double[] edges = Edges(random);
        var table = new EdgeTable(edges);
        float[] times = [.. Enumerable.Range(0, 100).Select(_ => Time(random, edges))];
        var bins = new int[times.Length];
        table.Locate(times, bins);
        for (int i = 0; i < times.Length; i++)
        {
            int expected = edges.Count(edge => times[i] > edge) - 1;
            Assert.Equal(expected, table.Locate(times[i]));
            Assert.Equal(expected, bins[i]);
        }
    }

    private static double[] Edges(Random random)
    {
        int bins = random.Next(4) == 0 ? random.Next(150, 400) : random.Next(1, 40);
        double start = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4));
        double step = random.NextDouble() * Math.Pow(10, random.Next(-9, 3));
        IEnumerable<double> edges = random.Next(4) switch
        {
            0 => Enumerable.Range(0, bins + 1).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-40, 60))),
            1 => Enumerable.Range(0, bins + 1).Select(k => start + (k * step) + (random.NextDouble() * step)),

            // Closer than float32 can tell: several edges round to one.
            2 => Enumerable.Range(0, bins + 1).Select(k => 1 + (k * 1e-9)),
            _ => Enumerable.Range(0, bins + 1).Select(k => start + (k * step)),
        };
        double[] ascending = [.. edges.Distinct().Order()];
        return ascending.Length > 1 ? ascending : [0, 1];
    }

    private static float Time(Random random, double[] edges)
    {
        float near = (float)edges[random.Next(edges.Length)];
        float time = random.Next(5) switch
        {
            0 => MathF.BitDecrement(near),
            1 => MathF.BitIncrement(near),
            2 => near,
            3 => (float)(edges[0] + ((edges[^1] - edges[0]) * ((random.NextDouble() * 1.2) - 0.1))),
            _ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
        };
        return float.IsFinite(time) ? time : 0;
    }
}
