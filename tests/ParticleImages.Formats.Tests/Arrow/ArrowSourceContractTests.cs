using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>An Arrow file is a source as every other, in each form and compression; three record batches of images.</summary>
public abstract class ArrowSourceContractTests : EventSourceContract, IDisposable
{
    private protected static readonly Dictionary<string, string> NoTexts = [];
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
    // 128 × 128 pixels are 64 images to 8 MiB.
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(130, 128, 128);

    protected override EventSource Open()
    {
        var format = new ArrowFormat();
        format.Save(File, EventSource.FromBatch(Expected), NoTexts, null, default);
        return format.Open(File, EventLayout.Default);
    }
}

public sealed class ArrowZstdImagesContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(20, 128, 256);

    protected override EventSource Open()
    {
        new ArrowFormat(ArrowCompression.Zstd).Save(File, EventSource.FromBatch(Expected), NoTexts, null, default);
        return EventFile.Open(File);
    }
}

public sealed class ArrowHitsContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleHits.Images(600, 128, 128);

    protected override EventSource Open()
    {
        HitFile.Save(EventSource.FromBatch(Expected), File);
        return EventFile.Open(File);
    }
}

public sealed class ArrowLz4HitsContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleHits.Images(60, 8, 6);

    protected override EventSource Open()
    {
        HitFile.Save(EventSource.FromBatch(Expected), File, compression: ArrowCompression.Lz4);
        return EventFile.Open(File);
    }
}
