using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParticleImages.Voxelization;

/// <summary>
/// Two maps of an event with at most one hit a pixel: what each pixel holds, and from which frame on. A frame is then one comparison and one
/// choice a voxel, whatever the number of hits.
/// </summary>
internal readonly ref struct FrameMaps(Span<int> firstFrames, Span<float> held)
{
    /// <summary>The first frame of a pixel that holds nothing.</summary>
    public const int Never = int.MaxValue;

    public Span<int> FirstFrames { get; } = firstFrames;

    public Span<float> Held { get; } = held;

    /// <summary>Writes the voxels of one channel, (Frames, Height, Width).</summary>
    public void Write(bool isCumulative, int frames, int filledFrames, float background, Span<float> voxels)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            Span<float> target = voxels.Slice(frame * Held.Length, Held.Length);
            if (frame >= filledFrames)
            {
                AlignedStores.Fill(target, background);
            }
            else
            {
                // What lingers has begun in any frame so far, what does not in this one.
                WriteFrame(isCumulative ? 0 : frame, frame, background, target);
            }
        }
    }

    // A pixel is filled if its first frame is one of earliest to latest.
    private void WriteFrame(int earliest, int latest, float background, Span<float> target)
    {
        int last = target.Length - Vector<float>.Count;
        if (!Vector.IsHardwareAccelerated || last < 0)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = FirstFrames[i] >= earliest && FirstFrames[i] <= latest ? Held[i] : background;
            }

            return;
        }

        // Head and tail overlap the aligned middle instead of going value by value.
        ref int first = ref MemoryMarshal.GetReference(FirstFrames[..target.Length]);
        ref float held = ref MemoryMarshal.GetReference(Held[..target.Length]);
        ref float start = ref MemoryMarshal.GetReference(target);
        var from = new Vector<int>(earliest);
        var to = new Vector<int>(latest);
        var empty = new Vector<float>(background);
        Filled(ref first, ref held, 0, from, to, empty).StoreUnsafe(ref start);
        for (int i = AlignedStores.First(ref start, Vector<float>.Count); i < last; i += Vector<float>.Count)
        {
            Filled(ref first, ref held, (nuint)i, from, to, empty).StoreUnsafe(ref start, (nuint)i);
        }

        Filled(ref first, ref held, (nuint)last, from, to, empty).StoreUnsafe(ref start, (nuint)last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Filled(ref int first, ref float held, nuint place, Vector<int> from, Vector<int> to, Vector<float> empty)
    {
        Vector<int> frames = Vector.LoadUnsafe(ref first, place);
        return Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(frames, from) & Vector.LessThanOrEqual(frames, to), Vector.LoadUnsafe(ref held, place), empty);
    }
}
