using ParticleImages.Numpy;
using PureHDF;

namespace ParticleImages.Formats.Tests.Layouts;

/// <summary>Files of named arrays of any shape, in the formats that keep such.</summary>
internal static class Arrays
{
    /// <summary>Writes arrays to an HDF5 or npz file, as the ending says; a group's name may stand before a slash.</summary>
    public static string Write(string path, params (string Name, Array Values)[] arrays)
    {
        if (path.EndsWith(".npz", StringComparison.Ordinal))
        {
            NpzFile.Write(path, archive =>
            {
                foreach ((string name, Array values) in arrays)
                {
                    Add(archive, name, values);
                }
            });
            return path;
        }

        var file = new H5File();
        foreach ((string name, Array values) in arrays)
        {
            file[name] = values;
        }

        file.Write(path);
        return path;
    }

    /// <summary>An array of floats of a shape.</summary>
    public static Array Of(float[] values, params int[] shape)
    {
        var array = Array.CreateInstance(typeof(float), shape);
        Buffer.BlockCopy(values, 0, array, 0, Buffer.ByteLength(values));
        return array;
    }

    /// <summary>Images (events, rows, columns, 2) as the axes of another order have them: e events, r rows, c columns, v values.</summary>
    public static Array Turned(EventBatch events, string order)
    {
        var lengths = new Dictionary<char, int> { ['e'] = events.Count, ['r'] = events.Shape.Height, ['c'] = events.Shape.Width, ['v'] = 2 };
        int[] shape = [.. order.Select(axis => lengths[axis])];
        var turned = Array.CreateInstance(typeof(float), shape);
        var at = new int[4];
        for (int i = 0; i < events.Images.Length; i++)
        {
            int rest = i;
            foreach (char axis in "vcre")
            {
                at[order.IndexOf(axis, StringComparison.Ordinal)] = rest % lengths[axis];
                rest /= lengths[axis];
            }

            turned.SetValue(events.Images[i], at);
        }

        return turned;
    }

    private static void Add(NpzWriter archive, string name, Array values)
    {
        int[] shape = [.. Enumerable.Range(0, values.Rank).Select(values.GetLength)];
        if (values is int[] or int[,])
        {
            archive.Add(name, values.Cast<int>().ToArray(), shape);
        }
        else
        {
            archive.Add(name, values.Cast<float>().ToArray(), shape);
        }
    }
}
