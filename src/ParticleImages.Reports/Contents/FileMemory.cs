namespace ParticleImages.Reports.Contents;

/// <summary>What was read from files, for as long as they are as they were: a report that is looked at again and again reads what is new. Not safe for several threads.</summary>
internal sealed class FileMemory
{
    private readonly Dictionary<string, (bool IsFile, bool IsFolder)> places = [];
    private readonly Dictionary<string, FileStamp> files = [];
    private Dictionary<(Type, string), Kept> kept = [];
    private Dictionary<(Type, string), Kept> before = [];
    private bool isInDoubt;

    /// <summary>Whether all that the last reading asked for is as it was, what was not there among it.</summary>
    public bool IsCurrent => !isInDoubt && places.All(place => Place(place.Key) == place.Value) && files.All(file => FileStamp.Of(file.Key) == file.Value);

    /// <summary>Begins a reading. What it does not ask for is forgotten by the next.</summary>
    public void Begin()
    {
        isInDoubt = false;
        places.Clear();
        files.Clear();
        (before, kept) = (kept, []);
    }

    /// <summary>Whether a file is there.</summary>
    public bool Exists(string path) => (places[path] = Place(path)).IsFile;

    /// <summary>Says that something could not be read, of which nobody knows when it can be.</summary>
    public void Doubt() => isInDoubt = true;

    /// <summary>The files of a folder by name; none where it is not there.</summary>
    public string[] FilesIn(string folder, string pattern)
    {
        files[folder] = FileStamp.Of(folder);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>What files hold: what was read of them before where they are the same.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="read">Reads them.</param>
    /// <param name="how">What else decides what is read.</param>
    public T Of<T>(IReadOnlyList<string> paths, Func<T> read, string how = "")
        where T : notnull
    {
        // Taken before they are read: who writes meanwhile is noticed the next time.
        FileStamp[] stamps = [.. paths.Select(path => files[path] = FileStamp.Of(path))];
        (Type, string) key = (typeof(T), string.Join('\n', paths.Append(how)));
        Kept now = before.TryGetValue(key, out Kept? earlier) && earlier.Stamps.SequenceEqual(stamps) ? earlier : new Kept(stamps, read());
        kept[key] = now;
        return (T)now.Value;
    }

    private static (bool IsFile, bool IsFolder) Place(string path) => (File.Exists(path), Directory.Exists(path));

    private sealed record Kept(FileStamp[] Stamps, object Value);
}
