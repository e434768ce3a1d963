using Apache.Arrow.Ipc;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>An Arrow file is a source as every other, in each form and compression.</summary>
public abstract class ArrowSourceContractTests : EventSourceContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The file, which is written once: while it is mapped nobody may write to it.</summary>
    protected string File(Action<string> write)
    {
        if (!System.IO.File.Exists(folder["events.arrow"]))
        {
            write(folder["events.arrow"]);
        }

        return folder["events.arrow"];
    }

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class ArrowImagesContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(12);

    protected override EventSource Open() => EventFile.Open(File(path => EventFile.Save(EventSource.FromBatch(Expected), path)));
}

public sealed class ArrowImagesInBatchesContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(12);

    protected override EventSource Open() =>
        new ArrowFormat().Open(File(path => OtherWriter.WriteImages(path, Expected, [5, 0, 1, 6], CompressionCodecType.Zstd)), EventLayout.Default);
}

public sealed class ArrowHitsContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleHits.Images(12);

    protected override EventSource Open() => EventFile.Open(File(path => HitFile.Save(EventSource.FromBatch(Expected), path)));
}

public sealed class ArrowHitsInBatchesContractTests : ArrowSourceContractTests
{
    protected override EventBatch Expected { get; } = ExampleHits.Images(12);

    protected override EventSource Open() =>
        EventFile.Open(File(path => OtherWriter.WriteHits(path, HitEvents.From(Expected), [5, 0, 1, 6], compression: CompressionCodecType.Lz4Frame)));
}
