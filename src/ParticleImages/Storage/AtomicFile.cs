using System.Text.RegularExpressions;

namespace ParticleImages.Storage;

/// <summary>
/// Writes a file whole or not at all: into a temporary file beside it, to the disk, then renamed over it. What a
/// failure interrupts (an exception, a full disk, a killed process) is as it was before.
/// </summary>
/// <remarks>
/// A link stays a link: what it leads to in the end is replaced, or made. Who may read and write a file that is replaced stays as it was (the
/// permission bits of Unix; the owner is who writes).
/// </remarks>
#if ATOMIC_FILE_IS_INTERNAL // In assemblies that compile this file, too, instead of referencing ours.
internal
#else
public
#endif
static partial class AtomicFile
{
    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The file; an existing one is replaced at the end. Its folder is created if missing.</param>
    /// <param name="write">Writes the contents. If it throws, the temporary file is deleted and the exception passed on.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Replace(path, (temporary, mode) =>
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
            if (mode is { } kept && !OperatingSystem.IsWindows())
            {
                // From the first byte on nobody sees more of it than of the file that it replaces.
                options.UnixCreateMode = kept | UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(temporary, options);
            write(stream);
        });
    }

    /// <summary>Writes a file through a library that wants a path.</summary>
    /// <param name="path">The file; an existing one is replaced at the end. Its folder is created if missing.</param>
    /// <param name="write">
    /// Receives the path of the temporary file, which does not exist yet, and writes and closes it. If it throws, the temporary
    /// file is deleted and the exception passed on. Until it has returned the file may be read by whom the system lets read new files.
    /// </param>
    /// <exception cref="InvalidOperationException">Nothing was written to the temporary file's path.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void WriteThrough(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Replace(path, (temporary, _) => write(temporary));
    }

    private static void Replace(string path, Action<string, UnixFileMode?> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder. Name a file in it.");
        }

        string target = TargetOf(path);
        string folder = System.IO.Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' names no file.", nameof(path));
        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(target) ? null : File.GetUnixFileMode(target);
        MakeFolder(folder, path);

        // The same folder, so that the rename stays on one disk; the extension stays, since libraries look at it.
        string temporary = System.IO.Path.Combine(
            folder, $".{Guid.NewGuid():N}.partial{System.IO.Path.GetExtension(path)}");
        try
        {
            write(temporary, mode);
            FlushToDisk(temporary, path);
            if (mode is { } kept && !OperatingSystem.IsWindows() && File.GetUnixFileMode(temporary) != kept)
            {
                File.SetUnixFileMode(temporary, kept);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception problem)
        {
            Discard(temporary);

            // What the system says of the temporary file, whose name nobody knows, is said of the file.
            if (problem.Message.Contains(temporary, StringComparison.Ordinal))
            {
                string said = $"{path} can't be written: {problem.Message.Replace(temporary, path, StringComparison.Ordinal)}";
                throw problem is UnauthorizedAccessException
                    ? new UnauthorizedAccessException($"{path} can't be written: this user may not write in {folder}. Name a file elsewhere.", problem)
                    : new IOException($"{said} Make room or name a file elsewhere; what was there before is as it was.", problem);
            }

            throw;
        }
    }

    /// <summary>
    /// Deletes the temporary files that killed programs left in a folder. Only for a caller who knows that nobody is writing there.
    /// </summary>
    /// <param name="folder">An existing folder; those below it are left alone.</param>
    public static void DeleteLeftovers(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => TemporaryName().IsMatch(System.IO.Path.GetFileName(path))))
        {
            Discard(path);
        }
    }

    // The file that a path leads to through any number of links; it need not be there.
    private static string TargetOf(string path)
    {
        try
        {
            FileSystemInfo? target = new FileInfo(path).LinkTarget is null ? null : File.ResolveLinkTarget(path, returnFinalTarget: true);
            return target?.FullName ?? System.IO.Path.GetFullPath(path);
        }
        catch (IOException problem)
        {
            throw new IOException($"{path} can't be written: its links lead nowhere ({problem.Message.TrimEnd('.')}). Mend them, or name another file.", problem);
        }
    }

    private static void MakeFolder(string folder, string path)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new UnauthorizedAccessException($"{path} can't be written: this user may not make the folder {folder}. Name a file elsewhere.", problem);
        }
        catch (IOException problem)
        {
            throw new IOException($"{path} can't be written: {folder} is or lies under a file. Name a file elsewhere.", problem);
        }
    }

    [GeneratedRegex(@"^\.[0-9a-f]{32}\.partial(\.|\z)")]
    private static partial Regex TemporaryName();

    // A rename that reaches the disk before the contents would leave an empty file after a power cut.
    private static void FlushToDisk(string temporary, string path)
    {
        if (!File.Exists(temporary))
        {
            throw new InvalidOperationException($"Nothing was written for {path}.");
        }

        using var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        stream.Flush(flushToDisk: true);
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A library that failed may still hold its file; why it failed matters more than the leftover.
        }
    }
}
