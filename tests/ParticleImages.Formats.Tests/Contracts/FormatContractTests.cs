using ParticleImages.Formats.Arrow;
using ParticleImages.Formats.Hdf5;
using ParticleImages.Formats.Numpy;
using ParticleImages.Formats.Parquet;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Contracts;

public sealed class FormatContractTests
{
    /// <summary>A line in <see cref="EventFile.Formats"/> without a contract test is found out here.</summary>
    [Fact]
    public void Every_format_known_has_its_contract_test()
    {
        string[] tested = [.. typeof(FormatContractTests).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(EventFormatContract)) && !type.IsAbstract)
            .Select(type => type.Name)];
        Assert.NotEmpty(EventFile.Formats);
        Assert.All(EventFile.Formats, format => Assert.Contains(format.GetType().Name + "Contract", tested));
    }
}

public sealed class Hdf5FormatContract : EventFormatContract
{
    protected override IEventFormat Format { get; } = new Hdf5Format();
}

public sealed class NpzFormatContract : EventFormatContract
{
    protected override IEventFormat Format { get; } = new NpzFormat();
}

public sealed class ArrowFormatContract : EventFormatContract
{
    protected override IEventFormat Format { get; } = new ArrowFormat();
}

public sealed class CompressedArrowFormatContract : EventFormatContract
{
    protected override IEventFormat Format { get; } = new ArrowFormat(ArrowCompression.Zstd);
}

public sealed class ParquetFormatContract : EventFormatContract
{
    protected override IEventFormat Format { get; } = new ParquetFormat();
}

/// <summary>One array can't keep labels: they stand in a file beside it.</summary>
public sealed class NpyFormatContract : EventFormatContract
{
    protected override IEventFormat Format { get; } = new NpyFormat();

    protected override bool Saves => false;

    protected override EventLayout Layout => EventLayout.Default.Labels("labels.npy");

    protected override void Write(string path, EventSource events)
    {
        EventBatch batch = events.Read(0, events.Count);
        NpyFile.Write(path, batch.Images.ToArray(), [batch.Count, batch.Shape.Height, batch.Shape.Width, 2]);
        NpyFile.Write(Path.Combine(Path.GetDirectoryName(path)!, "labels.npy"), batch.Labels.ToArray(), [batch.Count]);
    }
}
