using System.Globalization;

namespace ParticleImages.Voxelization;

/// <summary>
/// Counts what each cut leaves by binning with one cut more each time, by the stages that bin: the table cannot
/// disagree with the voxels.
/// </summary>
internal sealed class CutFlowCounter
{
    private readonly Voxelizer voxelizer;
    private readonly BinningPlan[] steps;
    private readonly long[,] events;
    private readonly long[,] hits;
    private readonly double[,] energies;
    private readonly long[] all = new long[2];

    public CutFlowCounter(Voxelizer voxelizer, ImageShape shape, VoxelShape output)
    {
        this.voxelizer = voxelizer;

        // Scaling, channels and projection come after the cuts.
        Voxelizer bare = Voxelizer.Over(voxelizer.Axis);
        List<Voxelizer> cuts = [bare];
        if (voxelizer.EnergyThreshold is double threshold)
        {
            bare = bare.KeepEnergyAbove(threshold);
            cuts.Add(bare);
        }

        if (voxelizer.TimeWindow is double window)
        {
            bare = bare.KeepTimeWithin(window);
            cuts.Add(bare);
        }

        if (voxelizer.CropSize is not null)
        {
            bare = bare.WithCropOf(voxelizer);
            cuts.Add(bare);
        }

        cuts.Add(voxelizer);
        steps = [.. cuts.Select(cut => new BinningPlan(cut, shape, output))];
        events = new long[steps.Length, 2];
        hits = new long[steps.Length, 2];
        energies = new double[steps.Length, 2];
    }

    /// <summary>Adds events from their hits.</summary>
    public void Add(HitEvents hitEvents)
    {
        using var memory = new DepositMemory(hitEvents.MostHits);
        var deposits = new Deposits(memory.Span);
        for (int i = 0; i < hitEvents.Count; i++)
        {
            all[hitEvents.Labels[i]]++;
            for (int step = 0; step < steps.Length; step++)
            {
                HitSelection.FromHits(steps[step], hitEvents[i], ref deposits);
                Count(step, hitEvents.Labels[i], ref deposits);
            }
        }
    }

    /// <summary>Adds events from their images, (events, Height, Width, 2).</summary>
    public void Add(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        ImageShape shape = steps[0].Image;
        using var memory = new DepositMemory(shape.Pixels);
        var deposits = new Deposits(memory.Span);
        for (int i = 0; i < labels.Length; i++)
        {
            all[labels[i]]++;
            for (int step = 0; step < steps.Length; step++)
            {
                HitSelection.FromImage(steps[step], images.Slice(i * shape.Values, shape.Values), ref deposits);
                Count(step, labels[i], ref deposits);
            }
        }
    }

    public CutFlow Build()
    {
        string[] names = CutNames.Of(voxelizer, Text, Text);
        var rows = new List<CutFlowRow>();
        for (int label = 0; label < 2; label++)
        {
            rows.Add(new CutFlowRow(names[0], label, all[label], hits[0, label], energies[0, label]));
        }

        for (int step = 0; step < steps.Length; step++)
        {
            for (int label = 0; label < 2; label++)
            {
                rows.Add(new CutFlowRow(names[step + 1], label, events[step, label], hits[step, label], energies[step, label]));
            }
        }

        return new CutFlow(voxelizer, rows.AsReadOnly());
    }

    private void Count(int step, int label, ref Deposits deposits)
    {
        if (step == steps.Length - 1)
        {
            FrameAssignment.Assign(steps[step], ref deposits);
        }

        events[step, label] += deposits.Count > 0 ? 1 : 0;
        hits[step, label] += deposits.Count;
        foreach (float energy in deposits.Energies[..deposits.Count])
        {
            energies[step, label] += energy;
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
