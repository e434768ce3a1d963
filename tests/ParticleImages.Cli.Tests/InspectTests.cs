using System.Text;
using ParticleImages.Formats;
using ParticleImages.Numpy;

namespace ParticleImages.Cli.Tests;

public sealed class InspectTests
{
    [Fact]
    public void A_file_of_events_shows_format_attributes_datasets_and_statistics()
    {
        using var folder = new TemporaryFolder();
        using var events = EventSource.FromBatch(ExampleEvents.Batch(20));
        EventFile.Save(events, folder["a.hdf5"], new Dictionary<string, string> { ["synthetic"] = "true", ["note"] = "two\nlines" });
        string[] lines = ToolRun.OutputOf("inspect", folder["a.hdf5"]).Split(Environment.NewLine);
        Assert.StartsWith($"{folder["a.hdf5"]}: HDF5, ", lines[0], StringComparison.Ordinal);
        Assert.Contains("  synthetic  = true", lines);
        Assert.Contains("  note       = two lines", lines);
        Assert.Contains(lines, line => Words(line) is ["/X", "(20, 5, 4, 2)", "float32", _]);
        Assert.Contains(lines, line => Words(line) is ["/y", "(20,)", "float32", "contiguous"]);
        Assert.Contains("  images of 5 × 4 pixels", lines);
        Assert.Contains("  read as images /X, labels /y, channels last", lines);
        Assert.Contains(lines, line => Words(line) is ["events", "10", "10", "20"]);
    }

    [Theory]
    [InlineData("a.arrow", "3 record batches of 2 to 64 rows, uncompressed")]
    [InlineData("a.parquet", "1 row group of ")]
    public void The_parts_that_a_file_cuts_its_rows_into_are_told_with_their_sizes(string name, string storage)
    {
        // Of 128 × 128 pixels 64 images are a record batch of 8 MiB.
        using var folder = new TemporaryFolder();
        using var events = EventSource.FromBatch(ExampleEvents.Batch(130, 128, 128));
        EventFile.Save(events, folder[name]);
        string[] lines = ToolRun.OutputOf("inspect", folder[name]).Split(Environment.NewLine);
        Assert.Contains(lines, line => Words(line) is [_, _, _, var told] && told.StartsWith(storage, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_behind_a_link_has_the_size_of_the_file()
    {
        string path = TestFiles.Data("hdf5/gzip.hdf5");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["link.hdf5"], path);
        Assert.Equal(Heading(path), Heading(folder["link.hdf5"]));

        static string Heading(string path) => ToolRun.OutputOf("inspect", path).Split(Environment.NewLine)[0][path.Length..];
    }

    [Theory]
    [InlineData("energy-only.hdf5", "--time 0", "--time", "0.02")]
    [InlineData("bad-no-y.hdf5", "--label N", "--label", "1")]
    [InlineData("expected-X.npy", "--labels file.npy", "--labels", "expected-y.npy")]
    public void A_layout_that_does_not_fit_is_told_with_the_option_that_does(string name, string advice, params string[] options)
    {
        string path = TestFiles.Data(Path.Combine("hdf5", name));
        string listed = ToolRun.OutputOf("inspect", path);
        Assert.Contains("Not read as events: ", listed, StringComparison.Ordinal);
        Assert.Contains(advice, listed, StringComparison.Ordinal);

        string read = ToolRun.OutputOf(["inspect", path, .. options]);
        Assert.Contains("images of 32 × 32 pixels", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Not read as events", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channel-first.hdf5", "read as images /X, labels /y, channels first")]
    [InlineData("other-names.hdf5", "read as images /data/images, labels /data/labels, channels last")]
    public void A_layout_that_was_detected_is_told(string name, string told) =>
        Assert.Contains(told, ToolRun.OutputOf("inspect", TestFiles.Data($"hdf5/{name}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("bad-truncated.hdf5", "truncated")]
    [InlineData("bad-not-hdf5.hdf5", "no HDF5 file")]
    [InlineData("missing.hdf5", "no file")]
    public void A_file_that_can_not_be_read_is_a_failure_without_output(string name, string essential) =>
        ToolRun.Of("inspect", Path.Combine(AppContext.BaseDirectory, "Data", "hdf5", name)).AssertFailed(essential, name);

    [Fact]
    public void Damage_among_the_events_is_a_failure_after_the_datasets_were_listed()
    {
        ToolRun run = ToolRun.Of("inspect", TestFiles.Data("hdf5/bad-label.hdf5"));
        Assert.Equal(1, run.Code);
        Assert.Contains("(48, 32, 32, 2)", run.Output, StringComparison.Ordinal);
        (run with { Output = "" }).AssertFailed("Event 17", "label 2");
    }

    [Fact]
    public void Every_file_is_looked_at_whatever_the_others_are()
    {
        string[] names = ["bad-truncated.hdf5", "gzip.hdf5", "bad-label.hdf5", "bad-no-y.hdf5", "lzf.hdf5"];
        ToolRun run = ToolRun.Of(["inspect", .. names.Select(name => TestFiles.Data($"hdf5/{name}"))]);
        Assert.Equal(1, run.Code);
        Assert.Equal(2, run.Error.TrimEnd().Split(Environment.NewLine).Length);
        Assert.Equal(
            names[1..],
            run.Output.Split(Environment.NewLine).Where(line => line.Contains(": HDF5, ", StringComparison.Ordinal))
                .Select(line => Path.GetFileName(line.Split(':')[0])));
        Assert.Equal(2, run.Output.Split("images of 32 × 32 pixels").Length - 1);
    }

    [Fact]
    public void A_damaged_header_does_not_keep_the_next_file_from_being_looked_at()
    {
        byte[] file = File.ReadAllBytes(TestFiles.Data("hdf5/attributes.hdf5"));
        file[file.AsSpan().IndexOf("GCOL"u8) + 28] ^= 0x40;
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["damaged.hdf5"], file);
        ToolRun run = ToolRun.Of("inspect", folder["damaged.hdf5"], TestFiles.Data("hdf5/gzip.hdf5"));
        Assert.Contains("images of 32 × 32 pixels", run.Output, StringComparison.Ordinal);
        (run with { Output = "" }).AssertFailed("damaged.hdf5", "The file is damaged");
    }

    [Fact]
    public void No_advice_speaks_of_code()
    {
        using var folder = new TemporaryFolder();
        using (EventSource toys = Simulation.ToyShowers.With(photons: 3, electrons: 2, seed: 3).Build())
        {
            foreach (string ending in new[] { "npz", "arrow", "parquet" })
            {
                EventFile.Save(toys, folder[$"toys.{ending}"]);
            }

            HitFile.Save(toys, folder["hits.arrow"]);
            NpyFile.Write(folder["images.npy"], new float[5 * ImageShape.Crop32.Values], 5, 32, 32, 2);

            // A table that does not tell the size of its images.
            byte[] table = File.ReadAllBytes(folder["toys.parquet"]);
            byte[] key = Encoding.ASCII.GetBytes("image_shape");
            for (int at = table.AsSpan().IndexOf(key); at >= 0; at = table.AsSpan().IndexOf(key))
            {
                table[at] = (byte)'x';
            }

            File.WriteAllBytes(folder["sizeless.parquet"], table);
            Assert.Contains("with --size ROWSxCOLUMNS", ToolRun.OutputOf("inspect", folder["sizeless.parquet"]), StringComparison.Ordinal);
        }

        File.WriteAllText(folder["Images(1).Size(2).hdf5"], "");
        Assert.Contains("Images(1).Size(2).hdf5", ToolRun.Of("inspect", folder["Images(1).Size(2).hdf5"]).Error, StringComparison.Ordinal);
        File.Delete(folder["Images(1).Size(2).hdf5"]);
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(TestFiles.Data("hdf5/lzf.hdf5"))!).Concat(Directory.EnumerateFiles(folder.Path, "*.*")))
        {
            foreach (string[] options in new[] { [], ["--time", "0"], ["--label", "1"], ["--channel-first"], ["--channel-last"], ["--size", "5x4"], ["--channel", "1", "--time", "0"], ["--images", "/nothing"], new[] { "--labels", "/nothing" } })
            {
                ToolRun run = ToolRun.Of(["inspect", path, .. options]);
                string said = run.Output + run.Error;
                Assert.All(
                    new[] { "EventLayout", "TimeAll", "LabelAll", "ChannelFirst", "ChannelLast", "Channel(", "Size(", "Size out", "the layout with", "Images(", "Labels(", "Concat", "Parameter '", "defect" },
                    word => Assert.DoesNotContain(word, said, StringComparison.Ordinal));
            }
        }
    }

    private static string[] Words(string line) =>
        line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
