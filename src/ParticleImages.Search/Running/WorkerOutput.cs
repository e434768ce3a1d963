namespace ParticleImages.Search;

/// <summary>What a worker process writes to its standard output and error: to a file where there is one, and the last lines for messages.</summary>
internal sealed class WorkerOutput : IDisposable
{
    // A crash begins with its reason and ends with a long way to it.
    private const int FirstKept = 5;
    private const int LastKept = 15;

    private readonly Lock gate = new();
    private readonly List<string> output = [];
    private readonly List<string> errors = [];
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

    /// <summary>The first and last lines of the standard error; where there is none, the last of the output.</summary>
    public string Said
    {
        get
        {
            lock (gate)
            {
                List<string> lines = errors.Count > 0 ? errors : output;
                return lines.Count > 0 ? string.Join('\n', lines) : "nothing";
            }
        }
    }

    /// <summary>Takes a line; null stands for the end.</summary>
    public void Keep(string? line, bool isError)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            List<string> lines = isError ? errors : output;
            int first = isError ? FirstKept : 0;
            lines.Add(line);
            if (lines.Count > first + LastKept)
            {
                lines.RemoveAt(first);
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
        lock (gate)
        {
            // Lines may still come from what the worker started.
            log?.Dispose();
            log = null;
        }
    }
}
