namespace ParticleImages.Voxelization;

/// <content>The verbs that do the work.</content>
public sealed partial record Voxelizer
{
    private const int PartSize = 256;

    private const int StretchesAThread = 8;

    // 16 MiB, about what a core has of a last cache.
    private const int CachedVoxels = 1 << 22;

    /// <summary>The size of the voxel image that an image of a given size becomes.</summary>
    /// <param name="shape">The size of the image.</param>
    /// <returns>Frames, the image's sides or the crop's, and the channels; 1 along the axis that a projection looks along.</returns>
    /// <exception cref="ArgumentException">
    /// The shape was never set, the crop exceeds it, or one event would have more voxels than an array can hold.
    /// </exception>
    /// <exception cref="InvalidOperationException">The number of frames is yet to be fitted.</exception>
    public VoxelShape OutputShape(ImageShape shape)
    {
        if (shape == default)
        {
            throw new ArgumentException("The shape is 0 × 0: it was never set. Every side is at least 1.", nameof(shape));
        }

        CheckCrop(shape, nameof(shape));
        if (Axis.Bins == 0)
        {
            throw new InvalidOperationException(
                "The number of frames is that of the event with the most distinct times, which is not known yet. "
                + "Use Fit first, or TimeAxis.DistinctTimes(frames).");
        }

        int frames = Projection == VoxelProjection.XY ? 1 : Axis.Bins + (IsNotebookCompatible ? 1 : 0);
        int height = Projection == VoxelProjection.XT ? 1 : CropSize ?? shape.Height;
        int width = Projection == VoxelProjection.YT ? 1 : CropSize ?? shape.Width;
        return new VoxelShape(frames, height, width, Channels.Length);
    }

    /// <summary>Where in an event's image its voxels begin: the voxel of row r and column c shows the image's pixel of row r + Row and column c + Column.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="index">Which of them, from 0.</param>
    /// <returns>
    /// (0, 0) without a crop. Around the hottest hit it differs from event to event and may lie before the image; where no hit passes the cuts, it is that of the crop around
    /// the image's centre. A projection sets the axis that it looks along to 1 long; the other keeps this place.
    /// </returns>
    /// <exception cref="ArgumentException">The crop exceeds the images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public (int Row, int Column) CropOrigin(EventBatch batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, batch.Count);
        CheckCrop(batch.Shape, nameof(batch));
        BinningPlan plan = CutsAlone.Plan(batch.Shape);
        if (!IsCropAroundHottest)
        {
            return (plan.Top, plan.Left);
        }

        using var memory = new DepositMemory(batch.Shape.Pixels);
        var deposits = new Deposits(memory.Span);
        return HitSelection.OriginAroundHottest(plan, batch.Images.Slice(index * batch.Shape.Values, batch.Shape.Values), ref deposits);
    }

    /// <summary>Makes voxels of a batch of images.</summary>
    /// <param name="batch">The events.</param>
    /// <returns>A new grid with the batch's events and labels in their order.</returns>
    /// <exception cref="ArgumentException">
    /// There are no events, the crop exceeds the images, or the grid would have more voxels than an array can hold.
    /// </exception>
    /// <exception cref="InvalidOperationException">The voxelizer is yet to be fitted.</exception>
    public VoxelGrid Bin(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckCrop(batch.Shape, nameof(batch));
        VoxelShape output = OutputShape(batch.Shape);
        float[] voxels = NewVoxels(batch.Count, output, nameof(batch));
        Bin(batch.Images, batch.Shape, voxels);
        return new VoxelGrid(output, voxels, batch.Labels.ToArray());
    }

    /// <summary>Makes voxels of hits.</summary>
    /// <param name="hits">The events.</param>
    /// <returns>A new grid with the events and labels in their order.</returns>
    /// <exception cref="ArgumentException">
    /// There are no events, the crop exceeds the images, or the grid would have more voxels than an array can hold.
    /// </exception>
    /// <exception cref="InvalidOperationException">The voxelizer is yet to be fitted.</exception>
    public VoxelGrid Bin(HitEvents hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        CheckCrop(hits.Shape, nameof(hits));
        float[] voxels = NewVoxels(hits.Count, OutputShape(hits.Shape), nameof(hits));
        BinningPlan plan = Plan(hits.Shape, voxels.Length);
        int size = plan.Output.Values;
        using var memory = new DepositMemory(hits.MostHits);
        var deposits = new Deposits(memory.Span);
        for (int i = 0; i < hits.Count; i++)
        {
            EventBinning.Bin(plan, hits[i], ref deposits, voxels.AsSpan(i * size, size));
        }

        return new VoxelGrid(plan.Output, voxels, hits.Labels.ToArray());
    }

    /// <summary>
    /// Makes voxels of images in the caller's buffers, without allocating; all voxels are written. The number of events
    /// follows from the lengths.
    /// </summary>
    /// <param name="images">(events, Height, Width, 2) in C order: energy, time, energy, time, ….</param>
    /// <param name="shape">The size of one image.</param>
    /// <param name="voxels">Receives (events, Channels, Frames, Height, Width) in C order, see <see cref="OutputShape"/>.</param>
    /// <exception cref="ArgumentException">
    /// There are no events, the lengths do not fit the shapes or each other, the buffers overlap, or the crop exceeds the images.
    /// Nothing was written then.
    /// </exception>
    /// <exception cref="InvalidOperationException">The voxelizer is yet to be fitted. Nothing was written then.</exception>
    public void Bin(ReadOnlySpan<float> images, ImageShape shape, Span<float> voxels)
    {
        BinningPlan plan = Plan(shape, voxels.Length);
        Check(images, voxels, plan);
        Fill(plan, images, voxels);
    }

    /// <summary>
    /// Makes voxels of images in the caller's buffers on several threads; all voxels are written, with the same bits for any number of threads.
    /// Starting the threads allocates about 2 KB a call, whatever its size.
    /// </summary>
    /// <param name="images">(events, Height, Width, 2) in C order: energy, time, energy, time, ….</param>
    /// <param name="shape">The size of one image.</param>
    /// <param name="voxels">Receives (events, Channels, Frames, Height, Width) in C order, see <see cref="OutputShape"/>.</param>
    /// <param name="threads">How many threads share the events, at least 1; never more than there are events. More than there are cores gain nothing.</param>
    /// <exception cref="ArgumentException">
    /// There are no events, the lengths do not fit the shapes or each other, the buffers overlap, or the crop exceeds the images.
    /// Nothing was written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no threads.</exception>
    /// <exception cref="InvalidOperationException">The voxelizer is yet to be fitted. Nothing was written then.</exception>
    public void Bin(ReadOnlyMemory<float> images, ImageShape shape, Memory<float> voxels, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        BinningPlan plan = Plan(shape, voxels.Length);
        int count = Check(images.Span, voxels.Span, plan);
        threads = Math.Min(threads, count);
        if (threads == 1)
        {
            Fill(plan, images.Span, voxels.Span);
            return;
        }

        // Stretches of neighbours, which share cache lines and pages; several a thread, so that one that is held up does not hold up the rest.
        int stretches = (int)Math.Min(count, (long)threads * StretchesAThread);
        Parallel.For(0, stretches, new ParallelOptions { MaxDegreeOfParallelism = threads }, stretch =>
        {
            int start = (int)((long)count * stretch / stretches);
            int end = (int)((long)count * (stretch + 1) / stretches);
            Fill(
                plan,
                images.Span[(start * shape.Values)..(end * shape.Values)],
                voxels.Span[(start * plan.Output.Values)..(end * plan.Output.Values)]);
        });
    }

    /// <summary>
    /// Makes voxels of one event's hits in the caller's buffer, without allocating; all voxels are written.
    /// </summary>
    /// <param name="hits">The event.</param>
    /// <param name="shape">The size of the image that the hits were found in.</param>
    /// <param name="voxels">Receives (Channels, Frames, Height, Width) in C order, see <see cref="OutputShape"/>.</param>
    /// <exception cref="ArgumentException">
    /// The buffer's length does not fit the shape, it overlaps the hits, a hit lies outside the shape, or the crop
    /// exceeds the image. Nothing was written then.
    /// </exception>
    /// <exception cref="InvalidOperationException">The voxelizer is yet to be fitted. Nothing was written then.</exception>
    public void Bin(Hits hits, ImageShape shape, Span<float> voxels)
    {
        BinningPlan plan = Plan(shape);
        CheckVoxels(1, plan.Output, voxels);
        CheckApart(hits.Energies.Overlaps(voxels) || hits.Times.Overlaps(voxels), nameof(voxels));
        int outside = hits.Pixels.IndexOfAnyExceptInRange((ushort)0, (ushort)(shape.Pixels - 1));
        if (outside >= 0)
        {
            throw new ArgumentException(
                $"Hit {outside} is in pixel {hits.Pixels[outside]}; an image of {shape} has pixels 0 to {shape.Pixels - 1}. "
                + "Pass the shape of the images that the hits were found in.",
                nameof(hits));
        }

        using var memory = new DepositMemory(hits.Count);
        var deposits = new Deposits(memory.Span);
        EventBinning.Bin(plan, hits, ref deposits, voxels);
    }

    /// <summary>Makes sparse voxels of hits: what dense voxels hold, in a thousandth of the memory.</summary>
    /// <param name="hits">The events.</param>
    /// <returns>The events and labels in their order.</returns>
    /// <exception cref="ArgumentException">The crop exceeds the images.</exception>
    /// <exception cref="InvalidOperationException">
    /// The voxelizer is yet to be fitted, or there are more than 2 147 483 591 values (<see cref="Array.MaxLength"/>).
    /// </exception>
    public SparseVoxels BinSparse(HitEvents hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        CheckCrop(hits.Shape, nameof(hits));
        BinningPlan plan = Plan(hits.Shape);
        var builder = new SparseVoxelsBuilder(plan, hits.Count);
        using var memory = new DepositMemory(hits.MostHits);
        var deposits = new Deposits(memory.Span);
        for (int i = 0; i < hits.Count; i++)
        {
            HitSelection.FromHits(plan, hits[i], ref deposits);
            builder.Add(plan, ref deposits, hits.Labels[i]);
        }

        return builder.Build(plan);
    }

    /// <summary>Makes sparse voxels of images.</summary>
    /// <param name="batch">The events.</param>
    /// <returns>The events and labels in their order.</returns>
    /// <exception cref="ArgumentException">The crop exceeds the images.</exception>
    /// <exception cref="InvalidOperationException">The voxelizer is yet to be fitted.</exception>
    public SparseVoxels BinSparse(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckCrop(batch.Shape, nameof(batch));
        BinningPlan plan = Plan(batch.Shape);
        var builder = new SparseVoxelsBuilder(plan, batch.Count);
        Add(plan, builder, batch.Images, batch.Labels);
        return builder.Build(plan);
    }

    /// <summary>Makes sparse voxels of all events of a source. The images are in memory 256 events at a time, never all.</summary>
    /// <param name="source">Where the events come from; it is read once, front to back.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>The events and labels in their order.</returns>
    /// <exception cref="ArgumentException">The crop exceeds the images.</exception>
    /// <exception cref="InvalidOperationException">The voxelizer is yet to be fitted, or there are more values than an array holds.</exception>
    /// <exception cref="EventFormatException">The source holds bad data.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public SparseVoxels BinSparse(EventSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckCrop(source.ImageShape, nameof(source));
        BinningPlan plan = Plan(source.ImageShape);
        var builder = new SparseVoxelsBuilder(plan, source.Count);
        source.ReadInParts(PartSize, (_, images, labels) => Add(plan, builder, images, labels), cancellation);
        return builder.Build(plan);
    }

    private static void Add(in BinningPlan plan, SparseVoxelsBuilder builder, ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        using var memory = new DepositMemory(plan.Image.Pixels);
        var deposits = new Deposits(memory.Span);
        for (int i = 0; i < labels.Length; i++)
        {
            HitSelection.FromImage(plan, images.Slice(i * plan.Image.Values, plan.Image.Values), ref deposits);
            builder.Add(plan, ref deposits, labels[i]);
        }
    }

    private static void Fill(in BinningPlan plan, ReadOnlySpan<float> images, Span<float> voxels)
    {
        int imageSize = plan.Image.Values;
        int size = plan.Output.Values;
        using var memory = new DepositMemory(plan.Image.Pixels);
        var deposits = new Deposits(memory.Span);
        for (int i = 0; i < images.Length / imageSize; i++)
        {
            EventBinning.Bin(plan, images.Slice(i * imageSize, imageSize), ref deposits, voxels.Slice(i * size, size));
        }
    }

    // With what is known of the buffer that will be written; sparse voxels write none.
    private BinningPlan Plan(ImageShape shape, int voxels = 0)
    {
        VoxelShape output = OutputShape(shape);
        RequireFitted(IsFitted);
        return new BinningPlan(this, shape, output) { ExceedsCaches = voxels > CachedVoxels };
    }

    private void RequireFitted(bool isFitted)
    {
        if (!isFitted)
        {
            throw new InvalidOperationException(
                $"The voxelizer ({this}) has yet to see data. Use voxelizer.Fit(events) with the events of the training, and bin with what it returns.");
        }
    }

    private void CheckCrop(ImageShape shape, string name)
    {
        int most = Math.Min(shape.Height, shape.Width) / 2 * 2;
        if (CropSize > most)
        {
            throw new ArgumentException(
                $"A crop of {CropSize} × {CropSize} does not fit into images of {shape} pixels. "
                + (most > 0 ? $"Crop to {most} or less." : "They are too narrow for any crop."),
                name);
        }

        // Differences, since a sum may exceed an int.
        if (CropCentre is (int row, int column) && CropSize is int size
            && (row > shape.Height - (size / 2) || column > shape.Width - (size / 2)))
        {
            throw new ArgumentException(
                $"A crop of {size} × {size} around row {row} column {column} reaches beyond images of {shape} pixels: "
                + $"there its centre is at most row {shape.Height - (size / 2)} column {shape.Width - (size / 2)}. Choose a smaller one or another centre.",
                name);
        }
    }

    // Nearly always a slice or a selection gone wrong before, which an empty grid would hide.
    private static void RequireEvents(int count, string name)
    {
        if (count == 0)
        {
            throw new ArgumentException("There are no events to bin: the batch is empty. Check its count before, or use BinSparse, which takes any number.", name);
        }
    }

    private static float[] NewVoxels(int count, VoxelShape shape, string name)
    {
        RequireEvents(count, name);
        if ((long)count * shape.Values > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{count} events of {shape} voxels are more than one grid holds, {Array.MaxLength / shape.Values} events. "
                + "Bin in parts, or use BinSparse.",
                name);
        }

        return GC.AllocateUninitializedArray<float>(count * shape.Values);
    }

    private static int Check(ReadOnlySpan<float> images, Span<float> voxels, in BinningPlan plan)
    {
        if (images.Length % plan.Image.Values != 0)
        {
            throw new ArgumentException(
                $"The buffer holds {images.Length} values; an image of {plan.Image} pixels has {plan.Image.Values}, two a pixel. "
                + "Pass whole images.",
                nameof(images));
        }

        int count = images.Length / plan.Image.Values;
        RequireEvents(count, nameof(images));
        CheckVoxels(count, plan.Output, voxels);
        CheckApart(images.Overlaps(voxels), nameof(voxels));
        return count;
    }

    private static void CheckVoxels(int count, VoxelShape shape, Span<float> voxels)
    {
        if (voxels.Length != (long)count * shape.Values)
        {
            throw new ArgumentException(
                $"{count} events of {shape} voxels need {(long)count * shape.Values} values; the buffer holds {voxels.Length}.",
                nameof(voxels));
        }
    }

    private static void CheckApart(bool overlaps, string name)
    {
        if (overlaps)
        {
            throw new ArgumentException("The buffer overlaps the events, which would be overwritten. Use two buffers.", name);
        }
    }
}
