namespace ParticleImages.Networks.Tests.Prediction;

public class OcclusionTests
{
    [Fact]
    public void An_effect_is_the_change_of_the_logit_without_the_hit()
    {
        using EventSource source = ToyEvents.Make(6, seed: 2);
        EventBatch events = source.Read(0, 6);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 3);
        for (int i = 0; i < events.Count; i++)
        {
            Occlusion occlusion = Occlusion.Of(network, ToyEvents.Voxelizer, events, i);
            double whole = LogitOf(network, events.Image(i), -1);
            Assert.Equal(whole, occlusion.Logit, 1e-4);
            Assert.Equal(events.Labels[i] == ParticleLabel.Electron ? 2 : 1, occlusion.Hits.Count);
            Assert.All(occlusion.Hits, hit =>
            {
                int pixel = (hit.Row * 32) + hit.Column;
                Assert.Equal(events.Energy(i, hit.Row, hit.Column), hit.Energy);
                Assert.Equal(events.Time(i, hit.Row, hit.Column), hit.Time);
                Assert.Equal(whole - LogitOf(network, events.Image(i), pixel), hit.Effect, 1e-4);
            });
        }
    }

    [Fact]
    public void Hits_that_are_cut_away_are_not_there()
    {
        var image = new float[ImageShape.Crop32.Values];
        Put(16, 16, 1f, 0.01f);
        Put(16, 17, 0.004f, 0.01f);
        Put(16, 15, 1f, 0.2f);
        Put(1, 1, 1f, 0.01f);
        Put(16, 14, 1f, float.NaN);
        var events = new EventBatch(ImageShape.Crop32, image, [ParticleLabel.Photon]);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 3);
        OccludedHit hit = Assert.Single(Occlusion.Of(network, ToyEvents.Voxelizer, events, 0).Hits);
        Assert.Equal((16, 16), (hit.Row, hit.Column));

        void Put(int row, int column, float energy, float time) =>
            (image[2 * ((32 * row) + column)], image[(2 * ((32 * row) + column)) + 1]) = (energy, time);
    }

    [Fact]
    public void An_event_without_hits_has_an_answer_and_no_effects()
    {
        using EventSource empty = ToyEvents.OfOneClass(1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 3);
        Occlusion occlusion = Occlusion.Of(network, ToyEvents.Voxelizer, empty.Read(0, 1), 0);
        Assert.Empty(occlusion.Hits);
        Assert.Equal(ParticleLabel.Photon, occlusion.Label);
        Assert.InRange(occlusion.Probability, 0, 1);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        using EventSource source = ToyEvents.Make(2, seed: 2);
        EventBatch events = source.Read(0, 2);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 3);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Occlusion.Of(network, ToyEvents.Voxelizer, events, 2));
        Assert.Throws<ArgumentException>("voxelizer", () => Occlusion.Of(network, ToyEvents.Voxelizer.Crop(16), events, 0));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Occlusion.Of(network, ToyEvents.Voxelizer, events, 0, stopped.Token));
    }

    private static double LogitOf(VoxelNetwork network, ReadOnlySpan<float> image, int without)
    {
        float[] copy = image.ToArray();
        if (without >= 0)
        {
            copy.AsSpan(2 * without, 2).Clear();
        }

        double probability = network.Predict(ToyEvents.Voxelizer.Bin(new EventBatch(ImageShape.Crop32, copy, [0])))[0];
        return Math.Log(probability / (1 - probability));
    }
}
