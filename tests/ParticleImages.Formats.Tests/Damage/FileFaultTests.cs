using System.Diagnostics;
using ParticleImages.Formats.Arrow;
using ParticleImages.Formats.Hdf5;
using ParticleImages.Formats.Numpy;
using ParticleImages.Formats.Parquet;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Damage;

/// <summary>Paths that lead to no file of data: told at once as what they are, by whichever way a file is opened.</summary>
public sealed class FileFaultTests : IDisposable
{
    private static readonly Dictionary<string, Action<string>> Ways = new()
    {
        ["EventFile.Open"] = path => EventFile.Open(path).Dispose(),
        ["EventFile.OpenAll"] = path => EventFile.OpenAll([path]).Dispose(),
        ["EventFile.Describe"] = path => EventFile.Describe(path),
        ["EventFile.ReadAttributes"] = path => EventFile.ReadAttributes(path),
        ["HitFile.Open"] = path => HitFile.Open(path).Dispose(),
        ["NpyFile.Open"] = path => NpyFile.Open(path).Dispose(),
        ["NpzFile.Open"] = path => NpzFile.Open(path).Dispose(),
        ["Hdf5Format.Open"] = path => new Hdf5Format().Open(path, EventLayout.Default).Dispose(),
        ["NpyFormat.Open"] = path => new NpyFormat().Open(path, EventLayout.Default.LabelAll(0)).Dispose(),
        ["NpzFormat.Open"] = path => new NpzFormat().Open(path, EventLayout.Default).Dispose(),
        ["ArrowFormat.Open"] = path => new ArrowFormat().Open(path, EventLayout.Default).Dispose(),
        ["ParquetFormat.Open"] = path => new ParquetFormat().Open(path, EventLayout.Default).Dispose(),
    };

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> WaysToOpen => [.. Ways.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void Links_in_a_circle_are_told(string way)
    {
        Link("a", "b");
        Link("b", "a");
        AssertRefused(way, folder["a"], "can't be opened", "link");
    }

    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void A_link_that_leads_nowhere_is_told_with_where_it_leads(string way)
    {
        Link("a", "nowhere");
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => Ways[way](folder["a"]));
        Assert.Equal(folder["a"], error.FileName);
        Assert.Contains(folder["nowhere"], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void A_file_that_is_not_there_is_told(string way)
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => Ways[way](folder["nowhere"]));
        Assert.Equal(folder["nowhere"], error.FileName);
        Assert.Throws<FileNotFoundException>(() => Ways[way](Path.Combine(folder["nowhere"], "a")));
    }

    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void A_folder_is_told(string way)
    {
        AssertRefused(way, folder.Path, "is a folder");
        Link("a", "");
        AssertRefused(way, folder["a"], "is a folder");
    }

    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void An_empty_file_is_told(string way)
    {
        File.WriteAllBytes(folder["empty"], []);
        AssertRefused(way, folder["empty"], "is empty");
    }

    /// <summary>Whoever opens a pipe waits for somebody to write into it.</summary>
    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public async Task A_pipe_is_refused_without_waiting_for_a_writer(string way)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such pipes in folders.");
        using (var make = Process.Start("mkfifo", folder["pipe"]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Link("a", "pipe");
        await Task.Run(() =>
        {
            AssertRefused(way, folder["pipe"], "pipe");
            AssertRefused(way, folder["a"], "pipe");
        }).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void A_device_is_refused(string way)
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no /dev/zero.");
        AssertRefused(way, "/dev/zero", "device");
    }

    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void A_file_that_may_not_be_read_is_told(string way)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Who may read everything is refused nothing.");
        File.WriteAllBytes(folder["a"], new byte[100]);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(folder["a"], UnixFileMode.UserWrite);
        UnauthorizedAccessException error = Assert.Throws<UnauthorizedAccessException>(() => Ways[way](folder["a"]));
        Assert.Contains($"{folder["a"]} may not be read", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A program that keeps a file to itself, as .NET's writers do.</summary>
    [Theory]
    [MemberData(nameof(WaysToOpen))]
    public void A_file_that_somebody_writes_alone_is_told(string way)
    {
        using FileStream writer = new(folder["a"], FileMode.Create, FileAccess.Write, FileShare.None);
        writer.Write(new byte[100]);
        writer.Flush();
        AssertRefused(way, folder["a"], "can't be opened", "writing");
    }

    [Theory]
    [InlineData("HDF5")]
    [InlineData("numpy")]
    [InlineData("Arrow")]
    [InlineData("Parquet")]
    public void A_file_behind_links_is_read(string format)
    {
        Link("a", "b");
        Link("b", "whole");
        foreach (ReferenceFile file in ReferenceFile.Of(format).Where(file => !file.Name.StartsWith("bad-", StringComparison.Ordinal)))
        {
            File.WriteAllBytes(folder["whole"], file.Bytes);
            using EventSource whole = TryOpen(folder["whole"], file.Layout) ?? EventSource.FromBatch(ExampleEvents.Batch(1));
            using EventSource linked = TryOpen(folder["a"], file.Layout) ?? EventSource.FromBatch(ExampleEvents.Batch(1));
            Assert.Equal(whole.Count, linked.Count);
        }
    }

    private static EventSource? TryOpen(string path, EventLayout layout)
    {
        try
        {
            return EventFile.Open(path, layout);
        }
        catch (EventFormatException)
        {
            // Some reference files need a layout of their own.
            return null;
        }
    }

    private void Link(string name, string target)
    {
        try
        {
            File.CreateSymbolicLink(folder[name], target.Length == 0 ? folder.Path : folder[target]);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException && OperatingSystem.IsWindows())
        {
            Assert.Skip("This user may make no links.");
        }
    }

    private static void AssertRefused(string way, string path, params string[] essentials)
    {
        EventFormatException error = Assert.Throws<EventFormatException>(() => Ways[way](path));
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.All(essentials, essential => Assert.Contains(essential, error.Message, StringComparison.Ordinal));
    }
}
