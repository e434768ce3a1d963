namespace ParticleImages.Voxelization;

/// <summary>The second stage: the frame of every hit; hits outside the time axis are dropped where its policy says so.</summary>
internal static class FrameAssignment
{
    public static void Assign(in BinningPlan plan, ref Deposits deposits)
    {
        Span<int> located = deposits.SpareInts;
        ReadOnlySpan<float> times = deposits.Times[..deposits.Count];
        if (plan.Axis.Kind == TimeAxisKind.DistinctTimes)
        {
            AssignDistinct(times, deposits.SpareFloats, located);
        }
        else
        {
            plan.Axis.Table.Locate(deposits.TimeVectors, located);
        }

        int bins = plan.Axis.Bins;
        int kept = 0;
        for (int i = 0; i < times.Length; i++)
        {
            int frame = located[i];
            if ((uint)frame >= (uint)bins)
            {
                frame = frame < 0 ? plan.BinBefore : plan.BinAfter;
                if (frame < 0)
                {
                    continue;
                }
            }

            deposits.Frames[kept] = (ushort)frame;
            if (kept < i)
            {
                deposits.Cells[kept] = deposits.Cells[i];
                deposits.Energies[kept] = deposits.Energies[i];
                deposits.Times[kept] = deposits.Times[i];
            }

            kept++;
        }

        deposits.Count = kept;
    }

    /// <summary>The number of distinct times; −0 and 0 are one.</summary>
    public static int DistinctTimes(ReadOnlySpan<float> times, Span<float> sorted)
    {
        times.CopyTo(sorted);
        sorted.Sort();
        int distinct = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[distinct - 1])
            {
                sorted[distinct++] = sorted[i];
            }
        }

        return distinct;
    }

    private static void AssignDistinct(ReadOnlySpan<float> times, Span<float> sorted, Span<int> frames)
    {
        Span<float> distinct = sorted[..DistinctTimes(times, sorted)];
        for (int i = 0; i < times.Length; i++)
        {
            frames[i] = distinct.BinarySearch(times[i]);
        }
    }
}
