using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParticleImages.Voxelization;

/// <summary>
/// Dense binning of images with hits in many pixels: whole maps of the pixels instead of a list of hits, without a branch a pixel. Says
/// bit for bit what the list says.
/// </summary>
internal static class CrowdedImage
{
    /// <summary>Whether a voxelizer's choices treat every pixel alike, so that maps can.</summary>
    public static bool Allows(in BinningPlan plan) =>
        plan.Axis.Kind == TimeAxisKind.Edges && plan.Axis.Table.ComparesByVectors && !plan.Voxelizer.IsCropAroundHottest && plan.Voxelizer.Projection == VoxelProjection.None;

    /// <summary>The number of kept hits from which on the maps are faster than the list; measured on 21 × 32 × 32 voxels.</summary>
    public static int HitsWorthMaps(in BinningPlan plan) => plan.Image.Pixels / (plan.IsCumulative ? 16 : 6);

    /// <summary>Makes all channels of one event.</summary>
    /// <param name="plan">The choices.</param>
    /// <param name="image">(Height, Width, 2).</param>
    /// <param name="memory">At least four ints a pixel.</param>
    /// <param name="voxels">All voxels of the event.</param>
    public static void Bin(in BinningPlan plan, ReadOnlySpan<float> image, Span<int> memory, Span<float> voxels)
    {
        int size = plan.CropHeight * plan.CropWidth;
        Span<int> firstFrames = memory[..size];
        Span<float> energies = MemoryMarshal.Cast<int, float>(memory.Slice(size, size));
        Span<float> times = MemoryMarshal.Cast<int, float>(memory.Slice(2 * size, size));
        Span<float> ones = MemoryMarshal.Cast<int, float>(memory.Slice(3 * size, size));
        int rows = plan.CropHeight;
        int width = plan.CropWidth;
        if (width == plan.Image.Width)
        {
            // Without columns to leave out all rows are one.
            (rows, width) = (1, size);
        }

        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> pixels = image.Slice((((plan.Top + row) * plan.Image.Width) + plan.Left) * 2, width * 2);
            int place = row * width;
            Map(plan, pixels, firstFrames.Slice(place, width), energies.Slice(place, width), times.Slice(place, width));
        }

        Scale(plan.EnergySteps, energies);
        Scale(plan.TimeSteps, times);
        for (int i = 0; i < plan.Output.Channels; i++)
        {
            VoxelChannel channel = plan.Voxelizer.Channels[i];
            Span<float> held = channel == VoxelChannel.Energy ? energies : channel == VoxelChannel.Time ? times : ones;
            if (channel == VoxelChannel.Hit)
            {
                ones.Fill(1);
            }

            new FrameMaps(firstFrames, held).Write(
                plan.IsCumulative,
                plan.Output.Frames,
                plan.FilledFrames,
                plan.Background(channel),
                voxels.Slice(i * plan.Output.Voxels, plan.Output.Voxels));
        }
    }

    // What is no hit holds 0, which no step but the last, a standardisation, changes; the maps leave it out.
    private static void Scale(ImmutableArray<VoxelScaling> steps, Span<float> held)
    {
        foreach (VoxelScaling step in steps)
        {
            step.Apply(held);
        }
    }

    private static void Map(
        in BinningPlan plan, ReadOnlySpan<float> pixels, Span<int> firstFrames, Span<float> energies, Span<float> times)
    {
        int i = 0;
        int width = Vector<float>.Count;
        if (Vector.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            for (; i <= firstFrames.Length - (2 * width); i += 2 * width)
            {
                (Vector<float> energy, Vector<float> time) = Split(pixels[(2 * i)..]);
                (Vector<float> nextEnergy, Vector<float> nextTime) = Split(pixels[(2 * (i + width))..]);
                (Vector<int> frame, Vector<int> nextFrame) = plan.Axis.Table.Locate(time, nextTime);
                Store(plan, energy, time, frame, firstFrames[i..], energies[i..], times[i..]);
                Store(plan, nextEnergy, nextTime, nextFrame, firstFrames[(i + width)..], energies[(i + width)..], times[(i + width)..]);
            }
        }

        for (; i < firstFrames.Length; i++)
        {
            (float energy, float time) = (pixels[2 * i], pixels[(2 * i) + 1] + 0f);
            bool isHit = Candidates.IsAbove(energy, plan.Threshold) && energy < float.PositiveInfinity && MathF.Abs(time) < plan.Window;
            int frame = isHit ? plan.Axis.Table.Locate(time) : -1;
            frame = !isHit ? -1 : frame < 0 ? plan.BinBefore : frame == plan.Axis.Bins ? plan.BinAfter : frame;
            firstFrames[i] = frame < 0 ? FrameMaps.Never : frame;
            energies[i] = frame < 0 ? 0 : energy;
            times[i] = frame < 0 ? 0 : time;
        }
    }

    // A pixel's energy is the lower half of its 64 bits, its time the upper. Adding 0 makes −0 to 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> Energy, Vector<float> Time) Split(ReadOnlySpan<float> pixels)
    {
        Vector<ulong> first = new Vector<float>(pixels).As<float, ulong>();
        Vector<ulong> second = new Vector<float>(pixels[Vector<float>.Count..]).As<float, ulong>();
        return (Vector.Narrow(first, second).As<uint, float>(), Vector.Narrow(first >>> 32, second >>> 32).As<uint, float>() + Vector<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        in BinningPlan plan,
        Vector<float> energy,
        Vector<float> time,
        Vector<int> frame,
        Span<int> firstFrames,
        Span<float> energies,
        Span<float> times)
    {
        Vector<int> isHit = Vector.GreaterThan(energy, new Vector<float>(plan.Threshold)) & ~Vector.Equals(energy, Vector<float>.Zero)
            & Vector.LessThan(energy, new Vector<float>(float.PositiveInfinity))
            & Vector.LessThan(Vector.Abs(time), new Vector<float>(plan.Window));
        isHit &= Place(ref frame, Vector.LessThan(frame, Vector<int>.Zero), plan.BinBefore);
        isHit &= Place(ref frame, Vector.Equals(frame, new Vector<int>(plan.Axis.Bins)), plan.BinAfter);
        Vector.ConditionalSelect(isHit, frame, new Vector<int>(FrameMaps.Never)).CopyTo(firstFrames);
        Vector.ConditionalSelect(isHit, energy, Vector<float>.Zero).CopyTo(energies);
        Vector.ConditionalSelect(isHit, time, Vector<float>.Zero).CopyTo(times);
    }

    // Where the frames lie outside puts the policy's frame, and tells which may stay: all, unless the policy drops.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Place(ref Vector<int> frames, Vector<int> areOutside, int policy)
    {
        if (policy < 0)
        {
            return ~areOutside;
        }

        frames = Vector.ConditionalSelect(areOutside, new Vector<int>(policy), frames);
        return Vector<int>.AllBitsSet;
    }
}
