using System.CommandLine;
using System.CommandLine.Parsing;

namespace ParticleImages.Cli;

/// <summary>The files and folders a verb reads.</summary>
internal static class FilesArgument
{
    /// <summary>One file or folder.</summary>
    public static Argument<string> One(string name, string description)
    {
        var file = new Argument<string>(name) { Description = description };
        file.Validators.Add(RefuseOptions);
        return file;
    }

    /// <summary>One file or more.</summary>
    public static Argument<string[]> Of(string name, string description)
    {
        var files = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(RefuseOptions);
        return files;
    }

    // Where any number of files is allowed, the parser takes a mistyped option for a file.
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError("A file's name is empty.");
            }
            else if (token.Value.StartsWith('-'))
            {
                result.AddError($"There is no option '{token.Value}'. A file of that name is written './{token.Value}'.");
            }
        }
    }
}
