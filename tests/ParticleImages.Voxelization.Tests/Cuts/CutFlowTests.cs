using FsCheck.Xunit;

namespace ParticleImages.Voxelization.Tests;

[Properties(Arbitrary = [typeof(Seeds)])]
public sealed class CutFlowTests
{
    // Two photons and an electron: energies 1, 2, 3 at times 0, 5, −5; nothing; 4 at time 0.5 in a corner.
    private static readonly HitEvents Hits = new(
        new ImageShape(4, 4), [0, 3, 3, 4], [5, 6, 10, 0], [1, 2, 3, 4], [0, 5, -5, 0.5f], [0, 0, 1]);

    [Fact]
    public void Every_cut_has_a_row_a_class_with_what_it_leaves()
    {
        CutFlow flow = Voxelizer.Over(TimeAxis.FromEdges(0, 1)).KeepEnergyAbove(1).KeepTimeWithin(5.5).Crop(2).CountCuts(Hits);
        Assert.Equal(
            [
                new CutFlowRow("all", 0, 2, 3, 6), new CutFlowRow("all", 1, 1, 1, 4),
                new CutFlowRow("hits", 0, 1, 3, 6), new CutFlowRow("hits", 1, 1, 1, 4),
                new CutFlowRow("energy > 1", 0, 1, 2, 5), new CutFlowRow("energy > 1", 1, 1, 1, 4),
                new CutFlowRow("|time| < 5.5", 0, 1, 2, 5), new CutFlowRow("|time| < 5.5", 1, 1, 1, 4),
                new CutFlowRow("central 2 × 2", 0, 1, 2, 5), new CutFlowRow("central 2 × 2", 1, 0, 0, 0),
                new CutFlowRow("1 time bin", 0, 0, 0, 0), new CutFlowRow("1 time bin", 1, 0, 0, 0),
            ],
            flow.Rows);
    }

    [Fact]
    public void The_table_can_be_in_GeV_and_ns()
    {
        CutFlow flow = Voxelizer.Over(TimeAxis.FromEdges(0, 1)).KeepEnergyAbove(1).KeepTimeWithin(5.5).CountCuts(Hits);
        CutFlow units = flow.InUnits(gigaelectronvolts: 50, nanoseconds: 10);
        Assert.Equal(["all", "hits", "energy > 50 GeV", "|time| < 55 ns", "1 time bin"], units.Rows.Select(row => row.Cut).Distinct());
        Assert.Equal(flow.Rows.Select(row => (row.Events, row.Hits, 50 * row.Energy)), units.Rows.Select(row => (row.Events, row.Hits, row.Energy)));
        Assert.Equal("energy > 2 GeV", units.InUnits(2, 1).Rows[4].Cut);
        Assert.Throws<ArgumentOutOfRangeException>("gigaelectronvolts", () => flow.InUnits(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("nanoseconds", () => flow.InUnits(1, 0));
    }

    [Fact]
    public void Cuts_that_are_not_set_have_no_row()
    {
        CutFlow flow = Voxelizer.Over(TimeAxis.FromEdges(-9, 9)).CountCuts(Hits);
        Assert.Equal(["all", "hits", "1 time bin"], flow.Rows.Select(row => row.Cut).Distinct());
        Assert.Equal(flow.Rows[0].Hits, flow.Rows[^2].Hits);
    }

    [Fact]
    public void The_table_can_be_read_by_people_and_by_programs()
    {
        CutFlow flow = Voxelizer.Over(TimeAxis.FromEdges(-9, 9)).KeepEnergyAbove(1).CountCuts(Hits);
        Assert.Equal(
            """
            cut         photons: events         hits       energy  electrons: events         hits       energy
            all                       2            3            6                  1            1            4
            hits             1 (50.0 %)  3 (100.0 %)  6 (100.0 %)        1 (100.0 %)  1 (100.0 %)  4 (100.0 %)
            energy > 1      1 (100.0 %)   2 (66.7 %)   5 (83.3 %)        1 (100.0 %)  1 (100.0 %)  4 (100.0 %)
            1 time bin      1 (100.0 %)  2 (100.0 %)  5 (100.0 %)        1 (100.0 %)  1 (100.0 %)  4 (100.0 %)
            """.ReplaceLineEndings("\n"),
            flow.ToString());
        Assert.StartsWith("cut,label,events,hits,energy\nall,0,2,3,6\nall,1,1,1,4\nhits,0,1,3,6\n", flow.ToCsv(), StringComparison.Ordinal);
    }

    [Property]
    public void The_last_row_counts_what_the_voxels_hold(int seed)
    {
        var input = new RandomCase(seed);
        HitEvents hits = HitEvents.From(input.Batch);
        foreach (Voxelizer voxelizer in new[] { input.Full, input.Documented, input.Notebook })
        {
            CutFlow flow = voxelizer.CountCuts(hits);
            using EventSource source = EventSource.FromBatch(input.Batch);
            Assert.Equal(flow.Rows, voxelizer.CountCuts(source, TestContext.Current.CancellationToken).Rows);
            SparseVoxels kept = voxelizer.Project(VoxelProjection.None).WithChannels(VoxelChannel.Energy).ScaleEnergy().BinSparse(hits);
            for (int label = 0; label < 2; label++)
            {
                int[] events = [.. Enumerable.Range(0, hits.Count).Where(index => hits.Labels[index] == label)];
                CutFlowRow last = flow.Rows[^(2 - label)];
                Assert.Equal(events.Length, flow.Rows[label].Events);
                Assert.Equal(events.Sum(index => (long)hits[index].Count), flow.Rows[label].Hits);
                Assert.Equal(events.Count(index => kept[index].Count > 0), last.Events);
                Assert.Equal(events.Sum(index => (long)kept[index].Count), last.Hits);
                Assert.Equal(events.Sum(index => kept[index].Values.ToArray().Sum(value => (double)value)), last.Energy, 1e-6 * Math.Abs(last.Energy));
            }
        }
    }

    [Property]
    public void No_cut_leaves_more_than_the_one_before(int seed)
    {
        var input = new RandomCase(seed);
        IReadOnlyList<CutFlowRow> rows = input.Full.CountCuts(HitEvents.From(input.Batch)).Rows;
        for (int i = 2; i < rows.Count; i++)
        {
            Assert.InRange(rows[i].Hits, 0, rows[i - 2].Hits);
            Assert.InRange(rows[i].Events, 0, rows[i - 2].Events);
        }
    }
}
