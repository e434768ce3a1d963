namespace ParticleImages.Voxelization.Tests;

/// <summary>
/// All choices of the voxelizer said once more, hit by hit and voxel by voxel, as plainly as possible and in double precision.
/// Shares no code with it, not even the edges.
/// </summary>
public static class NaiveEvents
{
    private sealed record Hit(int Row, int Column, float Energy, float Time);

    private sealed record Deposit(int Frame, int Row, int Column, float Energy, float Time);

    public static float[] Voxels(RandomCase input, HitEvents events)
    {
        int frames = input.Projection == VoxelProjection.XY ? 1 : Bins(input) + (input.IsNotebook ? 1 : 0);
        int height = input.Projection == VoxelProjection.XT ? 1 : input.Crop ?? input.Shape.Height;
        int width = input.Projection == VoxelProjection.YT ? 1 : input.Crop ?? input.Shape.Width;
        var voxels = new List<float>();
        for (int index = 0; index < events.Count; index++)
        {
            List<Deposit> deposits = Deposits(input, events[index]);
            int used = input.Projection == VoxelProjection.XY ? 1
                : input.DistinctFrames is null || deposits.Count == 0 ? Bins(input)
                : deposits.Max(deposit => deposit.Frame) + 1;
            foreach (VoxelChannel channel in input.Channels)
            {
                var values = new float?[frames * height * width];
                for (int frame = 0; frame < frames; frame++)
                {
                    for (int row = 0; row < height; row++)
                    {
                        for (int column = 0; column < width; column++)
                        {
                            Deposit[] here = [.. deposits.Where(deposit => (deposit.Row, deposit.Column) == (row, column)
                                && (deposit.Frame == frame || (input.IsCumulative && deposit.Frame < frame && frame < used)))];
                            values[(((frame * height) + row) * width) + column] = here.Length == 0 ? null : channel switch
                            {
                                VoxelChannel.Energy => (float)here.OrderBy(deposit => deposit.Frame).Aggregate(0.0, (sum, deposit) => sum + deposit.Energy),
                                VoxelChannel.Time => here.Min(deposit => deposit.Time),
                                _ => 1,
                            };
                        }
                    }
                }

                voxels.AddRange(Scaled(values, channel switch
                {
                    VoxelChannel.Energy => input.EnergyScaling,
                    VoxelChannel.Time => input.TimeScaling,
                    _ => [],
                }));
            }
        }

        return [.. voxels];
    }

    // The notebook's edges are those of numpy.arange, one fewer than the documented mode's.
    private static int Bins(RandomCase input) =>
        input.DistinctFrames ?? (int)Math.Max(1, Math.Ceiling((input.Stop - input.Start) / input.Step)) - (input.IsNotebook ? 1 : 0);

    private static List<Deposit> Deposits(RandomCase input, Hits hits)
    {
        var kept = new List<Hit>();
        for (int i = 0; i < hits.Count; i++)
        {
            bool isKept = (input.Threshold is null || hits.Energies[i] > (float)input.Threshold)
                && (input.IsNotebook ? Math.Abs(hits.Times[i]) < 100 : input.Window is null || Math.Abs(hits.Times[i]) < (float)input.Window);
            if (isKept)
            {
                kept.Add(new Hit(hits.Pixels[i] / input.Shape.Width, hits.Pixels[i] % input.Shape.Width, hits.Energies[i], hits.Times[i]));
            }
        }

        (int top, int left) = Corner(input, kept);
        kept = [.. kept.Select(hit => hit with { Row = hit.Row - top, Column = hit.Column - left })
            .Where(hit => hit.Row >= 0 && hit.Column >= 0
                && hit.Row < (input.Crop ?? input.Shape.Height) && hit.Column < (input.Crop ?? input.Shape.Width))];
        double[] times = [.. kept.Select(hit => (double)hit.Time).Distinct().Order()];
        return [.. kept.Select(hit => (hit, frame: Frame(input, hit.Time, times))).Where(pair => pair.frame >= 0).Select(pair => new Deposit(
            input.Projection == VoxelProjection.XY ? 0 : pair.frame,
            input.Projection == VoxelProjection.XT ? 0 : pair.hit.Row,
            input.Projection == VoxelProjection.YT ? 0 : pair.hit.Column,
            pair.hit.Energy,
            pair.hit.Time))];
    }

    private static (int Top, int Left) Corner(RandomCase input, List<Hit> kept)
    {
        if (input.Crop is not int size)
        {
            return (0, 0);
        }

        Hit? hottest = input.IsCropAroundHottest ? kept.MaxBy(hit => hit.Energy) : null;
        (int row, int column) = hottest is not null ? (hottest.Row, hottest.Column)
            : input.CropCentre ?? (input.Shape.Height / 2, input.Shape.Width / 2);
        return (row - (size / 2), column - (size / 2));
    }

    private static int Frame(RandomCase input, double time, double[] distinct)
    {
        int bins = Bins(input);
        int frame;
        if (input.DistinctFrames is not null)
        {
            frame = Array.FindIndex(distinct, other => other == time);
        }
        else
        {
            double distance = input.Start + input.Step - input.Start;
            frame = -1;
            while (frame < bins && time > input.Start + ((frame + 1) * distance))
            {
                frame++;
            }
        }

        return frame >= 0 && frame < bins ? frame
            : input.IsNotebook ? (frame < 0 && input.IsCumulative ? 0 : -1)
            : input.Policy == OutsideTime.Drop ? -1 : Math.Clamp(frame, 0, bins - 1);
    }

    private static IEnumerable<float> Scaled(float?[] values, VoxelScaling[] steps)
    {
        foreach (VoxelScaling step in steps)
        {
            float largest = values.Max(value => Math.Abs(value ?? 0));
            values = [.. values.Select(value => value is not float x ? (float?)null : step.Kind switch
            {
                ScalingKind.Factor => x * (float)step.Factor!.Value,
                ScalingKind.Log1p => (float)(Math.Sign(x) * Log1p(Math.Abs((double)x))),
                ScalingKind.SquareRoot => (float)(Math.Sign(x) * Math.Sqrt(Math.Abs((double)x))),
                _ => largest > 0 ? x / largest : x,
            })];
        }

        // Without a hit 0, and no value is −0.
        return values.Select(value => (value ?? 0) + 0f);
    }

    // The series where 1 + x would lose the digits, as far as float32 can tell.
    private static double Log1p(double x) => x < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);
}
