namespace ParticleImages.Voxelization;

/// <summary>
/// The third stage, for events whose hits share cells: after a projection, or where a pixel has several hits. One deposit remains
/// a voxel; where hits linger it holds what has arrived in its cell until then.
/// </summary>
internal static class RepeatedCells
{
    /// <summary>Maps the cells to those of the projection and merges the deposits that meet.</summary>
    public static void Merge(in BinningPlan plan, ref Deposits deposits)
    {
        VoxelProjection projection = plan.Voxelizer.Projection;
        if (projection != VoxelProjection.None)
        {
            Project(projection, plan.CropWidth, deposits);
        }
        else if (Ascend(deposits.Cells[..deposits.Count]))
        {
            return;
        }

        // Cell, frame and number in one key, so that equal places keep the hits' order and sums do not depend on the sorting.
        Span<ulong> keys = deposits.SpareKeys;
        Span<float> pairs = deposits.SparePairs;
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)deposits.Cells[i] << 48) | ((ulong)deposits.Frames[i] << 32) | (uint)i;
            pairs[2 * i] = deposits.Energies[i];
            pairs[(2 * i) + 1] = deposits.Times[i];
        }

        keys.Sort();
        int merged = -1;
        double sum = 0;
        float earliest = 0;
        ulong place = 0;
        foreach (ulong key in keys)
        {
            bool isSameCell = merged >= 0 && key >> 48 == place >> 16;
            bool isSamePlace = isSameCell && key >> 32 == place;
            bool goesOn = isSamePlace || (isSameCell && plan.IsCumulative);
            place = key >> 32;
            merged += isSamePlace ? 0 : 1;

            // In double, rounded once a voxel.
            int hit = (int)(uint)key;
            sum = pairs[2 * hit] + (goesOn ? sum : 0);
            earliest = goesOn ? MathF.Min(earliest, pairs[(2 * hit) + 1]) : pairs[(2 * hit) + 1];
            deposits.Cells[merged] = (ushort)(place >> 16);
            deposits.Frames[merged] = (ushort)place;
            deposits.Energies[merged] = (float)sum;
            deposits.Times[merged] = earliest;
        }

        deposits.Count = merged + 1;
    }

    private static bool Ascend(ReadOnlySpan<ushort> cells)
    {
        for (int i = 1; i < cells.Length; i++)
        {
            if (cells[i] <= cells[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static void Project(VoxelProjection projection, int width, in Deposits deposits)
    {
        for (int i = 0; i < deposits.Count; i++)
        {
            switch (projection)
            {
                case VoxelProjection.XY:
                    deposits.Frames[i] = 0;
                    break;
                case VoxelProjection.XT:
                    deposits.Cells[i] = (ushort)(deposits.Cells[i] % width);
                    break;
                default:
                    deposits.Cells[i] = (ushort)(deposits.Cells[i] / width);
                    break;
            }
        }
    }
}
