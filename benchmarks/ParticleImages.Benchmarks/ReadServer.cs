using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ParticleImages.Formats;

namespace ParticleImages.Benchmarks;

/// <summary>
/// Reads ranges of a file whenever asked and says how long it took, so that a program in another language can measure by turns with us. <c>read_against_h5py.py</c> is one.
/// </summary>
public static class ReadServer
{
    /// <summary>Says <c>ready</c>, and answers every line of the requests, numbers of first events and of events, with the seconds of reading them and the sum of the last range's bits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">How many decode.</param>
    /// <param name="memory">With <c>dropped</c> every range is read into memory of its own, as <see cref="EventSource.Read"/> gives it; with <c>held</c> so, and all ranges of a request are held until it is answered; with <c>kept</c> into memory that is used again.</param>
    /// <param name="requests">One line a measurement.</param>
    /// <param name="answers">Seconds and sum, one line a request.</param>
    public static void Serve(string path, int threads, string memory, TextReader requests, TextWriter answers)
    {
        if (memory is not ("dropped" or "held" or "kept"))
        {
            throw new ArgumentException($"Memory is dropped, held or kept; received '{memory}'.", nameof(memory));
        }

        bool isOwn = memory != "kept";
        using EventSource events = EventFile.Open(path, threads: threads);
        int values = events.ImageShape.Values;
        var images = new float[isOwn ? 0 : events.Count * (long)values];
        var labels = new int[events.Count];
        answers.WriteLine("ready");
        while (requests.ReadLine() is { } request)
        {
            int[] numbers = [.. request.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            EventBatch? last = null;
            List<EventBatch> held = [];
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < numbers.Length; i += 2)
            {
                if (isOwn)
                {
                    last = events.Read(numbers[i], numbers[i + 1]);
                    if (memory == "held")
                    {
                        held.Add(last);
                    }
                }
                else
                {
                    events.ReadInto(numbers[i], images.AsSpan(0, numbers[i + 1] * values), labels.AsSpan(0, numbers[i + 1]));
                }
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            GC.KeepAlive(held);
            ulong sum = 0;
            foreach (uint bits in MemoryMarshal.Cast<float, uint>(last is null ? images.AsSpan(0, numbers[^1] * values) : last.Images))
            {
                sum += bits;
            }

            answers.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:R} {sum}"));
        }
    }
}
