using PureHDF;
using PureHDF.VOL.Native;
using static ParticleImages.Formats.Hdf5.Hidden;

namespace ParticleImages.Formats.Hdf5;

/// <summary>An open HDF5 file: its datasets by name, its texts. PureHDF decodes headers; links are followed by <see cref="LinkWalk"/>.</summary>
internal sealed class Hdf5File : IDisposable
{
    private readonly string path;
    private readonly StructureFile file;
    private readonly LinkWalk links;
    private readonly int threads;

    private Hdf5File(string path, int threads)
    {
        this.path = path;
        this.threads = threads;
        var limit = new StepLimit();
        file = StructureFile.Open(path, limit);
        links = new LinkWalk(file, limit);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">How many decode chunks.</param>
    /// <exception cref="EventFormatException">It is truncated, damaged or no HDF5 file.</exception>
    public static Hdf5File Open(string path, int threads = 1) => new(path, threads);

    /// <summary>Whether something stands under a path, be it a link that leads nowhere.</summary>
    public bool Has(string name) => file.Ask(path, name, null, () => links.Has(name));

    /// <summary>Finds a dataset; it can be read while this is open.</summary>
    /// <param name="name">Its path; a slash before it may be left out.</param>
    /// <param name="verb">The layout's verb that would name another.</param>
    /// <exception cref="EventFormatException">There is none of that name, or it can't be read.</exception>
    public Hdf5Dataset Dataset(string name, string verb)
    {
        name = name.StartsWith('/') ? name : "/" + name;
        (HdfObject? found, string? problem) = file.Ask(path, name, null, () => links.Find(name));
        if (found?.Native is NativeDataset dataset)
        {
            return new Hdf5Dataset(dataset, name, path, found.File, threads);
        }

        problem = found is not null
            ? $"'{name}' in {path} is {(found.Native is IH5Group ? "a group" : "a type")}, no dataset."
            : problem is null ? $"No dataset '{name}' in {path}." : $"The link '{name}' in {path} leads nowhere: {problem.TrimEnd('.')}.";
        throw new EventFormatException($"{problem} {WhatThereIs(name)} {NextStep(verb)}", path, name);
    }

    /// <summary>Describes all datasets, group by group in the file's order.</summary>
    public IReadOnlyList<DatasetDescription> Describe() => ForEach(
        (name, header) => new DatasetDescription(name, header.Shape, header.Element.Name, StorageOf(header)));

    /// <summary>What may be images or labels.</summary>
    public IReadOnlyList<CandidateDataset> Candidates() => ForEach(
        (name, header) => new CandidateDataset(name, header.Shape, header.Element.Name, header.Element.IsFloat, header.Element.IsNumber));

    /// <summary>The texts of the root group.</summary>
    public IReadOnlyDictionary<string, string> Attributes() => file.Ask(path, null, null, () =>
        file.Root.Native.Attributes()
            .Where(attribute => attribute.Space.Type == H5DataspaceType.Scalar && IsText(attribute))
            .ToDictionary(attribute => attribute.Name, attribute => attribute.Read<string>() ?? ""));

    public void Dispose()
    {
        links.Dispose();
        file.Dispose();
    }

    // A text of variable length and a list of bytes differ in nothing that PureHDF shows.
    private static bool IsText(IH5Attribute attribute) => attribute.Type.Class == H5DataTypeClass.String
        || (attribute.Type.Class == H5DataTypeClass.VariableLength
            && Get(Get(Get(Get(attribute, "Message"), "Datatype"), "BitField"), "Type").ToString() == "String");

    // A file has as many steps for all of its datasets as for one.
    private IReadOnlyList<T> ForEach<T>(Func<string, DatasetHeader, T> describe) => file.Ask<IReadOnlyList<T>>(path, null, null, () =>
        [.. links.Datasets().Select(found => HdfErrors.Guard(
            path, found.Name, null, () => describe(found.Name, new DatasetHeader((NativeDataset)found.Object.Native, found.Object.File))))]);

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
        string[] names = [.. file.Ask(path, null, null, links.Datasets).Select(dataset => dataset.Name).OrderBy(name => NameDistance.Between(name, wanted))];
        return names.Length == 0
            ? "It has no datasets."
            : $"It has {string.Join(", ", names.Take(shown).Select(name => $"'{name}'"))}"
                + (names.Length > shown ? $" and {names.Length - shown} more." : ".");
    }
}
