using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ParticleImages.Networks.Onnx;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx;

/// <summary>Runs a session a batch at a time, from one buffer that is filled again and again.</summary>
internal sealed class BatchScorer
{
    private static readonly string[] Output = [OnnxMetadataKeys.Logits];

    private readonly InferenceSession session;
    private readonly string[] input;
    private readonly VoxelShape shape;
    private readonly float[] buffer;
    private readonly int capacity;

    public BatchScorer(InferenceSession session, VoxelShape shape, int mostEvents)
    {
        this.session = session;
        this.shape = shape;
        input = [.. session.InputNames];

        // As many as torch gets: 64 events, fewer where their voxels alone would fill 64 MiB.
        capacity = (int)Math.Clamp((64L << 20) / sizeof(float) / shape.Values, 1, Math.Clamp(mostEvents, 1, 64));
        buffer = GC.AllocateUninitializedArray<float>(capacity * shape.Values);
    }

    /// <summary>The logit of every event; NaN where it has none.</summary>
    public void Score(SparseVoxels events, Span<double> logits, CancellationToken cancellation)
    {
        for (int start = 0, count; start < events.Count; start += count)
        {
            cancellation.ThrowIfCancellationRequested();
            count = Math.Min(events.Count - start, capacity);
            for (int i = 0; i < count; i++)
            {
                events.CopyTo(start + i, Voxels(i));
            }

            Run(logits.Slice(start, count));
        }
    }

    /// <summary>The logit of every event of a grid; NaN where it has none.</summary>
    public void Score(VoxelGrid grid, Span<double> logits)
    {
        for (int start = 0, count; start < grid.Count; start += count)
        {
            count = Math.Min(grid.Count - start, capacity);
            for (int i = 0; i < count; i++)
            {
                grid.Event(start + i).CopyTo(Voxels(i));
            }

            Run(logits.Slice(start, count));
        }
    }

    private Span<float> Voxels(int index) => buffer.AsSpan(index * shape.Values, shape.Values);

    private void Run(Span<double> logits)
    {
        using OrtValue voxels = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance,
            buffer.AsMemory(0, logits.Length * shape.Values),
            [logits.Length, shape.Channels, shape.Frames, shape.Height, shape.Width]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, input, [voxels], Output);
        ReadOnlySpan<float> both = outputs[0].GetTensorDataAsSpan<float>();
        for (int i = 0; i < logits.Length; i++)
        {
            // Where NaN goes in, a maximum of ONNX Runtime may make a number of it.
            logits[i] = AreFinite(Voxels(i)) ? (double)both[(2 * i) + 1] - both[2 * i] : double.NaN;
        }
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        // 0 times a finite number is 0, times any other NaN, which stays in the sum.
        Vector<float> sum = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (Vector<float> vector in vectors)
        {
            sum += vector * 0f;
        }

        float rest = 0;
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            rest += value * 0f;
        }

        return Vector.Sum(sum) + rest == 0;
    }
}
