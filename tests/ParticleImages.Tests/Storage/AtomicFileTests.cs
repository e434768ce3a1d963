using System.Runtime.Versioning;
using ParticleImages.Storage;

namespace ParticleImages.Tests.Storage;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_written_and_replaced_and_its_folder_made()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder["new"], "deeper", "a.txt");
        AtomicFile.Write(path, stream => stream.Write("first"u8));
        Assert.Equal("first", File.ReadAllText(path));
        AtomicFile.WriteThrough(path, temporary => File.WriteAllText(temporary, "2"));
        Assert.Equal("2", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void An_exception_in_the_middle_leaves_the_earlier_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "earlier");
        Assert.Throws<TimeoutException>(() => AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new TimeoutException();
        }));
        Assert.Throws<TimeoutException>(() => AtomicFile.WriteThrough(folder["a.txt"], temporary =>
        {
            File.WriteAllText(temporary, "half");
            throw new TimeoutException();
        }));
        Assert.Equal("earlier", File.ReadAllText(folder["a.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void An_exception_before_there_was_a_file_leaves_none()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<TimeoutException>(() => AtomicFile.Write(folder["a.txt"], _ => throw new TimeoutException()));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_disk_that_refuses_the_rename_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder["taken"], "inside"));
        Exception? refusal = Record.Exception(() => AtomicFile.Write(folder["taken"], stream => stream.Write("x"u8)));
        Assert.True(refusal is IOException or UnauthorizedAccessException);
        Assert.Equal([folder["taken"]], Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>Holds for a link to a link, to a file in another folder, and to one that is not there yet.</summary>
    [Theory]
    [InlineData("earlier")]
    [InlineData(null)]
    public void A_link_stays_a_link_and_what_it_leads_to_is_replaced(string? earlier)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var folder = new TemporaryFolder();
        string target = Path.Combine(folder["data"], "target.txt");
        if (earlier is not null)
        {
            Directory.CreateDirectory(folder["data"]);
            File.WriteAllText(target, earlier);
        }

        File.CreateSymbolicLink(folder["middle.txt"], Path.Combine("data", "target.txt"));
        File.CreateSymbolicLink(folder["a.txt"], "middle.txt");
        Assert.Throws<TimeoutException>(() => AtomicFile.Write(folder["a.txt"], _ => throw new TimeoutException()));
        Assert.Equal(earlier is not null, File.Exists(target));
        AtomicFile.Write(folder["a.txt"], stream => stream.Write("later"u8));
        Assert.Equal(("middle.txt", Path.Combine("data", "target.txt")), (new FileInfo(folder["a.txt"]).LinkTarget, new FileInfo(folder["middle.txt"]).LinkTarget));
        Assert.Equal("later", File.ReadAllText(target));
        Assert.Single(Directory.GetFileSystemEntries(folder["data"]));
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["a.txt"], "b.txt");
        File.CreateSymbolicLink(folder["b.txt"], "a.txt");
        IOException problem = Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["a.txt"], stream => stream.Write("x"u8)));
        Assert.Contains($"{folder["a.txt"]} can't be written", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    /// <summary>Neither while it is written nor after may anybody read more than before.</summary>
    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_is_replaced_keeps_its_permissions(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "earlier");
        File.SetUnixFileMode(folder["a.txt"], mode);
        AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("later"u8);
            string temporary = Assert.Single(Directory.GetFiles(folder.Path), file => file != folder["a.txt"]);
            Assert.Equal(default, File.GetUnixFileMode(temporary) & ~(mode | UnixFileMode.UserWrite));
        });
        Assert.Equal((mode, "later"), (File.GetUnixFileMode(folder["a.txt"]), File.ReadAllText(folder["a.txt"])));
        AtomicFile.WriteThrough(folder["a.txt"], temporary => File.WriteAllText(temporary, "last"));
        Assert.Equal((mode, "last"), (File.GetUnixFileMode(folder["a.txt"]), File.ReadAllText(folder["a.txt"])));
    }

    [Fact]
    public void A_path_through_a_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "a file, no folder");
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(Path.Combine(folder["a.txt"], "b.txt"), stream => stream.Write("x"u8)));
        Assert.Equal("a file, no folder", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void A_library_that_writes_nothing_is_found_out()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "earlier");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteThrough(folder["a.txt"], _ => { }));
        Assert.Equal("earlier", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void The_temporary_file_stands_beside_the_target_and_keeps_its_extension()
    {
        using var folder = new TemporaryFolder();
        string? seen = null;
        AtomicFile.WriteThrough(folder["a.hdf5"], temporary =>
        {
            seen = temporary;
            File.WriteAllText(temporary, "");
        });
        Assert.Equal(folder.Path, Path.GetDirectoryName(seen));
        Assert.Equal(".hdf5", Path.GetExtension(seen));
    }

    [Fact]
    public void Readers_see_the_earlier_file_until_the_new_one_is_whole()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "earlier");
        AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("earlier", File.ReadAllText(folder["a.txt"]));
        });
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void What_a_killed_writer_left_is_deleted_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string leftover = string.Empty;
        AtomicFile.WriteThrough(folder["a.npz"], temporary =>
        {
            leftover = temporary;
            File.WriteAllText(temporary, "x");
        });
        File.WriteAllText(leftover, "half");
        File.WriteAllText(folder[".notes.partial.npz"], "mine");

        AtomicFile.DeleteLeftovers(folder.Path);

        Assert.Equal([".notes.partial.npz", "a.npz"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_in_the_files_place_is_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["there"]);
        bool wrote = false;

        var refused = Assert.Throws<IOException>(() => AtomicFile.Write(folder["there"], _ => wrote = true));

        Assert.Equal($"{folder["there"]} is a folder. Name a file in it.", refused.Message);
        Assert.False(wrote);
    }

    [Fact]
    public void What_the_system_says_of_the_temporary_file_is_said_of_the_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");

        var under = Assert.Throws<IOException>(() => AtomicFile.Write(folder["file/x.npz"], _ => { }));
        var full = Assert.Throws<IOException>(() => AtomicFile.WriteThrough(
            folder["y.npz"], temporary => throw new IOException($"No space left on device : '{temporary}'")));

        Assert.Contains($"{folder["file/x.npz"]} can't be written: {folder["file"]} is or lies under a file.", under.Message, StringComparison.Ordinal);
        Assert.Contains($"No space left on device : '{folder["y.npz"]}'", full.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("partial", full.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }
}
