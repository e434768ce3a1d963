using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParticleImages.Numpy;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>Voxels on their way to an npz file, some events in memory at a time.</summary>
internal sealed class VoxelFile(EventSource events, Voxelizer voxelizer, bool isSynthetic)
{
    // 16 MiB of float32: large enough for the disk, small enough for any machine.
    private const int VoxelsAtATime = 1 << 22;
    private const int MostEventsAtATime = 256;

    // The text stands for itself in an array, not in a web page, so letters need no escapes.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly VoxelShape shape = voxelizer.OutputShape(events.ImageShape);
    private readonly int[] labels = new int[events.Count];

    /// <summary>Writes the arrays voxels, edges, labels and attributes; whole, or the file is as it was.</summary>
    public void Write(string path, IProgress<int> progress, CancellationToken cancellation) =>
        NpzFile.Write(
            path,
            archive =>
            {
                archive.AddRows<float>("voxels", [events.Count, shape.Frames, shape.Height, shape.Width], rows => Fill(rows, progress, cancellation));
                archive.Add("edges", voxelizer.Axis.Edges.ToArray());
                archive.Add("labels", labels);
                archive.AddText("attributes", JsonSerializer.Serialize(Attributes(), Plain));
            },
            CompressionLevel.Fastest);

    public override string ToString()
    {
        int electrons = labels.Count(label => label == ParticleLabel.Electron);
        return Sentence.Invariant($"voxels ({events.Count}, {shape.Frames}, {shape.Height}, {shape.Width}), {voxelizer}; ")
            + $"{Sentence.Count(events.Count - electrons, "photon")}, {Sentence.Count(electrons, "electron")}"
            + (isSynthetic ? ", synthetic" : "");
    }

    private void Fill(NumpyRowWriter<float> rows, IProgress<int> progress, CancellationToken cancellation)
    {
        int most = Math.Min(events.Count, Math.Clamp(VoxelsAtATime / shape.Values, 1, MostEventsAtATime));
        var voxels = new float[most * shape.Values];
        void Write(int start, ReadOnlySpan<float> images, ReadOnlySpan<int> labelsOfImages)
        {
            Span<float> binned = voxels.AsSpan(0, labelsOfImages.Length * shape.Values);
            labelsOfImages.CopyTo(labels.AsSpan(start));
            voxelizer.Bin(images, events.ImageShape, binned);
            rows.Write(binned);
            progress.Report(start + labelsOfImages.Length);
        }

        events.ReadInParts(Math.Max(1, most), Write, cancellation);
    }

    // In the form in which event archives keep theirs, so that all are read in one way. What was synthetic stays so.
    private Dictionary<string, string> Attributes()
    {
        var attributes = new Dictionary<string, string> { ["voxelizer"] = voxelizer.ToJson() };
        if (isSynthetic)
        {
            attributes["synthetic"] = "true";
        }

        return attributes;
    }
}
