namespace ParticleImages.Voxelization;

/// <summary>The stages in order, for one event: select, assign frames, merge, scale; then frames or sparse voxels.</summary>
internal static class EventBinning
{
    /// <summary>Makes the voxels of one event of its image.</summary>
    public static void Bin(in BinningPlan plan, ReadOnlySpan<float> image, ref Deposits deposits, Span<float> voxels)
    {
        int most = CrowdedImage.Allows(plan) ? CrowdedImage.HitsWorthMaps(plan) : int.MaxValue;
        if (!HitSelection.FromImage(plan, image, ref deposits, most))
        {
            CrowdedImage.Bin(plan, image, deposits.Memory, voxels);
            return;
        }

        Prepare(plan, ref deposits);
        Write(plan, deposits, voxels);
    }

    /// <summary>Makes the voxels of one event of its hits.</summary>
    public static void Bin(in BinningPlan plan, Hits hits, ref Deposits deposits, Span<float> voxels)
    {
        HitSelection.FromHits(plan, hits, ref deposits);
        Prepare(plan, ref deposits);
        Write(plan, deposits, voxels);
    }

    /// <summary>All that follows the selection and is the same for dense and sparse voxels.</summary>
    public static void Prepare(in BinningPlan plan, ref Deposits deposits)
    {
        FrameAssignment.Assign(plan, ref deposits);
        RepeatedCells.Merge(plan, ref deposits);
        foreach (VoxelScaling step in plan.EnergySteps)
        {
            step.Apply(deposits.Energies[..deposits.Count]);
        }

        foreach (VoxelScaling step in plan.TimeSteps)
        {
            step.Apply(deposits.Times[..deposits.Count]);
        }
    }

    private static void Write(in BinningPlan plan, in Deposits deposits, Span<float> voxels)
    {
        int size = plan.Output.Voxels;
        SparseEvent entries = deposits.As(plan);
        for (int i = 0; i < plan.Output.Channels; i++)
        {
            VoxelChannel channel = plan.Voxelizer.Channels[i];
            ReadOnlySpan<float> values = deposits.ValuesOf(channel);
            DenseFrames.Write(entries, values, plan.Output, plan.Background(channel), plan.ExceedsCaches, voxels.Slice(i * size, size));
        }
    }
}
