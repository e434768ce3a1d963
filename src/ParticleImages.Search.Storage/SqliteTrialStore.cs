using ParticleImages.Search.Storage.Sqlite;

namespace ParticleImages.Search.Storage;

/// <summary>Trials of a scan in a SQLite file: what was told to it survives the program, however that ends. Several processes of one host can use a file at once.</summary>
/// <remarks>
/// <para>
/// Every change is on the disk when the call returns (SQLite's write-ahead log with <c>synchronous=FULL</c>): neither a killed process nor a power failure loses it. That costs
/// about as much as the disk takes to confirm a write, a millisecond or so for each of the three changes of a trial.
/// </para>
/// <para>
/// While it is open, two files stand beside it, with <c>-wal</c> and <c>-shm</c> behind its name; they belong to it, and after a crash the first holds the last changes. They vanish
/// when the last user disposes of the store. The file must be on a disk of this host: on a network file system SQLite's locks do not hold. Times are UTC and texts are
/// JSON where they have parts, so any SQLite tool can look at it: tables <c>scan</c>, <c>trials</c> and <c>reports</c>.
/// </para>
/// </remarks>
public static class SqliteTrialStore
{
    /// <summary>Opens a store, and creates it where there is no file or an empty one.</summary>
    /// <param name="path">The file. Its folder exists.</param>
    /// <param name="clock">The clock of leases and of the trials' times; the system's if null. All who use a file use one clock.</param>
    /// <param name="patience">How long to wait while somebody else writes or holds the file; 30 s if null. 0 or more, at most an hour.</param>
    /// <returns>The store, whose <see cref="ITrialStore.Name"/> is the file's full path.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The patience is negative or more than an hour.</exception>
    /// <exception cref="TrialStoreException">
    /// The folder is missing, the path is a folder, the file is no SQLite file, belongs to another application or a newer version, cannot be written, or is held by another process for longer than the
    /// patience. What is there is as it was.
    /// </exception>
    public static ITrialStore Open(string path, TimeProvider? clock = null, TimeSpan? patience = null) =>
        new SqliteStore(SqliteFile.Open(Full(path), isReadOnly: false, Checked(patience)), clock ?? TimeProvider.System);

    /// <summary>Opens a store to look at it, also while a scan runs. Whatever would change it throws <see cref="TrialStoreException"/>.</summary>
    /// <remarks>SQLite may leave the two files beside it then, empty, until somebody opens the store to write.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long to wait while somebody else holds the file; 30 s if null. 0 or more, at most an hour.</param>
    /// <returns>The store.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The patience is negative or more than an hour.</exception>
    /// <exception cref="TrialStoreException">There is no such file, or it is no store of this version or an earlier one.</exception>
    public static ITrialStore OpenReadOnly(string path, TimeSpan? patience = null) =>
        new SqliteStore(SqliteFile.Open(Full(path), isReadOnly: true, Checked(patience)), TimeProvider.System);

    private static string Full(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Path.GetFullPath(path);
    }

    private static TimeSpan Checked(TimeSpan? patience)
    {
        TimeSpan time = patience ?? TimeSpan.FromSeconds(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(patience));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromHours(1), nameof(patience));
        return time;
    }
}
