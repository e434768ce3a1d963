using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ParticleImages.Search.Storage.Sqlite;

/// <summary>An open SQLite file that is a store of trials: checked, created where it was empty, and with commands that fail in words of ours.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const int OldestWithoutSchema = 0;

    private const int SmallestPage = 512;

    // Whether another process switches the file to the write-ahead log at this moment is nothing SQLite waits for.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection connection;
    private readonly List<SqliteCommand> commands = [];
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly TimeSpan patience;

    private SqliteFile(string path, SqliteConnection connection, TimeSpan patience)
    {
        Path = path;
        this.connection = connection;
        this.patience = patience;
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
    }

    public string Path { get; }

    public static SqliteFile Open(string path, bool isReadOnly, TimeSpan patience)
    {
        CheckPlace(path, isReadOnly);
        if (File.Exists(path))
        {
            CheckOwner(path, isReadOnly, patience);
        }

        SqliteConnection connection = Connect(path, isReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate);
        var file = new SqliteFile(path, connection, patience);
        try
        {
            file.Try(() =>
            {
                connection.Open();
                file.Run($"PRAGMA busy_timeout={(int)patience.TotalMilliseconds}");
                file.CheckVersion();
                if (!isReadOnly)
                {
                    file.Create();
                    file.TakeWriteAheadLog();
                    file.Run("PRAGMA synchronous=FULL");
                }
                else if (file.Number("PRAGMA user_version") == OldestWithoutSchema)
                {
                    throw new TrialStoreException($"The store {path} is empty: no scan has begun in it yet. Run one with it, or name another store.");
                }
            });
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A command that is kept and prepared.</summary>
    public SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        commands.Add(command);
        return command;
    }

    /// <summary>Does something in one transaction that writes: wholly, or not at all where it says no or throws.</summary>
    public bool InTransaction(Func<bool> work)
    {
        begin.ExecuteNonQuery();
        try
        {
            if (work())
            {
                commit.ExecuteNonQuery();
                return true;
            }
        }
        finally
        {
            // Some errors have ended the transaction already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                Run("ROLLBACK");
            }
        }

        return false;
    }

    /// <summary>Says what SQLite says in words of ours.</summary>
    public T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException problem)
        {
            throw new TrialStoreException(Words(problem), problem);
        }
        catch (Exception problem) when (problem is FormatException or JsonException)
        {
            throw new TrialStoreException($"The store {Path} has a row that this library did not write: {problem.Message} Was it changed with a database tool? Put the row right, or take another store.", problem);
        }
    }

    public void Try(Action work) => Try(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs something once.</summary>
    public void Run(string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        commands.ForEach(command => command.Dispose());
        connection.Dispose();
    }

    private static void CheckPlace(string path, bool isReadOnly)
    {
        string folder = System.IO.Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path))
        {
            throw new TrialStoreException($"{path} is a folder. Name a file in it, for example {System.IO.Path.Combine(path, "scan.db")}.");
        }

        if (!Directory.Exists(folder))
        {
            throw new TrialStoreException($"The store {path} would be in a folder that does not exist. Make {folder} first, or name a file elsewhere.");
        }

        if (!File.Exists(path))
        {
            _ = isReadOnly ? throw new TrialStoreException($"There is no store {path} to look at. A scan that is run with StoreIn(SqliteTrialStore.Open(…)) makes one.") : 0;
            return;
        }

        // The length alone: whoever opens and closes a file beside SQLite takes the locks of all its connections in this process.
        if (new FileInfo(path).Length is > 0 and < SmallestPage)
        {
            throw NoSqlite(path);
        }
    }

    private static TrialStoreException NoSqlite(string path) => new($"{path} is no SQLite file. It was left as it is; name another file for the store.");

    // Through a connection that cannot write, so that a file of somebody else's is as it was. What a killed writer left half done in one has to be undone before anybody can read it.
    private static void CheckOwner(string path, bool isReadOnly, TimeSpan patience)
    {
        if ((Contents(path, SqliteOpenMode.ReadOnly, patience, mayFail: !isReadOnly) ?? Contents(path, SqliteOpenMode.ReadWrite, patience, mayFail: false)) is var (application, tables)
            && application != SqliteSchema.Application && (application != 0 || tables > 0))
        {
            throw new TrialStoreException($"{path} is a database of another application. It was left as it is; name another file for the store.");
        }
    }

    private static (long Application, long Tables)? Contents(string path, SqliteOpenMode mode, TimeSpan patience, bool mayFail)
    {
        using SqliteConnection connection = Connect(path, mode);
        using var file = new SqliteFile(path, connection, patience);
        return file.Try<(long, long)?>(() =>
        {
            connection.Open();
            file.Run($"PRAGMA busy_timeout={(int)patience.TotalMilliseconds}");
            try
            {
                return (file.Number("PRAGMA application_id"), file.Number("SELECT count(*) FROM sqlite_master"));
            }
            catch (SqliteException problem) when (mayFail && problem.SqliteExtendedErrorCode == SQLitePCL.raw.SQLITE_READONLY_ROLLBACK)
            {
                return null;
            }
            catch (SqliteException problem) when (problem.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
            {
                throw NoSqlite(path);
            }
        });
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode) => new(new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,

        // Or the file would stay open behind a disposed store.
        Pooling = false,

        // SQLite's own waiting is finer than this library's, which comes after it.
        DefaultTimeout = 1,
    }.ToString());

    private void CheckVersion()
    {
        long version = Number("PRAGMA user_version");
        if (version > SqliteSchema.Version)
        {
            throw new TrialStoreException(
                $"The store {Path} is of version {version}, and this is a version of the library that knows up to {SqliteSchema.Version}. It was left as it is: use a newer library, or another file.");
        }
    }

    private void Create() => InTransaction(() =>
    {
        // Looked at in the transaction, since two may come at once.
        if (Number("PRAGMA user_version") != OldestWithoutSchema)
        {
            return false;
        }

        Run(SqliteSchema.Text);
        return true;
    });

    private void TakeWriteAheadLog()
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                Run("PRAGMA journal_mode=WAL");
                return;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY && Environment.TickCount64 - start < patience.TotalMilliseconds)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private long Number(string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }

    private string Words(SqliteException problem) => problem.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            $"The store {Path} has been held by another process for longer than {patience.TotalSeconds:0.###} s. End what holds it, such as an open transaction in a database tool, and run the scan again: it goes on where it was.",
        SQLitePCL.raw.SQLITE_FULL =>
            $"The store {Path} can grow no further: the disk is full, or the file's max_page_count is reached. What was told before is in it; make room and run the scan again: it goes on where it was.",
        SQLitePCL.raw.SQLITE_READONLY when problem.SqliteExtendedErrorCode == SQLitePCL.raw.SQLITE_READONLY_ROLLBACK =>
            $"Whoever wrote the store {Path} last was ended in the middle, and that has to be undone before it can be looked at. Run the scan again: it goes on where it was.",
        SQLitePCL.raw.SQLITE_READONLY =>
            $"The store {Path} cannot be written: it was opened to be looked at only, or the file or its folder is write-protected. Allow writing to both, or name a file elsewhere.",
        SQLitePCL.raw.SQLITE_CANTOPEN =>
            $"The store {Path} cannot be opened: this user may not write in its folder, where SQLite keeps its log. Allow that, or name a file elsewhere.",
        SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
            $"The store {Path} is damaged: {problem.Message} Was it copied without its -wal file, or is it on a network file system? The program sqlite3 may save what can be read: sqlite3 FILE .recover.",
        SQLitePCL.raw.SQLITE_IOERR =>
            $"The disk refused to read or write the store {Path}: {problem.Message} Check the disk and its free space, and run the scan again: it goes on where it was.",
        _ => $"The store {Path} failed: {problem.Message}",
    };
}
