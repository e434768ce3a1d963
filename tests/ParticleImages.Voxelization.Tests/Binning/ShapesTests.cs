namespace ParticleImages.Voxelization.Tests;

/// <summary>Images of any size, and detectors whose third axis is depth.</summary>
public sealed class ShapesTests
{
    [Theory]
    [InlineData(51, 51, 0.01)]
    [InlineData(125, 125, 0.01)]
    [InlineData(125, 125, 1)]
    [InlineData(256, 256, 0.01)]
    [InlineData(1, 7, 1)]
    [InlineData(300, 2, 0.5)]
    public void Images_of_any_size_become_what_plain_loops_make(int height, int width, double fullness)
    {
        var shape = new ImageShape(height, width);
        EventBatch batch = Random(shape, fullness, seed: height);
        foreach (bool isCumulative in new[] { true, false })
        {
            Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, 5)).KeepEnergyAbove(0.005).KeepTimeWithin(0.09);
            voxelizer = isCumulative ? voxelizer.Cumulative() : voxelizer;
            VoxelGrid grid = voxelizer.Bin(batch);
            Assert.Equal(new VoxelShape(5, height, width), grid.Shape);
            for (int index = 0; index < batch.Count; index++)
            {
                for (int frame = 0; frame < 5; frame++)
                {
                    for (int row = 0; row < height; row++)
                    {
                        for (int column = 0; column < width; column++)
                        {
                            (float energy, float time) = (batch.Energy(index, row, column), batch.Time(index, row, column));
                            bool isKept = energy > 0.005f && Math.Abs(time) < 0.09f;
                            bool isHere = time <= voxelizer.Axis.Edges[frame + 1] && (isCumulative || time > voxelizer.Axis.Edges[frame]);
                            if (grid[index, frame, row, column] != (isKept && isHere ? energy : 0))
                            {
                                Assert.Fail($"Event {index}, frame {frame}, row {row}, column {column}.");
                            }
                        }
                    }
                }
            }

            Assert.True(Bits.Same(grid.Voxels, voxelizer.BinSparse(HitEvents.From(batch)).ToDense().Voxels));
        }
    }

    [Theory]
    [InlineData(LayerOrder.First)]
    [InlineData(LayerOrder.Last)]
    public void Layers_stand_in_times_place(LayerOrder order)
    {
        const int Layers = 25;
        var shape = new ImageShape(51, 51);
        float[] cells = Cells(shape, Layers, seed: 2);
        float[] stored = order == LayerOrder.First ? cells : LayersLast(cells, shape, Layers);
        HitEvents hits = HitEvents.FromLayers(shape, Layers, stored, [1], order);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Layers(Layers)).KeepEnergyAbove(0.005);
        Assert.Equal(new VoxelShape(25, 51, 51), voxelizer.OutputShape(shape));

        // Unbinned: the voxels are the cells themselves, after the cut.
        Assert.True(Bits.Same([.. cells.Select(energy => energy > 0.005f ? energy : 0)], voxelizer.Bin(hits).Voxels));
        Assert.True(Bits.Same(voxelizer.Bin(hits).Voxels, voxelizer.BinSparse(hits).ToDense().Voxels));
        Assert.Equal([1], hits.Labels.ToArray());

        // Lingering, a frame holds what its layer and those before it saw.
        VoxelGrid sums = voxelizer.Cumulative().Bin(hits);
        double sum = 0;
        for (int layer = 0; layer < Layers; layer++)
        {
            float cell = cells[(((layer * 51) + 25) * 51) + 25];
            sum += cell > 0.005f ? cell : 0;
            Assert.Equal((float)sum, sums[0, layer, 25, 25]);
        }
    }

    [Fact]
    public void A_crop_and_a_projection_of_layers_go_the_same_way()
    {
        var shape = new ImageShape(51, 51);
        HitEvents hits = HitEvents.FromLayers(shape, 25, Cells(shape, 25, seed: 4), [0]);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Layers(25)).Crop(10);
        VoxelGrid voxels = voxelizer.Bin(hits);
        VoxelGrid seen = voxelizer.Project(VoxelProjection.XY).Bin(hits);
        Assert.Equal(new VoxelShape(1, 10, 10), seen.Shape);
        double sum = 0;
        for (int layer = 0; layer < 25; layer++)
        {
            sum += voxels[0, layer, 3, 4];
        }

        Assert.Equal((float)sum, seen[0, 0, 3, 4]);
    }

    [Fact]
    public void Arrays_that_are_no_layers_are_refused()
    {
        var shape = new ImageShape(2, 2);
        Assert.Throws<ArgumentException>("energies", () => HitEvents.FromLayers(shape, 3, new float[11], [0]));
        Assert.Throws<ArgumentException>("energies", () => HitEvents.FromLayers(shape, 65536, new float[4], [0]));
        Assert.Throws<ArgumentOutOfRangeException>("layers", () => HitEvents.FromLayers(shape, 0, [], [0]));
        Assert.Throws<ArgumentOutOfRangeException>("layers", () => HitEvents.FromLayers(shape, 65537, [], [0]));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => HitEvents.FromLayers(shape, 1, new float[4], [0], (LayerOrder)2));
        Assert.Throws<ArgumentException>("shape", () => HitEvents.FromLayers(default, 1, [], [0]));
        Assert.Throws<ArgumentException>("labels", () => HitEvents.FromLayers(shape, 1, new float[4], [2]));
    }

    private static EventBatch Random(ImageShape shape, double fullness, int seed)
    {
        var random = new Random(seed);
        var images = new float[2 * shape.Values];
        for (int i = 0; i < images.Length; i += 2)
        {
            images[i] = random.NextDouble() < fullness ? random.NextSingle() : 0;
            images[i + 1] = (random.NextSingle() - 0.5f) / 4;
        }

        return new EventBatch(shape, images, [0, 1]);
    }

    private static float[] Cells(ImageShape shape, int layers, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, layers * shape.Pixels).Select(_ => random.Next(10) == 0 ? random.NextSingle() : 0)];
    }

    private static float[] LayersLast(float[] cells, ImageShape shape, int layers)
    {
        var turned = new float[cells.Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            turned[(cell % shape.Pixels * layers) + (cell / shape.Pixels)] = cells[cell];
        }

        return turned;
    }
}
