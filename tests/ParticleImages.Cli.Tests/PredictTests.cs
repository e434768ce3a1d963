using System.Globalization;
using ParticleImages.Formats;
using ParticleImages.Networks;
using ParticleImages.Numpy;

namespace ParticleImages.Cli.Tests;

[Collection("torch")]
public sealed class PredictTests : IDisposable
{
    private readonly TrainedExample example = new TrainedExample().Train();

    public void Dispose() => example.Dispose();

    [Theory]
    [InlineData(null, 0, 80)]
    [InlineData("35:45", 35, 10)]
    [InlineData("-1:", 79, 1)]
    public void The_table_holds_the_librarys_scores_bit_for_bit(string? range, int start, int count)
    {
        string[] options = range is null ? [] : ["--events", range];
        string said = ToolRun.OutputOf(["predict", example.Out, example.Events, "--out", example["scores.csv"], .. options]);
        string[] lines = File.ReadAllText(example["scores.csv"]).TrimEnd('\n').Split('\n');
        (float[] scores, int[] labels) = Scores(start, count);
        Assert.Equal("event,label,score", lines[0]);
        string[][] rows = [.. lines[1..].Select(line => line.Split(','))];
        Assert.Equal(Enumerable.Range(start, count).Select(row => row.ToString(CultureInfo.InvariantCulture)), rows.Select(row => row[0]));
        Assert.Equal(labels, rows.Select(row => int.Parse(row[1], CultureInfo.InvariantCulture)));
        Assert.Equal(Bits.Of(scores), Bits.Of(rows.Select(row => float.Parse(row[2], CultureInfo.InvariantCulture)).ToArray()));
        int electrons = scores.Count(score => score >= 0.5f);
        Assert.Contains(
            $"{example["scores.csv"]}: scores of {Sentence.Count(count, "event")}; {Sentence.Count(count - electrons, "photon")}, {Sentence.Count(electrons, "electron")}",
            said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_archive_holds_the_librarys_scores_bit_for_bit()
    {
        ToolRun.OutputOf("predict", example.Model, example.Events, example.Events, "--out", example["scores.npz"]);
        (float[] scores, int[] labels) = Scores(0, 80);
        using NpzFile written = NpzFile.Open(example["scores.npz"]);
        Assert.Equal(Bits.Of([.. scores, .. scores]), Bits.Of(written.Read<float>("scores").Values));
        Assert.Equal([.. labels, .. labels], written.Read<int>("labels").Values);
    }

    [Fact]
    public void An_onnx_file_gives_the_same_scores_within_rounding()
    {
        ToolRun.OutputOf("export-onnx", example.Model, "--out", example["model.onnx"]);
        ToolRun.OutputOf("predict", example["model.onnx"], example.Events, "--out", example["scores.npz"], "--threads", "1");
        using NpzFile written = NpzFile.Open(example["scores.npz"]);
        (float[] scores, int[] labels) = Scores(0, 80);
        Assert.Equal(labels, written.Read<int>("labels").Values);
        Assert.All(scores.Zip(written.Read<float>("scores").Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Bad_data_in_the_middle_leaves_the_earlier_file_as_it_was()
    {
        foreach (string name in new[] { "scores.csv", "scores.npz" })
        {
            File.WriteAllText(example[name], "mine");
            ToolRun.Of("predict", example.Out, TestFiles.Data("hdf5/lzf.hdf5"), TestFiles.Data("hdf5/bad-label.hdf5"), "--out", example[name]).AssertFailed("Event 17", "label 2");
            Assert.Equal("mine", File.ReadAllText(example[name]));
        }

        Assert.Empty(Directory.GetFiles(example.Path, "*.partial*"));
    }

    [Fact]
    public void Numpy_and_the_csv_reader_of_python_load_the_scores()
    {
        if (!PythonNumpy.IsPresent)
        {
            Assert.False(PythonNumpy.IsPresent);
            return;
        }

        ToolRun.OutputOf("predict", example.Out, example.Events, "--out", example["scores.npz"]);
        ToolRun.OutputOf("predict", example.Out, example.Events, "--out", example["scores.csv"]);
        const string script = """
            import csv, sys, numpy
            z = numpy.load(sys.argv[1], allow_pickle=False)
            rows = list(csv.DictReader(open(sys.argv[2])))
            assert z['scores'].dtype == 'float32' and z['scores'].shape == (80,), z['scores']
            assert z['labels'].dtype == 'int32' and z['labels'].tolist() == [0] * 40 + [1] * 40, z['labels']
            assert numpy.array_equal(numpy.array([row['score'] for row in rows], 'float32'), z['scores'])
            assert [int(row['event']) for row in rows] == list(range(80))
            print('same')
            """;
        Assert.Equal("same", PythonNumpy.Run(script, example["scores.npz"], example["scores.csv"]).Trim());
    }

    private (float[] Scores, int[] Labels) Scores(int start, int count)
    {
        using TrainedModel model = TrainedModel.Load(example.Model);
        using EventSource events = EventFile.Open(example.Events);
        using EventSource part = events.Slice(start, count);
        return (model.Network.Predict(model.Voxelizer, part), [.. part.Read(0, count).Labels]);
    }
}
