using PureHDF.VOL.Native;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Follows names and links through a file's groups, and into other files.</summary>
/// <remarks>Other files are opened as this one is, so none that is no file of data, and stay open until this is disposed of.</remarks>
internal sealed class LinkWalk(StructureFile main, StepLimit limit) : IDisposable
{
    // As many as the HDF5 library follows for one name.
    private const int MostLinks = 16;
    private const int MostLevels = 100;
    private const int LongestName = 4096;
    private const string FoldersOfLinkedFiles = "HDF5_EXT_PREFIX";

    // What opening another file takes, which may fail again and again.
    private const int StepsOfFile = 1000;

    private readonly Dictionary<string, StructureFile> others = [];
    private readonly Dictionary<(StructureFile File, ulong Address), OrderedDictionary<string, Link>> groups = [];
    private readonly Dictionary<(StructureFile File, ulong Address), HdfObject> objects = [];
    private int followed;

    /// <summary>Whether there is a link of this name, wherever it leads.</summary>
    public bool Has(string name)
    {
        int slash = name.TrimEnd('/').LastIndexOf('/');
        return Find(name[..(slash + 1)]).Object is { } parent && LinksOf(parent).ContainsKey(name[(slash + 1)..].TrimEnd('/'));
    }

    /// <summary>What stands under a name.</summary>
    /// <param name="name">The path from the root.</param>
    /// <returns>The object; else why a link on the way leads nowhere, or nothing where there is no such name.</returns>
    public (HdfObject? Object, string? Problem) Find(string name)
    {
        followed = 0;
        return Find(main.Root, name);
    }

    /// <summary>All datasets with their full paths, group by group in the file's order. A group that several paths lead to is entered by the first; links that lead nowhere are left out.</summary>
    public IReadOnlyList<(string Name, HdfObject Object)> Datasets()
    {
        var found = new List<(string, HdfObject)>();
        Collect(main.Root, "/", 0, [], found);
        return found;
    }

    public void Dispose()
    {
        foreach (StructureFile other in others.Values)
        {
            other.Dispose();
        }
    }

    private void Collect(HdfObject group, string prefix, int level, HashSet<(StructureFile File, ulong Address)> entered, List<(string, HdfObject)> found)
    {
        if (!entered.Add((group.File, group.Address)))
        {
            return;
        }

        if (level > MostLevels || prefix.Length > LongestName)
        {
            throw new InvalidDataException($"its groups are nested more than {MostLevels} deep, or have names of more than {LongestName} characters");
        }

        foreach (Link link in LinksOf(group).Values)
        {
            followed = 0;
            HdfObject? child = Follow(group, link).Object;
            if (child?.Native is NativeDataset)
            {
                found.Add((prefix + link.Name, child));
            }
            else if (child?.Native is NativeGroup)
            {
                Collect(child, $"{prefix}{link.Name}/", level + 1, entered, found);
            }
        }
    }

    private (HdfObject? Object, string? Problem) Find(HdfObject from, string name)
    {
        HdfObject at = name.StartsWith('/') ? from.File.Root : from;
        foreach (string part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            limit.Spend(1);
            if (part == ".")
            {
                continue;
            }

            if (!LinksOf(at).TryGetValue(part, out Link? link))
            {
                return (null, null);
            }

            (HdfObject? next, string? problem) = Follow(at, link);
            if (next is null)
            {
                return (null, problem);
            }

            at = next;
        }

        return (at, null);
    }

    private (HdfObject? Object, string? Problem) Follow(HdfObject group, Link link)
    {
        if (link.Address is ulong address)
        {
            return (ObjectAt(group.File, address, link.Name), null);
        }

        if (link.Path is null)
        {
            return (null, "it is of a kind that only the program which made it knows");
        }

        if (++followed > MostLinks)
        {
            return (null, $"it leads on over more than {MostLinks} links, or in a circle");
        }

        if (link.File is null)
        {
            (HdfObject? target, string? why) = Find(group, link.Path);
            return (target, target is null ? why ?? $"there is no '{link.Path}'" : null);
        }

        try
        {
            StructureFile other = Open(group.File, link.File);
            (HdfObject? target, string? why) = HdfErrors.Guard(other.Path, link.Path, null, () => Find(other.Root, "/" + link.Path));
            return (target, target is null ? why ?? $"there is no '{link.Path}' in {other.Path}" : null);
        }
        catch (Exception exception) when (!limit.IsSpent && exception is (EventFormatException or FileNotFoundException or UnauthorizedAccessException))
        {
            return (null, exception.Message);
        }
    }

    // Many names may lead to one object, whose header is decoded once.
    private HdfObject ObjectAt(StructureFile file, ulong address, string name)
    {
        if (!objects.TryGetValue((file, address), out HdfObject? known))
        {
            known = file.ObjectAt(address, name);
            objects.Add((file, address), known);
        }

        return known;
    }

    private OrderedDictionary<string, Link> LinksOf(HdfObject group)
    {
        if (!groups.TryGetValue((group.File, group.Address), out OrderedDictionary<string, Link>? links))
        {
            links = group.Native is NativeGroup ? GroupLinks.Of(group) : [];
            groups.Add((group.File, group.Address), links);
        }

        return links;
    }

    private StructureFile Open(StructureFile from, string name)
    {
        string path = Path.GetFullPath(PlacesOf(from, name).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"it is a link into the file {name}, which is not there", name));
        if (path == Path.GetFullPath(main.Path))
        {
            return main;
        }

        if (!others.TryGetValue(path, out StructureFile? other))
        {
            limit.Spend(StepsOfFile);
            other = StructureFile.Open(path, limit);
            others.Add(path, other);
        }

        return other;
    }

    // Where the HDF5 library looks for a linked file, in its order.
    private static IEnumerable<string> PlacesOf(StructureFile from, string name)
    {
        if (Path.IsPathRooted(name))
        {
            yield return name;
            name = Path.GetFileName(name);
        }

        foreach (string folder in (Environment.GetEnvironmentVariable(FoldersOfLinkedFiles) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return Path.Combine(folder, name);
        }

        yield return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(from.Path))!, name);
        yield return name;
    }
}
