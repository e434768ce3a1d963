namespace ParticleImages.Voxelization.Tests;

/// <summary>
/// The meaning of the binning said once more, as plainly as possible: every voxel of every event asks whether the pixel
/// behind it belongs there. Shares no code with the voxelizer, not even the edges.
/// </summary>
public static class NaiveVoxels
{
    public static float[] Documented(RandomCase input)
    {
        double distance = input.Start + input.Step - input.Start;
        int bins = (int)Math.Max(1, Math.Ceiling((input.Stop - input.Start) / input.Step));
        return Fill(input, bins, input.Window ?? double.PositiveInfinity, (time, frame) =>
        {
            bool isBefore = time <= input.Start;
            bool isAfter = time > Edge(bins);
            if (isBefore || isAfter)
            {
                return input.Policy == OutsideTime.Nearest
                    && (isBefore && input.IsCumulative || frame == (isBefore ? 0 : bins - 1));
            }

            bool hasBegun = time <= Edge(frame + 1);
            return hasBegun && (input.IsCumulative || time > Edge(frame));
        });

        double Edge(int k) => input.Start + (k * distance);
    }

    public static float[] Notebook(RandomCase input)
    {
        double distance = input.Start + input.Step - input.Start;
        int frames = (int)Math.Ceiling((input.Stop - input.Start) / input.Step);
        return Fill(input, frames, 100, (time, frame) =>
            frame < frames - 1
            && time <= Edge(frame + 1)
            && (input.IsCumulative || time > Edge(frame))
            && time <= Edge(frames - 1));

        double Edge(int k) => input.Start + (k * distance);
    }

    private static float[] Fill(RandomCase input, int frames, double window, Func<double, int, bool> isInFrame)
    {
        ImageShape shape = input.Shape;
        int height = input.Crop ?? shape.Height;
        int width = input.Crop ?? shape.Width;
        int top = input.Crop is null ? 0 : (shape.Height / 2) - (height / 2);
        int left = input.Crop is null ? 0 : (shape.Width / 2) - (width / 2);
        var voxels = new float[input.Batch.Count * frames * height * width];
        int next = 0;
        for (int index = 0; index < input.Batch.Count; index++)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                for (int row = 0; row < height; row++)
                {
                    for (int column = 0; column < width; column++)
                    {
                        float energy = input.Batch.Energy(index, top + row, left + column);
                        float time = input.Batch.Time(index, top + row, left + column);
                        bool isHit = float.IsFinite(energy) && energy != 0 && float.IsFinite(time);
                        bool isKept = isHit
                            && (input.Threshold is null || energy > (float)input.Threshold)
                            && Math.Abs(time) < (float)window;
                        voxels[next++] = isKept && isInFrame(time, frame) ? (energy * (float)input.Scale) + 0f : 0;
                    }
                }
            }
        }

        return voxels;
    }
}
