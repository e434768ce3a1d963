using System.Buffers;
using System.Runtime.InteropServices;

namespace ParticleImages.Voxelization;

/// <summary>The last stage of dense binning: deposits become the frames of one channel. Every voxel is written.</summary>
internal static class DenseFrames
{
    // So much is cleared before hits are written into it: it stays in the first cache (32 KiB in most processors).
    private const int ChunkBytes = 28 << 10;

    // Single voxels are written one by one, frames by vectors. Measured on 21 × 32 × 32: even at about one voxel written of thirty.
    private const int VoxelsAVectorisedOne = 32;

    /// <summary>Writes the voxels of one channel, (Frames, Height, Width).</summary>
    /// <param name="entries">Where and when.</param>
    /// <param name="values">What each entry's voxels hold.</param>
    /// <param name="shape">The size of the voxel image.</param>
    /// <param name="background">What all other voxels hold.</param>
    /// <param name="exceedsCaches">Whether so much is written before it is read that no cache holds it.</param>
    /// <param name="voxels">shape.Voxels values.</param>
    public static void Write(SparseEvent entries, ReadOnlySpan<float> values, VoxelShape shape, float background, bool exceedsCaches, Span<float> voxels)
    {
        int frameSize = shape.Height * shape.Width;
        int chunk = Math.Max(1, ChunkBytes / sizeof(float) / frameSize);

        // A hit costs a step in every chunk, and one for every voxel that it fills.
        int stepsAHit = Math.Max((shape.Frames + chunk - 1) / chunk, entries.IsCumulative ? (entries.FilledFrames + 1) / 2 : 1);
        if ((long)entries.Count * stepsAHit > voxels.Length / VoxelsAVectorisedOne && !entries.HasRepeatedPixels)
        {
            WriteByVectors(entries, values, shape.Frames, frameSize, background, voxels);
            return;
        }

        ReadOnlySpan<ushort> pixels = entries.Pixels;
        ReadOnlySpan<ushort> firstFrames = entries.Frames[..pixels.Length];
        values = values[..pixels.Length];
        for (int start = 0; start < shape.Frames; start += chunk)
        {
            int end = Math.Min(shape.Frames, start + chunk);
            Span<float> part = voxels[(start * frameSize)..(end * frameSize)];
            if (exceedsCaches && background == 0)
            {
                // Its instruction does not fetch memory that it overwrites: slower in a cache, faster outside.
                part.Clear();
            }
            else
            {
                AlignedStores.Fill(part, background);
            }

            for (int i = 0; i < pixels.Length; i++)
            {
                int frame = Math.Max(firstFrames[i], start);
                int last = Math.Min(entries.End(i), end);
                float value = values[i];
                for (int place = ((frame - start) * frameSize) + pixels[i]; frame < last; frame++, place += frameSize)
                {
                    part[place] = value;
                }
            }
        }
    }

    private static void WriteByVectors(
        SparseEvent entries, ReadOnlySpan<float> values, int frames, int frameSize, float background, Span<float> voxels)
    {
        int[] memory = ArrayPool<int>.Shared.Rent(2 * frameSize);
        var maps = new FrameMaps(memory.AsSpan(0, frameSize), MemoryMarshal.Cast<int, float>(memory.AsSpan(frameSize, frameSize)));
        maps.FirstFrames.Fill(FrameMaps.Never);
        for (int i = 0; i < entries.Count; i++)
        {
            maps.FirstFrames[entries.Pixels[i]] = entries.Frames[i];
            maps.Held[entries.Pixels[i]] = values[i];
        }

        maps.Write(entries.IsCumulative, frames, entries.FilledFrames, background, voxels);
        ArrayPool<int>.Shared.Return(memory);
    }
}
