using System.CommandLine;

namespace ParticleImages.Cli;

/// <summary>Options that are one of a few words.</summary>
internal static class ChoiceOption
{
    /// <param name="name">The option.</param>
    /// <param name="description">What it decides.</param>
    /// <param name="allowed">The words.</param>
    public static Option<string?> Of(string name, string description, params string[] allowed)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', allowed) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var word, ..] && !allowed.Contains(word.Value))
            {
                result.AddError($"{name} '{word.Value}' is not known. There are {string.Join(", ", allowed)}.");
            }
        });
        return option;
    }
}
