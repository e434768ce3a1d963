using PureHDF;
using PureHDF.VOL.Native;
using static ParticleImages.Formats.Hdf5.Hidden;

namespace ParticleImages.Formats.Hdf5;

/// <summary>An open HDF5 file: its datasets by name, its texts. PureHDF finds them; errors of its are translated.</summary>
internal sealed class Hdf5File : IDisposable
{
    // Groups may link to each other in circles.
    private const int MostLevels = 16;
    private const int MostDatasets = 1000;

    private readonly string path;
    private readonly Superblock superblock;
    private readonly NativeFile file;
    private readonly int threads;

    private Hdf5File(string path, Superblock superblock, NativeFile file, int threads)
    {
        this.threads = threads;
        this.path = path;
        this.superblock = superblock;
        this.file = file;
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">How many decode chunks.</param>
    /// <exception cref="EventFormatException">It is truncated, damaged or no HDF5 file.</exception>
    public static Hdf5File Open(string path, int threads = 1) => HdfErrors.Guard(path, null, null, () =>
    {
        Superblock superblock = Superblock.Read(path);
        return new Hdf5File(path, superblock, H5File.OpenRead(path), threads);
    });

    /// <summary>Whether something stands under a path.</summary>
    public bool Has(string name) => HdfErrors.Guard(path, name, null, () => file.LinkExists(name));

    /// <summary>Finds a dataset.</summary>
    /// <param name="name">Its path; a slash before it may be left out.</param>
    /// <param name="verb">The layout's verb that would name another.</param>
    /// <exception cref="EventFormatException">There is none of that name, or it can't be read.</exception>
    public Hdf5Dataset Dataset(string name, string verb)
    {
        name = name.StartsWith('/') ? name : "/" + name;
        IH5Object? found = Has(name) ? HdfErrors.Guard(path, name, null, () => file.Get(name)) : null;
        if (found is NativeDataset dataset)
        {
            return new Hdf5Dataset(dataset, name, path, superblock, threads);
        }

        string problem = found switch
        {
            null => $"No dataset '{name}' in {path}.",
            IH5Group => $"'{name}' in {path} is a group, no dataset.",
            _ => $"The link '{name}' in {path} leads nowhere.",
        };
        throw new EventFormatException($"{problem} {WhatThereIs(name)} {NextStep(verb)}", path, name);
    }

    /// <summary>All datasets with their full paths, group by group in the file's order.</summary>
    public IReadOnlyList<(string Name, NativeDataset Dataset)> Datasets() => HdfErrors.Guard(path, null, null, () =>
    {
        var found = new List<(string, NativeDataset)>();
        Collect(file, "/", 0, found);
        return found;
    });

    /// <summary>Describes all datasets.</summary>
    public IReadOnlyList<DatasetDescription> Describe() =>
        [.. Datasets().Select(found => HdfErrors.Guard(path, found.Name, null, () =>
        {
            var header = new DatasetHeader(found.Dataset, path, superblock);
            return new DatasetDescription(found.Name, header.Shape, header.Element.Name, StorageOf(header));
        }))];

    /// <summary>What may be images or labels; nothing where there are too many datasets to look at all.</summary>
    public IReadOnlyList<CandidateDataset> Candidates()
    {
        IReadOnlyList<(string Name, NativeDataset Dataset)> datasets = Datasets();
        return datasets.Count >= MostDatasets
            ? []
            : [.. datasets.Select(found => HdfErrors.Guard(path, found.Name, null, () =>
            {
                var header = new DatasetHeader(found.Dataset, path, superblock);
                return new CandidateDataset(found.Name, header.Shape, header.Element.Name, header.Element.IsFloat, header.Element.IsNumber);
            }))];
    }

    /// <summary>The texts of the root group.</summary>
    public IReadOnlyDictionary<string, string> Attributes() => HdfErrors.Guard(path, null, null, () =>
        file.Attributes()
            .Where(attribute => attribute.Space.Type == H5DataspaceType.Scalar && IsText(attribute))
            .ToDictionary(attribute => attribute.Name, attribute => attribute.Read<string>() ?? ""));

    public void Dispose() => file.Dispose();

    // A text of variable length and a list of bytes differ in nothing that PureHDF shows.
    private static bool IsText(IH5Attribute attribute) => attribute.Type.Class == H5DataTypeClass.String
        || (attribute.Type.Class == H5DataTypeClass.VariableLength
            && Get(Get(Get(Get(attribute, "Message"), "Datatype"), "BitField"), "Type").ToString() == "String");

    private static void Collect(IH5Group group, string prefix, int level, List<(string, NativeDataset)> found)
    {
        foreach (IH5Object child in group.Children())
        {
            if (found.Count >= MostDatasets)
            {
                return;
            }

            if (child is NativeDataset dataset)
            {
                found.Add((prefix + child.Name, dataset));
            }
            else if (child is IH5Group inner && level < MostLevels)
            {
                Collect(inner, $"{prefix}{child.Name}/", level + 1, found);
            }
        }
    }

    private static string StorageOf(DatasetHeader header)
    {
        string storage = header.Layout switch
        {
            H5DataLayoutClass.Chunked => $"chunks of {string.Join(" × ", header.ChunkShape)}",
            H5DataLayoutClass.VirtualStorage => "virtual",
            var other => other.ToString().ToLowerInvariant(),
        };
        return string.Join(", ", header.Filters.Select(filter => filter.Name).Prepend(storage));
    }

    private static string NextStep(string verb) => verb == nameof(EventLayout.Labels)
        ? "Name the right one with EventLayout.Default.Labels(name), or, if it has no labels, give all events one with LabelAll(label)."
        : $"Name the right one with EventLayout.Default.{verb}(name).";

    private string WhatThereIs(string wanted)
    {
        const int shown = 10;
        string[] names = [.. Datasets().Select(dataset => dataset.Name).OrderBy(name => NameDistance.Between(name, wanted))];
        return names.Length == 0
            ? "It has no datasets."
            : $"It has {string.Join(", ", names.Take(shown).Select(name => $"'{name}'"))}"
                + (names.Length > shown ? $" and {names.Length - shown} more." : ".");
    }
}
