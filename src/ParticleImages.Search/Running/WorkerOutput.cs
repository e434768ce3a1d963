namespace ParticleImages.Search;

/// <summary>What a worker process writes to its standard output and error: to a file where there is one, and the last lines for messages.</summary>
internal sealed class WorkerOutput : IDisposable
{
    private const int LinesKept = 20;

    private readonly Queue<string> last = new();
    private StreamWriter? log;

    /// <param name="path">The file, to which it is appended; null for none.</param>
    public WorkerOutput(string? path)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            log = new StreamWriter(path, append: true) { AutoFlush = true };
        }
    }

    /// <summary>The last lines.</summary>
    public string Last
    {
        get
        {
            lock (last)
            {
                return last.Count > 0 ? string.Join('\n', last) : "nothing";
            }
        }
    }

    /// <summary>Takes a line; null stands for the end.</summary>
    public void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (last)
        {
            last.Enqueue(line);
            if (last.Count > LinesKept)
            {
                last.Dequeue();
            }

            try
            {
                log?.WriteLine(line);
            }
            catch (IOException)
            {
                // A full disk is no reason to end the scan; nor is there anybody here who could be told.
                log = null;
            }
        }
    }

    public void Dispose()
    {
        lock (last)
        {
            // Lines may still come from what the worker started.
            log?.Dispose();
            log = null;
        }
    }
}
