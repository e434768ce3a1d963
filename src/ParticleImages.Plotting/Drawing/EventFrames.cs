using System.Globalization;
using ParticleImages.Voxelization;

namespace ParticleImages.Plotting.Drawing;

/// <summary>The frames of one binned event with the energies of their voxels in GeV, and what captions call their times.</summary>
internal sealed class EventFrames
{
    private readonly Voxelizer voxelizer;
    private readonly VoxelGrid grid;
    private readonly PictureUnits units;

    // Where every event has times of its own: that of each frame, in ns, as far as the event has hits.
    private readonly double[] ownTimes;

    private EventFrames(Voxelizer voxelizer, VoxelGrid grid, (int Row, int Column) first, PictureUnits units, double[] ownTimes)
    {
        this.voxelizer = voxelizer;
        this.grid = grid;
        this.units = units;
        this.ownTimes = ownTimes;
        First = first;
        Shape = new ImageShape(grid.Shape.Height, grid.Shape.Width);
        Values = [.. Enumerable.Range(0, Count).Select(ValuesOf)];
    }

    /// <summary>The number of frames.</summary>
    public int Count => grid.Shape.Frames;

    /// <summary>The size of a frame.</summary>
    public ImageShape Shape { get; }

    /// <summary>The row and column of the image at which the frames begin: (0, 0) unless a crop moves them.</summary>
    public (int Row, int Column) First { get; }

    /// <summary>The energies above 0 of each frame, by rows and columns of the frame.</summary>
    public IReadOnlyList<HitValue>[] Values { get; }

    /// <summary>The energies of all frames.</summary>
    public double[] AllValues => [.. Values.SelectMany(frame => frame).Select(voxel => voxel.Value)];

    /// <summary>The frames that a voxelizer makes of images.</summary>
    /// <exception cref="ArgumentException">The crop exceeds the image.</exception>
    /// <exception cref="InvalidOperationException">The time axis is yet to be fitted.</exception>
    public static VoxelShape ShapeOf(Voxelizer voxelizer, ImageShape shape) => voxelizer.Axis.IsFitted
        ? voxelizer.Project(VoxelProjection.None).OutputShape(shape)
        : throw new InvalidOperationException(
            $"The time axis ({voxelizer.Axis}) has yet to see data. Use voxelizer.Fit(events) with the events of the training, and draw with what it returns.");

    /// <summary>Bins one event as a voxelizer does, its energies without the voxelizer's scaling.</summary>
    /// <exception cref="ArgumentException">The crop exceeds the image.</exception>
    /// <exception cref="InvalidOperationException">The time axis is yet to be fitted.</exception>
    public static EventFrames Of(Voxelizer voxelizer, EventBatch one, PictureUnits units, VoxelProjection projection = VoxelProjection.None) =>
        new(
            voxelizer,
            voxelizer.WithChannels(VoxelChannel.Energy).ScaleEnergy([]).Project(projection).Bin(one),
            voxelizer.CropOrigin(one, 0),
            units,
            voxelizer.Axis.Edges.IsEmpty ? OwnTimes(voxelizer, one, units) : []);

    /// <summary>When a frame's hits came, for example <c>−4.510 &lt; t ≤ −4.015 ns</c>, without an end that the axis leaves open; where every event has times of its own, the frame's number and time; for a frame that nothing can fill, that.</summary>
    public string TimeOf(int frame)
    {
        ReadOnlySpan<double> edges = voxelizer.Axis.Edges;
        if (edges.IsEmpty)
        {
            string time = frame < ownTimes.Length ? $": t {(voxelizer.IsCumulative && frame > 0 ? "≤" : "=")} {ShortNumber.Of(ownTimes[frame])} ns" : "";
            return $"frame {frame + 1} of {Count}{time}";
        }

        if (frame >= voxelizer.Axis.Bins)
        {
            return $"frame {frame + 1} of {Count}: never filled";
        }

        TimeEnds ends = TimeEnds.Of(voxelizer);
        int first = voxelizer.IsCumulative ? 0 : frame;
        string? after = first == 0 && ends.IsLowOpen ? null : EdgeName(first);
        string? until = frame == voxelizer.Axis.Bins - 1 && ends.IsHighOpen ? null : EdgeName(frame + 1);
        return (after, until) switch
        {
            (null, null) => "all times",
            (null, _) => $"t ≤ {until} ns",
            (_, null) => $"t > {after} ns",
            _ => $"{after} < t ≤ {until} ns",
        };
    }

    // Three digits of the narrower bin beside an edge tell it from its neighbours.
    private string EdgeName(int edge)
    {
        ReadOnlySpan<double> edges = voxelizer.Axis.Edges;
        double before = edge > 0 ? edges[edge] - edges[edge - 1] : double.PositiveInfinity;
        double after = edge < edges.Length - 1 ? edges[edge + 1] - edges[edge] : double.PositiveInfinity;
        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Min(before, after) * units.Time)), 0, 9);
        return (edges[edge] * units.Time).ToString($"F{decimals}", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    private static double[] OwnTimes(Voxelizer voxelizer, EventBatch one, PictureUnits units)
    {
        VoxelGrid hits = voxelizer.Exclusive().Project(VoxelProjection.None).WithChannels(VoxelChannel.Hit, VoxelChannel.Time).ScaleTime([]).Bin(one);
        var times = new List<double>();
        int voxels = hits.Shape.Frames * hits.Shape.Height * hits.Shape.Width, pixels = hits.Shape.Height * hits.Shape.Width;
        for (int frame = 0; frame < hits.Shape.Frames; frame++)
        {
            int hit = hits.Event(0).Slice(frame * pixels, pixels).IndexOf(1f);
            if (hit < 0)
            {
                break;
            }

            times.Add(hits.Event(0)[voxels + (frame * pixels) + hit] * units.Time);
        }

        return [.. times];
    }

    private List<HitValue> ValuesOf(int frame)
    {
        var values = new List<HitValue>();
        ReadOnlySpan<float> voxels = grid.Event(0).Slice(frame * Shape.Pixels, Shape.Pixels);
        for (int pixel = 0; pixel < voxels.Length; pixel++)
        {
            if (voxels[pixel] > 0)
            {
                values.Add(new HitValue(pixel / Shape.Width, pixel % Shape.Width, voxels[pixel] * units.Energy));
            }
        }

        return values;
    }
}
