using Apache.Arrow.Ipc;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>An Arrow file is a source as every other, in each form and compression.</summary>
public abstract class ArrowSourceContractTests : EventSourceContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected string File => folder["events.arrow"];

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class ArrowImagesContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(12);

    protected override EventSource Open()
    {
        EventFile.Save(EventSource.FromBatch(Expected), File);
        return EventFile.Open(File);
    }
}

public sealed class ArrowImagesInBatchesContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(12);

    protected override EventSource Open()
    {
        OtherWriter.WriteImages(File, Expected, [5, 0, 1, 6], CompressionCodecType.Zstd);
        return new ArrowFormat().Open(File, EventLayout.Default);
    }
}

public sealed class ArrowHitsContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleHits.Images(12);

    protected override EventSource Open()
    {
        HitFile.Save(EventSource.FromBatch(Expected), File);
        return EventFile.Open(File);
    }
}

public sealed class ArrowHitsInBatchesContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleHits.Images(12);

    protected override EventSource Open()
    {
        OtherWriter.WriteHits(File, HitEvents.From(Expected), [5, 0, 1, 6], compression: CompressionCodecType.Lz4Frame);
        return EventFile.Open(File);
    }
}
