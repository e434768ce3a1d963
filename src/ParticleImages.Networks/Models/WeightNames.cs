using System.Globalization;
using System.Text.RegularExpressions;

namespace ParticleImages.Networks;

/// <summary>
/// What the weights of a network are called in a file: <see cref="Own"/> as in a model's folder, <see cref="Sequential"/> as PyTorch calls
/// them, or <see cref="Of"/> any other program's names.
/// </summary>
/// <remarks>
/// Immutable; any number of threads may use one. The network's own names are the layer's number from 1 and its kind, then the array:
/// <c>1_conv.weight</c>, <c>4_batchnorm.running_mean</c>, and inside a block <c>5_residual.branch.1_conv.weight</c>.
/// </remarks>
/// <example><code>network.LoadWeights("from-pytorch.safetensors", WeightNames.Sequential.Under("model"));</code></example>
public sealed partial class WeightNames
{
    private readonly Func<string, string> nameInFile;
    private readonly string text;

    private WeightNames(Func<string, string> nameInFile, string text)
    {
        this.nameInFile = nameInFile;
        this.text = text;
    }

    /// <summary>The network's own names, for example <c>1_conv.weight</c>: those in a model's folder.</summary>
    public static WeightNames Own { get; } = new(name => name, "WeightNames.Own");

    /// <summary>
    /// The names in the <c>state_dict</c> of a PyTorch <c>nn.Sequential</c> with one module for every layer of the description, those without
    /// weights included: layer 1 is module <c>0</c>, so that <c>1_conv.weight</c> is <c>0.weight</c> there. In a block the same holds for the layers of
    /// every branch, <c>4.branch.0.weight</c>, and for the branches themselves, <c>6.0.2.weight</c>.
    /// </summary>
    public static WeightNames Sequential { get; } = new(CountFromZero, "WeightNames.Sequential");

    /// <summary>Names by a rule of the caller's.</summary>
    /// <param name="nameInFile">Gives for the network's own name (<c>1_conv.weight</c>) the one in the file; a different one for every weight.</param>
    /// <returns>The names.</returns>
    public static WeightNames Of(Func<string, string> nameInFile)
    {
        ArgumentNullException.ThrowIfNull(nameInFile);
        return new WeightNames(nameInFile, "WeightNames.Of");
    }

    /// <summary>The same names in a part of a larger model: with a prefix and a dot before each, <c>model.0.weight</c>.</summary>
    /// <param name="prefix">The part's name, without a dot at its end; <c>module</c> for PyTorch's <c>DataParallel</c>.</param>
    /// <returns>The longer names.</returns>
    /// <exception cref="ArgumentException">The prefix is empty or ends with a dot.</exception>
    public WeightNames Under(string prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        return prefix.EndsWith('.')
            ? throw new ArgumentException($"The prefix is '{prefix}'; the dot behind it comes by itself. Leave it out.", nameof(prefix))
            : new WeightNames(name => $"{prefix}.{nameInFile(name)}", $"{text}.Under(\"{prefix}\")");
    }

    /// <summary>The name of one weight in a file.</summary>
    /// <param name="name">The network's own name, for example <c>1_conv.weight</c>.</param>
    /// <returns>The name in the file.</returns>
    /// <exception cref="ArgumentException">The rule gives no name for it.</exception>
    public string NameInFile(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string? found = nameInFile(name);
        return string.IsNullOrEmpty(found) || found == "__metadata__"
            ? throw new ArgumentException($"{text} calls the weight '{name}' '{found}' in the file; a name is any text but the empty one and __metadata__.", nameof(name))
            : found;
    }

    /// <summary>How the names are made.</summary>
    /// <returns>For example <c>WeightNames.Sequential.Under("model")</c>.</returns>
    public override string ToString() => text;

    /// <summary>All weights of a network, in order.</summary>
    /// <exception cref="ArgumentException">Two of them would have one name.</exception>
    internal IReadOnlyList<(string Own, string InFile, long[] Shape)> For(Cnn3d description)
    {
        (string Own, string InFile, long[] Shape)[] all = [.. WeightLayout.Of(description).Select(weight => (weight.Name, NameInFile(weight.Name), weight.Shape))];
        IGrouping<string, (string Own, string InFile, long[] Shape)>? same = all.GroupBy(weight => weight.InFile, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return same is null
            ? all
            : throw new ArgumentException(
                $"{text} calls several weights '{same.Key}': {string.Join(", ", same.Select(weight => $"'{weight.Own}'"))}. Give every weight a name of its own.");
    }

    // The last part is the array's name in its module, which is PyTorch's already.
    private static string CountFromZero(string name)
    {
        string[] parts = name.Split('.');
        for (int i = 0; i < parts.Length - 1; i++)
        {
            Match number = Number().Match(parts[i]);
            if (number.Success && int.TryParse(number.ValueSpan, CultureInfo.InvariantCulture, out int fromOne) && fromOne > 0)
            {
                parts[i] = (fromOne - 1).ToString(CultureInfo.InvariantCulture);
            }
        }

        return string.Join('.', parts);
    }

    [GeneratedRegex(@"^[0-9]+(?=_|\z)")]
    private static partial Regex Number();
}
