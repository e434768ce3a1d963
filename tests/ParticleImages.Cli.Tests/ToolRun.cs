namespace ParticleImages.Cli.Tests;

/// <summary>What a run of the tool left on its streams, and its exit code.</summary>
public sealed record ToolRun(int Code, string Output, string Error)
{
    /// <summary>Runs the tool in this process: quick, and the same code but for the streams themselves.</summary>
    public static ToolRun Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Tool.RunAsync(arguments, output, error).GetAwaiter().GetResult();
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a verb that must succeed in silence on standard error.</summary>
    public static string OutputOf(params string[] arguments)
    {
        ToolRun run = Of(arguments);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Code);
        return run.Output;
    }

    /// <summary>The two lines of a wrong command line: what is wrong, and where to look.</summary>
    public void AssertWrongUsage(string essential, string hint)
    {
        string[] lines = Error.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.Contains(essential, lines[0], StringComparison.Ordinal);
        Assert.Equal(hint, lines[1]);
        Assert.Equal("", Output);
        Assert.Equal(2, Code);
    }

    /// <summary>The one line of a failure, in the tool's words and without a stack trace.</summary>
    public void AssertFailed(params string[] essentials)
    {
        string line = Assert.Single(Error.TrimEnd().Split(Environment.NewLine));
        Assert.All(essentials, essential => Assert.Contains(essential, line, StringComparison.Ordinal));
        Assert.DoesNotContain("Parameter '", line, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", line, StringComparison.Ordinal);
        Assert.Equal("", Output);
        Assert.Equal(1, Code);
    }
}
