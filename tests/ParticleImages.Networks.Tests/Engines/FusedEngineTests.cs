using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Engines.Fused;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>The fused engine computes what the network is, with the masks that <see cref="DropoutMask"/> describes.</summary>
public sealed class FusedEngineTests(ITestOutputHelper output)
{
    // Torch sums a convolution's terms in another order for slices of a batch than for all of it.
    private const double Allowance = 4;

    [Theory]
    [InlineData(0, 100, false)]
    [InlineData(100, 200, true)]
    [InlineData(200, 300, true)]
    public void Random_networks_and_events_agree_with_float64(int first, int end, bool drops)
    {
        (int tensors, int exceptions) = (0, 0);
        var offences = new List<string>();
        for (int seed = first; seed < end; seed++)
        {
            var random = new FusedDescriptions(seed, drops);
            using VoxelNetwork network = random.Network.Build(seed);
            using var engine = new FusedEngine(network, threads: 2);
            var agreement = EngineAgreement.Of(network, random.Events, engine, seed, FusedDescriptions.Masks(random.Network, random.Events.Count, (ulong)seed));

            // Its masks are others; so it is compared without.
            using VoxelNetwork plain = Cnn3d.Of(random.Network.Input, [.. random.Network.Layers.Where(layer => layer is not (DropoutLayer or ChannelDropoutLayer))]).Build(seed);
            using var reference = new TorchEngine(plain, random.Events.Count);
            var dense = EngineAgreement.Of(plain, random.Events, reference, seed);
            offences.AddRange(agreement.OffencesByPlace(dense, Allowance).Select(offence => $"{seed}: {offence} of {random.Network}, {random.Events}"));
            (tensors, exceptions) = (tensors + agreement.Tensors, exceptions + agreement.Exceptions);
        }

        output.WriteLine($"{tensors} tensors; {exceptions} beyond the limits, of which {offences.Count} farther than {Allowance} times dense float32");
        offences.ForEach(output.WriteLine);
        Assert.Empty(offences);
    }
}
