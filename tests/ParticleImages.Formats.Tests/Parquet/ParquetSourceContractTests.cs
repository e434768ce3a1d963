using ParticleImages.Formats.Parquet;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>What holds for every source holds for each form of Parquet file.</summary>
public abstract class ParquetSourceContract : EventSourceContract, IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    protected override EventBatch Expected { get; } = ExampleEvents.Batch(40, 8, 6);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class SavedParquetSourceTests : ParquetSourceContract
{
    protected override EventSource Open()
    {
        new ParquetFormat().Save(Folder["a.parquet"], EventSource.FromBatch(Expected), new Dictionary<string, string>(), null, default);
        return new ParquetFormat().Open(Folder["a.parquet"], EventLayout.Default);
    }
}

/// <summary>Row groups of 17 rows: hardly an event lies within one, and some lie in three.</summary>
public sealed class ForeignHitTableSourceTests : ParquetSourceContract
{
    protected override EventSource Open()
    {
        ParquetFiles.WriteHits(Folder["a.parquet"], Expected, 17);
        return new ParquetFormat().Open(Folder["a.parquet"], EventLayout.Default.Size(Expected.Shape));
    }
}

public sealed class NestedParquetSourceTests : ParquetSourceContract
{
    protected override EventSource Open()
    {
        ParquetFiles.Write(
            Folder["a.parquet"],
            7,
            null,
            null,
            ParquetFiles.Column("X_jets", ParquetFiles.ChannelsFirst(Expected)),
            ParquetFiles.Column("y", Expected.Labels.ToArray().Select(label => (double)label).ToArray()));
        return new ParquetFormat().Open(Folder["a.parquet"], EventLayout.Default.ChannelFirst());
    }
}

/// <summary>A row group an event, as the quark and gluon files have them; floats, channels last, names of one's own.</summary>
public sealed class NestedFloatParquetSourceTests : ParquetSourceContract
{
    protected override EventSource Open()
    {
        ParquetFiles.Write(
            Folder["a.parquet"],
            1,
            null,
            null,
            ParquetFiles.Column("class", Expected.Labels.ToArray()),
            ParquetFiles.Column("pictures", ParquetFiles.ChannelsLast(Expected)));
        return new ParquetFormat().Open(Folder["a.parquet"], EventLayout.Default.Images("pictures").Labels("class"));
    }
}
