namespace ParticleImages.TestKit;

/// <summary>Where tests find their files.</summary>
public static class TestFiles
{
    /// <summary>The folder that holds ParticleImages.sln.</summary>
    public static string RepositoryFolder { get; } = FindRepository();

    /// <summary>The real images, which are not ours to redistribute: null where a checkout stands alone.</summary>
    public static string? RealImages
    {
        get
        {
            string path = Path.Combine(RepositoryFolder, "..", "shared", "data", "electron-photon.npz");
            return File.Exists(path) ? Path.GetFullPath(path) : null;
        }
    }

    /// <summary>A file that the test project copies to its output from its Data folder.</summary>
    public static string Data(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Data", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"No test file '{name}' beside the tests.", path);
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ParticleImages.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run from inside the repository; ParticleImages.sln was not found above them.");
    }
}
