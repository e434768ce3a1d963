using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ParticleImages.Networks;
using ParticleImages.Onnx;
using ParticleImages.Search;

namespace ParticleImages.Cli;

/// <summary>Turns what the libraries say to programmers into what the tool says to its user: one line, in the tool's words.</summary>
internal static partial class Sentence
{
    /// <summary>The one line for a problem.</summary>
    public static string Of(Exception problem)
    {
        string text = problem switch
        {
            ArgumentException refused => WithoutParameter(refused).Replace("Set a BatchSize of", "Use a --batch-size of", StringComparison.Ordinal),
            EventFormatException unreadable => InOptions(unreadable),
            ModelFormatException or OnnxFormatException or PlatformNotSupportedException or IOException => InVerbs(problem.Message),
            UnauthorizedAccessException or UsageException or StoppedException or InvalidOperationException or NotSupportedException or TrialStoreException => problem.Message,
            TrainingDivergedException or NotFiniteNumberException or DllNotFoundException or InsufficientMemoryException => problem.Message,
            ExternalException torch when torch.Message.Contains("memory", StringComparison.Ordinal) =>
                "There is not enough memory for the network. Use a smaller batch size, crop or network, or wider time steps.",
            OutOfMemoryException => "There is not enough memory. Use fewer events, a smaller crop or wider time steps.",
            _ => $"This is a defect of particle-images, please report it with the command ({problem.GetType().Name}: {problem.Message}).",
        };
        return OneLine(text);
    }

    /// <summary>The one line for what a report could not read.</summary>
    public static string Of(string problem) => OneLine(InVerbs(problem));

    /// <summary>The numbers and dates of the tool look the same in every country.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with its noun, for example <c>1 photon</c>, <c>20 photons</c>.</summary>
    public static string Count(long number, string noun) => Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");

    private static string OneLine(string text) => ParameterName().Replace(text, "").ReplaceLineEndings(" ").Trim();

    // The base class library appends the name of the parameter and the value, which a user has not heard of or just typed.
    private static string WithoutParameter(ArgumentException refused)
    {
        string text = refused.Message;
        int end = text.IndexOf(Invariant($" (Parameter '{refused.ParamName}')"), StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private static string InVerbs(string text) => text
        .Replace("a model as TrainedModel.Save wrote it", "a folder as train leaves it", StringComparison.Ordinal)
        .Replace("a file as TrainedModel.ExportOnnx wrote it", "a file as export-onnx writes it", StringComparison.Ordinal)
        .Replace("Build the application", "Build particle-images from its sources", StringComparison.Ordinal)
        .Replace("or use ComputeDevice.Cpu", "or leave --device out", StringComparison.Ordinal);

    // What the file and its dataset are called stays as it is, also where it looks like code.
    private static string InOptions(EventFormatException problem)
    {
        const string Path = "\u0001";
        const string Dataset = "\u0002";
        string text = problem.Path is null or "" ? problem.Message : problem.Message.Replace(problem.Path, Path, StringComparison.Ordinal);
        text = problem.Dataset is null or "" ? text : text.Replace($"'{problem.Dataset}'", Dataset, StringComparison.Ordinal);
        return InOptions(text).Replace(Dataset, $"'{problem.Dataset}'", StringComparison.Ordinal).Replace(Path, problem.Path, StringComparison.Ordinal);
    }

    private static string InOptions(string text)
    {
        text = text.Replace("EventLayout.Default", "", StringComparison.Ordinal)
            .Replace("LabelAll(label)", "--label N", StringComparison.Ordinal)
            .Replace("join them with Concat", "give them one after the other", StringComparison.Ordinal)
            .Replace("Use the hits themselves, or merge those of a pixel", "Of such files inspect tells what they hold, and convert --hits copies them; merge a pixel's hits for all else", StringComparison.Ordinal)
            .Replace("Channel out of the layout", "--channel out", StringComparison.Ordinal)
            .Replace("TimeAll out of the layout", "--time out", StringComparison.Ordinal)
            .Replace("Size out of the layout", "--size out", StringComparison.Ordinal)
            .Replace(", Layers(count)", "", StringComparison.Ordinal)
            .Replace(".Channel(number)", " --channel N", StringComparison.Ordinal)
            .Replace("Channel(number)", "--channel", StringComparison.Ordinal);
        text = TimeVerb().Replace(text, " --time $1").Replace("  --time", " --time", StringComparison.Ordinal);
        text = OrderVerb().Replace(text, verb => $"--{verb.Groups[1].Value.ToLowerInvariant()}-{verb.Groups[2].Value.ToLowerInvariant()}")
            .Replace("TimeAll", "--time", StringComparison.Ordinal)
            .Replace(" out of the layout", " out", StringComparison.Ordinal);
        text = SizeVerb().Replace(text, verb => $"{(verb.Index > 0 && text[verb.Index - 1] == ' ' ? "" : " ")}--size ROWSxCOLUMNS");
        return NameVerb().Replace(
            text,
            verb => $"{(verb.Index > 0 && text[verb.Index - 1] == ' ' ? "" : " ")}--{verb.Groups[1].Value.ToLowerInvariant()} "
                + (verb.Groups[2].Value == "name" ? "NAME" : verb.Groups[2].Value));
    }

    [GeneratedRegex(@" \(Parameter '[^']*'\)")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\.TimeAll\(([^)]*)\)")]
    private static partial Regex TimeVerb();

    [GeneratedRegex(@"\.?\bSize\([^)]*\)")]
    private static partial Regex SizeVerb();

    [GeneratedRegex(@"\.?\b(Channel|Column)(First|Last)\b(\(\))?")]
    private static partial Regex OrderVerb();

    [GeneratedRegex("""\.?\b(Images|Labels)\("?([^)"]*)"?\)""")]
    private static partial Regex NameVerb();
}
