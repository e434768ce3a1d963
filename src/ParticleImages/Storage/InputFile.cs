using Microsoft.Win32.SafeHandles;

namespace ParticleImages.Storage;

/// <summary>
/// Opens files to read data from. What is no file of data is refused before it is opened, since opening a pipe waits for whoever writes into it.
/// ParticleImages.Formats compiles this file, too.
/// </summary>
internal static class InputFile
{
    /// <summary>Opens a file, links followed. Others may read it meanwhile, and replace it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bufferSize">Bytes that the stream reads ahead; 1 for none.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or what a link leads to is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="EventFormatException">The path is a folder, a pipe, a device or a circle of links, or the file is empty or can't be opened.</exception>
    public static FileStream Open(string path, int bufferSize = 1 << 12) => new(OpenHandle(path), FileAccess.Read, bufferSize);

    /// <summary>Opens a file to be read from anywhere; errors are those of <see cref="Open"/>.</summary>
    public static SafeFileHandle OpenHandle(string path, FileOptions options = FileOptions.None)
    {
        try
        {
            Check(path);
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, options);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"{path} may not be read by this user. Change its permissions, or copy it.", exception);
        }
        catch (IOException exception) when (exception is not (EventFormatException or FileNotFoundException))
        {
            throw new EventFormatException(
                $"{path} can't be opened: {exception.Message.TrimEnd('.')}. Check the path and its links, and that no program is still writing the file.",
                path,
                innerException: exception);
        }
    }

    private static void Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw new EventFormatException($"{path} is a folder. Name a file in it.", path);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        // The length of a link is its own, so what it leads to is asked.
        FileSystemInfo? target = File.ResolveLinkTarget(path, returnFinalTarget: true);
        if (target is { Exists: false })
        {
            throw new FileNotFoundException($"{path} is a link to {target.FullName}, which is not there. Name another file, or mend the link.", path);
        }

        if (new FileInfo(target?.FullName ?? path).Length == 0)
        {
            throw new EventFormatException(
                $"{path} is empty: 0 bytes. It may be what an interrupted download left: copy or make it again. A pipe or a device looks empty, too, and is not read: "
                + "save what it gives to a file.",
                path);
        }
    }
}
