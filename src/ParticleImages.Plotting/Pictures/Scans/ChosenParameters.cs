using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <summary>Parameters of a scan's space by their names.</summary>
internal static class ChosenParameters
{
    private const int MostNamed = 20;

    /// <summary>The parameters of some names, in the order of these.</summary>
    /// <exception cref="ArgumentException">There is no name, or one comes twice, or the space has no such parameter.</exception>
    public static IReadOnlyList<IParameter> Of(ScanResult scan, IReadOnlyList<string> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0)
        {
            throw new ArgumentException("Name one parameter or more; without this call all are shown.", nameof(parameters));
        }

        return parameters.Distinct().Count() == parameters.Count
            ? [.. parameters.Select(name => Of(scan, name, nameof(parameters)))]
            : throw new ArgumentException($"'{parameters.GroupBy(name => name).First(same => same.Count() > 1).Key}' is named twice. Name each parameter once.", nameof(parameters));
    }

    /// <summary>A parameter by its name.</summary>
    /// <exception cref="ArgumentException">The space has none.</exception>
    public static IParameter Of(ScanResult scan, string name, string argument) =>
        scan.Space.Parameters.FirstOrDefault(parameter => parameter.Name == name)
        ?? throw new ArgumentException(
            $"The scan has no parameter '{name}'. It has {string.Join(", ", scan.Space.Parameters.Take(MostNamed).Select(parameter => $"'{parameter.Name}'"))}"
            + $"{(scan.Space.Parameters.Count > MostNamed ? $" and {scan.Space.Parameters.Count - MostNamed} more" : "")}.",
            argument);
}
