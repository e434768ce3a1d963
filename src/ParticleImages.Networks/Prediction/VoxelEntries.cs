using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Prediction;

/// <summary>
/// The entries of some events as a device needs them to find for every voxel the number of the entry that fills it: numbers count from 1, and 0 is
/// the background.
/// </summary>
/// <param name="Places">Voxels of (events, Frames, Height, Width), each at most once.</param>
/// <param name="Steps">By how much the number changes from the voxel's predecessor in time to it; exclusive: the number itself.</param>
/// <param name="Tables">For each channel the background's value and then those of all entries.</param>
internal sealed record VoxelEntries(long[] Places, int[] Steps, float[][] Tables)
{
    /// <summary>Lists the entries of some events.</summary>
    public static VoxelEntries Of(SparseVoxels voxels, ReadOnlySpan<int> rows)
    {
        VoxelShape shape = voxels.Shape;
        int frameSize = shape.Height * shape.Width;
        int total = 0;
        foreach (int row in rows)
        {
            total += voxels[row].Count;
        }

        var places = new List<long>(total);
        var steps = new List<int>(places.Capacity);
        var tables = new float[shape.Channels][];
        for (int i = 0; i < tables.Length; i++)
        {
            tables[i] = new float[total + 1];
            tables[i][0] = voxels.Background[i];
        }

        int number = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            SparseEvent entries = voxels[rows[i]];
            for (int channel = 0; channel < tables.Length; channel++)
            {
                entries.Values.Slice(channel * entries.Count, entries.Count).CopyTo(tables[channel].AsSpan(number + 1));
            }

            long first = (long)i * shape.Voxels;
            for (int entry = 0; entry < entries.Count; entry++)
            {
                number++;
                int pixel = entries.Pixels[entry];

                // The entry before, if it is the same pixel's, has carried its own number, one less, to here.
                bool goesOn = voxels.IsCumulative && entry > 0 && entries.Pixels[entry - 1] == pixel;
                Add(first + ((long)entries.Frames[entry] * frameSize) + pixel, goesOn ? 1 : number);

                // Where frames remain empty at the end (the notebook-compatible mode, distinct times), a pixel's last entry takes a second place to end at.
                bool isLast = entry + 1 == entries.Count || entries.Pixels[entry + 1] != pixel;
                int end = entries.End(entry);
                if (voxels.IsCumulative && isLast && end < shape.Frames)
                {
                    Add(first + ((long)end * frameSize) + pixel, -number);
                }
            }
        }

        return new VoxelEntries([.. places], [.. steps], tables);

        void Add(long place, int step)
        {
            places.Add(place);
            steps.Add(step);
        }
    }
}
