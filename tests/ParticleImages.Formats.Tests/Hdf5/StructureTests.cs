using System.Diagnostics;
using ParticleImages.Formats.Tests.Layouts;
using PureHDF;

namespace ParticleImages.Formats.Tests.Hdf5;

/// <summary>
/// Structures that lead back to themselves, or to where no data are: told at once, and never by the end of the process or without an end. All run on a thread of a small stack, under a deadline.
/// </summary>
public sealed class StructureTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Circles => [.. Directory.EnumerateFiles(Path.GetDirectoryName(Circle("four-roots"))!, "*.hdf5").Select(path => Path.GetFileNameWithoutExtension(path))];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Circles))]
    public void Whatever_leads_back_to_itself_is_read_or_refused_and_a_second_time_too(string name) => InTime(() =>
    {
        for (int i = 0; i < 2; i++)
        {
            AssertReadOrRefused(() => EventFile.Describe(Circle(name)));
            AssertReadOrRefused(() => EventFile.ReadAttributes(Circle(name)));
            AssertReadOrRefused(() =>
            {
                using EventSource events = EventFile.Open(Circle(name));
                AssertReadOrRefused(() => events.Read(0, events.Count));
                AssertReadOrRefused(() => events.Read(3, 1));
            });
        }
    });

    [Theory]
    [InlineData("link-to-itself-beside-events")]
    [InlineData("links-in-a-circle")]
    [InlineData("links-that-double")]
    [InlineData("external-link-to-itself")]
    public void Links_in_a_circle_leave_good_datasets_readable(string name) => InTime(() =>
    {
        Assert.Equal(["/X", "/y"], EventFile.Describe(Circle(name)).Select(dataset => dataset.Name));
        using EventSource events = EventFile.Open(Circle(name));
        Assert.Equal(Enumerable.Range(0, 72).Select(value => (float)value), events.Read(0, 4).Images.ToArray());
    });

    [Theory]
    [InlineData("link-to-itself", "/X")]
    [InlineData("links-in-a-circle", "/b")]
    [InlineData("external-link-to-itself", "/out")]
    [InlineData("chain-of-17-links", "/l00")]
    public void A_link_that_leads_in_a_circle_or_too_far_is_told_when_it_is_named(string name, string link) => InTime(() =>
    {
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(Circle(name), EventLayout.Default.Images(link)));
        Assert.Equal((Circle(name), link), (error.Path, error.Dataset));
        Assert.Contains("more than 16 links, or in a circle", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void As_many_links_as_the_HDF5_library_follows_are_followed()
    {
        using EventSource events = EventFile.Open(Circle("chain-of-16-links"), EventLayout.Default.Images("/l00").Labels("/y"));
        Assert.Equal(4, events.Count);
    }

    [Theory]
    [InlineData("chunks-in-a-circle-1", "/X", 0L)]
    [InlineData("chunks-in-a-circle-255", "/X", 0L)]
    [InlineData("group-in-a-circle-1", "/X", null)]
    [InlineData("group-in-a-circle-255", "/X", null)]
    [InlineData("header-that-continues-itself", "/X", null)]
    public void An_index_or_header_in_a_circle_is_bad_data(string name, string? dataset, long? row) => InTime(() =>
    {
        EventFormatException error = Assert.Throws<EventFormatException>(() =>
        {
            using EventSource events = EventFile.Open(Circle(name));
            events.Read(0, events.Count);
        });
        Assert.Equal((Circle(name), dataset, row), (error.Path, error.Dataset, error.Row));
    });

    [Theory]
    [InlineData("four-roots")]
    [InlineData("four-roots-latest")]
    public void A_group_that_holds_itself_is_entered_once(string name) => InTime(() =>
    {
        Assert.Empty(EventFile.Describe(Circle(name)));
        Assert.Contains("It has no datasets", Assert.Throws<EventFormatException>(() => EventFile.Open(Circle(name))).Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Groups_in_groups_are_entered_or_the_file_is_refused_and_never_a_part_left_out(int levels, bool isRead)
    {
        var file = new H5File();
        H5Group innermost = file;
        for (int i = 0; i < levels; i++)
        {
            var inner = new H5Group();
            innermost["g"] = inner;
            innermost = inner;
        }

        innermost["X"] = new float[2, 3, 3, 2];
        file.Write(folder["deep.hdf5"]);
        if (isRead)
        {
            Assert.Equal("/" + string.Concat(Enumerable.Repeat("g/", levels)) + "X", EventFile.Describe(folder["deep.hdf5"]).Single().Name);
        }
        else
        {
            Assert.Contains("nested more than 100 deep", Assert.Throws<EventFormatException>(() => EventFile.Describe(folder["deep.hdf5"])).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Whoever opens a pipe waits for somebody to write into it.</summary>
    [Fact]
    public void A_pipe_that_a_link_leads_to_is_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such pipes in folders.");
        File.Copy(Circle("external-link-to-a-pipe"), folder["linked.hdf5"]);
        using (var make = Process.Start("mkfifo", folder["pipe"]))
        {
            make.WaitForExit();
        }

        InTime(() =>
        {
            Assert.Equal(["/X", "/y"], EventFile.Describe(folder["linked.hdf5"]).Select(dataset => dataset.Name));
            string message = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["linked.hdf5"], EventLayout.Default.Images("/out"))).Message;
            Assert.Contains("The link '/out'", message, StringComparison.Ordinal);
            Assert.Contains("pipe", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_file_that_a_link_leads_to_and_that_is_not_there_is_told()
    {
        File.Copy(Circle("external-link-to-a-pipe"), folder["linked.hdf5"]);
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["linked.hdf5"], EventLayout.Default.Images("/out"))).Message;
        Assert.Contains("leads nowhere: it is a link into the file pipe, which is not there", message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_very_many_datasets_are_described_and_counted_and_the_only_images_found()
    {
        var file = new H5File { ["pictures"] = new float[2, 3, 3, 2] };
        for (int i = 0; i < 1500; i++)
        {
            file[$"number {i}"] = new[] { i, i, i };
        }

        file["particles"] = new[] { 0, 1 };
        file.Write(folder["many.hdf5"]);
        Assert.Equal(1502, EventFile.Describe(folder["many.hdf5"]).Count);
        using (EventSource events = EventFile.Open(folder["many.hdf5"]))
        {
            Assert.Equal(("/pictures", "/particles"), (events.Layout!.ImagesName, events.Layout.LabelsName));
        }

        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["many.hdf5"], EventLayout.Default.Images("/Z"))).Message;
        Assert.Contains("and 1492 more", message, StringComparison.Ordinal);
    }

    /// <summary>Where a file is opened several times another may stand at its path the second time, and addresses of one are applied to bytes of the other.</summary>
    [Fact]
    public void A_file_is_held_open_once_and_closed_with_its_source_or_with_the_error()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "The system does not list what is open.");
        string path = Arrays.Write(folder["open.hdf5"], ("X", new float[2, 3, 3, 2]), ("y", new float[2]));
        using (EventFile.Open(path))
        {
            Assert.Equal(1, Handles(path));
        }

        Assert.Equal(0, Handles(path));
        Assert.ThrowsAny<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.Images("/Z")));
        byte[] bytes = File.ReadAllBytes(path);

        // Within the head, where the root group's header is said to stand.
        for (int at = 8; at < 64; at++)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x55;
            File.WriteAllBytes(path, damaged);
            AssertReadOrRefused(() => EventFile.Open(path).Dispose());
        }

        Assert.Equal(0, Handles(path));
    }

    private static string Circle(string name) => TestFiles.Data($"hdf5/circles/{name}.hdf5");

    private static int Handles(string path) =>
        new DirectoryInfo("/proc/self/fd").EnumerateFiles().Count(handle => handle.LinkTarget == Path.GetFullPath(path));

    private static void AssertReadOrRefused(Action read)
    {
        Exception? error = Record.Exception(read);
        Assert.True(error is null or EventFormatException { Path: not null }, $"{error}");
    }

    private static void InTime(Action test)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(test), maxStackSize: 512 << 10) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Deadline), $"It took more than {Deadline}.");
        if (error is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }
    }
}
