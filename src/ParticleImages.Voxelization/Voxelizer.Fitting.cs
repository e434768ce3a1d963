namespace ParticleImages.Voxelization;

/// <content>What is learned from data, and what the cuts remove from it.</content>
public sealed partial record Voxelizer
{
    /// <summary>
    /// Finds on data what waits for it: the edges of <see cref="TimeAxis.Quantiles"/>, the frames of <see cref="TimeAxis.DistinctTimes()"/>, mean and
    /// deviation of <see cref="VoxelScaling.Standardise"/>. Use the events of the training, so that nothing is learned from those that judge.
    /// </summary>
    /// <param name="hits">The events, at least 1.</param>
    /// <returns>A fitted copy; what was fitted before, or needs no data, stays as it is. The axis of quantiles has become one of edges.</returns>
    /// <exception cref="ArgumentException">There are no events, or the crop exceeds the images.</exception>
    /// <exception cref="InvalidOperationException">
    /// The events say too little: no hit passes the cuts, many hits have the same time, or all voxels are equal.
    /// </exception>
    public Voxelizer Fit(HitEvents hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        CheckFit(hits.Count, hits.Shape, nameof(hits));
        Voxelizer fitted = Axis.IsFitted ? this : this with { Axis = FittedAxis(hits).Outside(Axis.OutsidePolicy) };
        return fitted.IsFitted ? fitted : fitted.WithFittedScaling(hits);
    }

    /// <summary>Finds the hits of a source and fits on them.</summary>
    /// <param name="source">The events, at least 1; read once, front to back.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>A fitted copy, as of <see cref="Fit(HitEvents)"/>.</returns>
    /// <exception cref="ArgumentException">There are no events, or the crop exceeds the images.</exception>
    /// <exception cref="InvalidOperationException">
    /// The events say too little: no hit passes the cuts, many hits have the same time, or all voxels are equal.
    /// </exception>
    /// <exception cref="EventFormatException">The source holds bad data.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public Voxelizer Fit(EventSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckFit(source.Count, source.ImageShape, nameof(source));
        return IsFitted ? this : Fit(HitEvents.From(source, cancellation));
    }

    /// <summary>Counts what each cut leaves of the events, their hits and their energy, by class.</summary>
    /// <param name="hits">The events.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">The crop exceeds the images.</exception>
    /// <exception cref="InvalidOperationException">The time axis is yet to be fitted.</exception>
    public CutFlow CountCuts(HitEvents hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        CutFlowCounter counter = Counter(hits.Shape);
        counter.Add(hits);
        return counter.Build();
    }

    /// <summary>Counts what each cut leaves of the events of a source. The images are in memory 256 events at a time, never all.</summary>
    /// <param name="source">The events; read once, front to back.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">The crop exceeds the images.</exception>
    /// <exception cref="InvalidOperationException">The time axis is yet to be fitted.</exception>
    /// <exception cref="EventFormatException">The source holds bad data.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public CutFlow CountCuts(EventSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        CutFlowCounter counter = Counter(source.ImageShape);
        source.ReadInParts(PartSize, (_, images, labels) => counter.Add(images, labels), cancellation);
        return counter.Build();
    }

    // What comes after the cuts may still wait for data.
    private CutFlowCounter Counter(ImageShape shape)
    {
        VoxelShape output = OutputShape(shape);
        RequireFitted(Axis.IsFitted);
        return new CutFlowCounter(this, shape, output);
    }

    private void CheckFit(int count, ImageShape shape, string name)
    {
        if (count == 0)
        {
            throw new ArgumentException("There are no events to fit on. Fit on the events of the training.", name);
        }

        CheckCrop(shape, name);
    }

    // The cuts and the crop; any fitted axis will do, since no hit gets that far.
    private Voxelizer CutsAlone => this with { Axis = TimeAxis.FromEdges(0, 1), EnergyScaling = [], TimeScaling = [] };

    private TimeAxis FittedAxis(HitEvents hits)
    {
        BinningPlan plan = CutsAlone.Plan(hits.Shape);
        using var memory = new DepositMemory(hits.MostHits);
        var deposits = new Deposits(memory.Span);
        var times = new List<float>();
        int mostDistinct = 0;
        for (int i = 0; i < hits.Count; i++)
        {
            HitSelection.FromHits(plan, hits[i], ref deposits);
            ReadOnlySpan<float> kept = deposits.Times[..deposits.Count];
            if (Axis.Kind == TimeAxisKind.Quantiles)
            {
                times.AddRange(kept);
            }
            else
            {
                mostDistinct = Math.Max(mostDistinct, FrameAssignment.DistinctTimes(kept, deposits.SpareFloats));
            }
        }

        return Axis.Kind == TimeAxisKind.Quantiles ? TimeAxis.FromEdges(BinEdges.Quantiles([.. times], Axis.Bins))
            : mostDistinct > TimeAxis.MaximumBins ? throw new InvalidOperationException(
                $"An event has {mostDistinct} distinct times; an axis has at most {TimeAxis.MaximumBins} bins. Cut more, or use TimeAxis.DistinctTimes(frames).")
            : mostDistinct > 0 ? TimeAxis.DistinctTimes(mostDistinct)
            : throw new InvalidOperationException(
                "No hit of the events passes the cuts and the crop, so there are no times to make frames of. Cut less, or fit on other events.");
    }

    private Voxelizer WithFittedScaling(HitEvents hits)
    {
        Voxelizer before = this with
        {
            Channels = [VoxelChannel.Energy, VoxelChannel.Time],
            EnergyScaling = EnergyScaling.RemoveAll(step => !step.IsFitted),
            TimeScaling = TimeScaling.RemoveAll(step => !step.IsFitted),
        };
        SparseVoxels voxels = before.BinSparse(hits);
        return this with
        {
            EnergyScaling = [.. EnergyScaling.Select(step => Has(VoxelChannel.Energy) && !step.IsFitted ? Standardisation.Fit(step, voxels, channel: 0) : step)],
            TimeScaling = [.. TimeScaling.Select(step => Has(VoxelChannel.Time) && !step.IsFitted ? Standardisation.Fit(step, voxels, channel: 1) : step)],
        };
    }
}
