using System.Numerics;

namespace ParticleImages.Voxelization;

/// <summary>
/// The first stage: the hits of an event that pass the energy and time cuts and lie inside the crop. A time of −0 becomes 0, since a voxel
/// is never −0.
/// </summary>
internal static class HitSelection
{
    // Energies have even places.
    private const uint Energies = 0x5555_5555;

    /// <summary>Selects among the pixels of an image, (Height, Width, 2).</summary>
    /// <returns>False as soon as there are more than <paramref name="most"/>; the deposits are then of no use.</returns>
    public static bool FromImage(in BinningPlan plan, ReadOnlySpan<float> image, ref Deposits deposits, int most = int.MaxValue)
    {
        if (plan.Voxelizer.IsCropAroundHottest)
        {
            bool areAll = Scan(plan, image, ref deposits, most);
            KeepAroundHottest(plan, ref deposits);
            return areAll;
        }

        // The crop's rows, whole; what lies beside the crop's columns is left out afterwards, since little of it gets that far.
        int width = plan.Image.Width;
        bool isWhole = Scan(plan, image.Slice(plan.Top * width * 2, plan.CropHeight * width * 2), ref deposits, most);
        if (plan.CropWidth < width)
        {
            KeepInside(width, top: 0, plan.Left, plan, ref deposits);
        }

        return isWhole;
    }

    /// <summary>Selects among hits.</summary>
    public static void FromHits(in BinningPlan plan, Hits hits, ref Deposits deposits)
    {
        (float threshold, float window) = (plan.Threshold, plan.Window);
        ReadOnlySpan<float> energiesOfHits = hits.Energies;
        ReadOnlySpan<float> timesOfHits = hits.Times[..energiesOfHits.Length];
        ReadOnlySpan<ushort> pixels = hits.Pixels[..energiesOfHits.Length];
        Span<ushort> cells = deposits.Cells;
        Span<float> energies = deposits.Energies;
        Span<float> times = deposits.Times;
        Span<float> rest = stackalloc float[Candidates.Block];
        int count = 0;
        for (int i = 0; i < energiesOfHits.Length; i += Candidates.Block)
        {
            scoped ReadOnlySpan<float> block = energiesOfHits[i..];
            if (block.Length < Candidates.Block)
            {
                // What follows the last hit is 0, which is no candidate.
                block.CopyTo(rest);
                block = rest;
            }

            for (uint bits = Candidates.Above(block, threshold); bits != 0; bits &= bits - 1)
            {
                int hit = i + BitOperations.TrailingZeroCount(bits);
                float time = timesOfHits[hit] + 0f;
                cells[count] = pixels[hit];
                energies[count] = energiesOfHits[hit];
                times[count] = time;
                if (energiesOfHits[hit] < float.PositiveInfinity && MathF.Abs(time) < window)
                {
                    count++;
                }
            }
        }

        deposits.Count = count;
        if (plan.Voxelizer.IsCropAroundHottest)
        {
            KeepAroundHottest(plan, ref deposits);
        }
        else if (plan.CropWidth < plan.Image.Width || plan.CropHeight < plan.Image.Height)
        {
            KeepInside(plan.Image.Width, plan.Top, plan.Left, plan, ref deposits);
        }
    }

    // A candidate is written first and judged then, without a branch to guess wrong. NaN fails every comparison.
    private static bool Scan(in BinningPlan plan, ReadOnlySpan<float> values, ref Deposits deposits, int most)
    {
        // In locals, which unlike fields can stay in registers.
        (float threshold, float window) = (plan.Threshold, plan.Window);
        Span<ushort> cells = deposits.Cells;
        Span<float> energies = deposits.Energies;
        Span<float> times = deposits.Times;
        int count = 0;
        int i = 0;
        for (; i <= values.Length - Candidates.Block && count <= most; i += Candidates.Block)
        {
            ReadOnlySpan<float> block = values.Slice(i, Candidates.Block);
            for (uint bits = Candidates.Above(block, threshold) & Energies; bits != 0; bits &= bits - 1)
            {
                int place = BitOperations.TrailingZeroCount(bits);
                (float energy, float time) = (block[place], block[place + 1] + 0f);
                cells[count] = (ushort)((i + place) >> 1);
                energies[count] = energy;
                times[count] = time;
                if (energy < float.PositiveInfinity && MathF.Abs(time) < window)
                {
                    count++;
                }
            }
        }

        for (; i < values.Length && count <= most; i += 2)
        {
            (float energy, float time) = (values[i], values[i + 1] + 0f);
            if (Candidates.IsAbove(energy, threshold) && energy < float.PositiveInfinity && MathF.Abs(time) < window)
            {
                cells[count] = (ushort)(i >> 1);
                energies[count] = energy;
                times[count] = time;
                count++;
            }
        }

        deposits.Count = count;
        return count <= most;
    }

    /// <summary>Where the crop around an image's hottest hit begins; that of the image's centre where there is no hit.</summary>
    public static (int Row, int Column) OriginAroundHottest(in BinningPlan plan, ReadOnlySpan<float> image, ref Deposits deposits)
    {
        Scan(plan, image, ref deposits, int.MaxValue);
        return deposits.Count == 0 ? (plan.Top, plan.Left) : OriginAroundHottest(plan, deposits);
    }

    private static void KeepAroundHottest(in BinningPlan plan, ref Deposits deposits)
    {
        if (deposits.Count == 0)
        {
            return;
        }

        (int top, int left) = OriginAroundHottest(plan, deposits);
        KeepInside(plan.Image.Width, top, left, plan, ref deposits);
    }

    private static (int Row, int Column) OriginAroundHottest(in BinningPlan plan, in Deposits deposits)
    {
        // The first of several equally hot ones.
        int hottest = 0;
        for (int i = 1; i < deposits.Count; i++)
        {
            hottest = deposits.Energies[i] > deposits.Energies[hottest] ? i : hottest;
        }

        (int row, int column) = Math.DivRem((int)deposits.Cells[hottest], plan.Image.Width);
        return (row - (plan.CropHeight / 2), column - (plan.CropWidth / 2));
    }

    private static void KeepInside(int width, int top, int left, in BinningPlan plan, ref Deposits deposits)
    {
        int kept = 0;
        for (int i = 0; i < deposits.Count; i++)
        {
            (int row, int column) = Math.DivRem((int)deposits.Cells[i], width);

            // A negative difference becomes a large unsigned number, so one comparison checks both sides.
            if ((uint)(row - top) < (uint)plan.CropHeight && (uint)(column - left) < (uint)plan.CropWidth)
            {
                deposits.Cells[kept] = (ushort)(((row - top) * plan.CropWidth) + column - left);
                deposits.Energies[kept] = deposits.Energies[i];
                deposits.Times[kept] = deposits.Times[i];
                kept++;
            }
        }

        deposits.Count = kept;
    }
}
