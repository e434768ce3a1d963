using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using ParticleImages.Networks;
using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Networks.Engines.Sparse;
using ParticleImages.Voxelization;

namespace ParticleImages.Benchmarks;

/// <summary>Where the time of a sparse training step goes, phase by phase, beside what multiplying and moving alone would take on the same processor.</summary>
public static class EngineProfile
{
    private const int WarmUp = 60;
    private const int Steps = 200;

    /// <summary>Measures for about a minute.</summary>
    /// <param name="output">Receives two tables in Markdown: the published network, and that of the scan with kernels of 5 and 96 maps.</param>
    public static void Measure(TextWriter output)
    {
        TorchLibrary.Threads = EngineTask.Threads;
        (double multiplications, double bytes) = (MatrixRate(), CopyRate());
        output.WriteLine(Invariant($"{2e-9 * multiplications:0} GFLOP/s in products of small matrices, {1e-9 * bytes:0.0} GB/s read and written by copies; {EngineTask.Threads} threads"));
        Measure(EngineTask.Train, WarmUp, Steps, (multiplications, bytes), output);
        Measure(EngineTask.TrainLarge, WarmUp / 4, Steps / 10, (multiplications, bytes), output);
    }

    private static void Measure(EngineTask task, int warmUp, int steps, (double Multiplications, double Bytes) rates, TextWriter output)
    {
        SparseVoxels events = task.Voxels();
        using VoxelNetwork network = task.Describe(events.Shape).Build(EngineTask.Seed);
        using var engine = new SparseEngine(network, EngineTask.Threads);
        var clock = new PhaseClock();
        engine.Clock = clock;
        float[] gradient = FlatWeights.Zeros(engine.TrainedCount);
        var values = new float[Cnn3d.Classes * EngineTask.BatchSize];
        float[] slopes = [.. values.Select((_, i) => MathF.Sin(i) / EngineTask.BatchSize)];
        var rows = new int[EngineTask.BatchSize];
        for (int step = -warmUp; step < steps; step++)
        {
            if (step == 0)
            {
                clock.Clear();
            }

            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = (((step + warmUp) * rows.Length) + (7 * i)) % events.Count;
            }

            engine.Forward(events, rows, (ulong)(step + warmUp), values);
            engine.Backward(slopes, gradient);
        }

        output.WriteLine(Invariant($"\n{task.Name}: {1e3 * clock.Phases.Sum(phase => phase.Value.Seconds) / steps:0.0} ms a step of {EngineTask.BatchSize} events\n"));
        output.WriteLine("| phase | ms | multiply-adds at the matrix rate, ms | bytes at the copy rate, ms |");
        output.WriteLine("|---|---|---|---|");
        foreach ((string name, PhaseClock.Phase phase) in clock.Phases)
        {
            string Floor(double amount, double rate) => amount == 0 ? string.Empty : Invariant($"{1e3 * amount / rate / steps:0.00}");
            output.WriteLine(Invariant(
                $"| {name} | {1e3 * phase.Seconds / steps:0.00} | {Floor(phase.Work.Multiplications, rates.Multiplications)} | {Floor(phase.Work.Bytes, rates.Bytes)} |"));
        }
    }

    /// <summary>Multiply-adds a second of all threads, in tiles that stay in the first cache.</summary>
    private static unsafe double MatrixRate()
    {
        const int Size = 64;
        const int Times = 4000;
        double best = 0;
        for (int round = 0; round < 5; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            Parallel.For(0, EngineTask.Threads, new ParallelOptions { MaxDegreeOfParallelism = EngineTask.Threads }, _ =>
            {
                using var memory = new NativeBuffer<float>();
                float* a = memory.Need(3 * Size * Size);
                for (int i = 0; i < Times; i++)
                {
                    Multiply(a, a + (Size * Size), a + (2 * Size * Size), Size);
                }
            });
            best = Math.Max(best, (double)EngineTask.Threads * Times * Size * Size * Size / Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return best;
    }

    private static unsafe void Multiply(float* a, float* b, float* c, int size)
    {
        if (LaneWidths.Widest == LaneWidth.Vector512)
        {
            Products<Lanes512, Vector512<float>>.Multiply(a, size, 1, b, size, c, size, size, size, size, add: false);
        }
        else
        {
            Products<Lanes256, Vector256<float>>.Multiply(a, size, 1, b, size, c, size, size, size, size, add: false);
        }
    }

    /// <summary>Bytes read and written a second by all threads, of buffers that no cache holds.</summary>
    private static double CopyRate()
    {
        const int Length = 1 << 26;
        byte[][] from = [.. Enumerable.Range(0, EngineTask.Threads).Select(_ => new byte[Length])];
        byte[][] to = [.. Enumerable.Range(0, EngineTask.Threads).Select(_ => new byte[Length])];
        double best = 0;
        for (int round = 0; round < 6; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            Parallel.For(0, EngineTask.Threads, new ParallelOptions { MaxDegreeOfParallelism = EngineTask.Threads }, i => Buffer.BlockCopy(from[i], 0, to[i], 0, Length));
            best = Math.Max(best, 2.0 * EngineTask.Threads * Length / Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        return best;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
