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
            else if (isCumulative)
            {
                WriteLingering(frame, background, target);
            }
            else
            {
                WriteOwn(frame, background, target);
            }
        }
    }

    private void WriteLingering(int frame, float background, Span<float> target)
    {
        int last = target.Length - Vector<float>.Count;
        if (!Vector.IsHardwareAccelerated || last < 0)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = FirstFrames[i] <= frame ? Held[i] : background;
            }

            return;
        }

        // Head and tail overlap the aligned middle instead of going value by value.
        ref int first = ref MemoryMarshal.GetReference(FirstFrames[..target.Length]);
        ref float held = ref MemoryMarshal.GetReference(Held[..target.Length]);
        ref float start = ref MemoryMarshal.GetReference(target);
        var now = new Vector<int>(frame);
        var empty = new Vector<float>(background);
        Lingering(ref first, ref held, 0, now, empty).StoreUnsafe(ref start);
        for (int i = AlignedStores.First(ref start, Vector<float>.Count); i < last; i += Vector<float>.Count)
        {
            Lingering(ref first, ref held, (nuint)i, now, empty).StoreUnsafe(ref start, (nuint)i);
        }

        Lingering(ref first, ref held, (nuint)last, now, empty).StoreUnsafe(ref start, (nuint)last);
    }

    private void WriteOwn(int frame, float background, Span<float> target)
    {
        int last = target.Length - Vector<float>.Count;
        if (!Vector.IsHardwareAccelerated || last < 0)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = FirstFrames[i] == frame ? Held[i] : background;
            }

            return;
        }

        ref int first = ref MemoryMarshal.GetReference(FirstFrames[..target.Length]);
        ref float held = ref MemoryMarshal.GetReference(Held[..target.Length]);
        ref float start = ref MemoryMarshal.GetReference(target);
        var now = new Vector<int>(frame);
        var empty = new Vector<float>(background);
        Own(ref first, ref held, 0, now, empty).StoreUnsafe(ref start);
        for (int i = AlignedStores.First(ref start, Vector<float>.Count); i < last; i += Vector<float>.Count)
        {
            Own(ref first, ref held, (nuint)i, now, empty).StoreUnsafe(ref start, (nuint)i);
        }

        Own(ref first, ref held, (nuint)last, now, empty).StoreUnsafe(ref start, (nuint)last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Lingering(ref int first, ref float held, nuint place, Vector<int> now, Vector<float> empty) =>
        Vector.ConditionalSelect(
            Vector.LessThanOrEqual(Vector.LoadUnsafe(ref first, place), now), Vector.LoadUnsafe(ref held, place), empty);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Own(ref int first, ref float held, nuint place, Vector<int> now, Vector<float> empty) =>
        Vector.ConditionalSelect(Vector.Equals(Vector.LoadUnsafe(ref first, place), now), Vector.LoadUnsafe(ref held, place), empty);
}
