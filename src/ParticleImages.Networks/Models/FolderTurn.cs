using System.Diagnostics;

namespace ParticleImages.Networks.Models;

/// <summary>Holds a folder so that two programs do not mix what they write there: a file that is open to one process alone, and gone when the process is.</summary>
internal static class FolderTurn
{
    // ERROR_SHARING_VIOLATION on Windows, EAGAIN on Linux and on macOS.
    private static readonly int[] HeldElsewhere = [unchecked((int)0x80070020), 11, 35];

    /// <summary>Waits until nobody else holds the folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="name">The file that stands for holding it.</param>
    /// <param name="longest">How long to wait.</param>
    /// <returns>A stream; disposing of it lets the folder go.</returns>
    /// <exception cref="IOException">Another program held the folder all the time.</exception>
    public static FileStream Take(string folder, string name, TimeSpan longest)
    {
        string path = Path.Combine(folder, name);
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException problem) when (HeldElsewhere.Contains(problem.HResult))
            {
                if (Stopwatch.GetElapsedTime(began) >= longest)
                {
                    string waited = longest > TimeSpan.Zero ? $" for {longest.TotalSeconds} s" : "";
                    throw new IOException(
                        $"{folder} is in use: another program has held {path}{waited}. Wait for its end or name another folder; if no program is at work there, delete that file.",
                        problem);
                }

                Thread.Sleep(20);
            }
        }
    }
}
