using ParticleImages.Formats.Hdf5;

namespace ParticleImages.Formats.Tests.Hdf5;

/// <summary>An HDF5 file is a source as every other; two chunks of images and a rest.</summary>
public sealed class Hdf5SourceContractTests : EventSourceContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override EventBatch Expected { get; } = ExampleEvents.Batch(600, 8, 6);

    public void Dispose() => folder.Dispose();

    protected override EventSource Open()
    {
        var format = new Hdf5Format();
        format.Save(folder["events.hdf5"], EventSource.FromBatch(Expected), new Dictionary<string, string>(), null, default);
        return format.Open(folder["events.hdf5"], EventLayout.Default);
    }
}
