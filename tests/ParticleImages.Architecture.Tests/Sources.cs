using System.Reflection;
using System.Xml.Linq;

namespace ParticleImages.Architecture.Tests;

/// <summary>The projects under src, as their files and as their assemblies.</summary>
internal static class Sources
{
    public static string Folder { get; } = Path.Combine(TestFiles.RepositoryFolder, "src");

    /// <summary>Each project with the projects and packages that it references.</summary>
    public static IReadOnlyDictionary<string, (string[] Projects, string[] Packages)> Projects { get; } =
        Directory.EnumerateFiles(Folder, "*.csproj", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path =>
            {
                XElement project = XElement.Load(path);
                return (
                    Includes(project, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/'))).ToArray(),
                    Includes(project, "PackageReference").ToArray());
            });

    /// <summary>The libraries that have a public interface: every project but the tool.</summary>
    public static IReadOnlyList<Assembly> Libraries { get; } =
        [.. Projects.Keys.Where(name => name != "ParticleImages.Cli").Order(StringComparer.Ordinal).Select(Assembly.Load)];

    public static IEnumerable<Type> PublicTypes => Libraries.SelectMany(library => library.GetExportedTypes());

    /// <summary>Every C# file that people write.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<string> Includes(XElement project, string element) =>
        project.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
