namespace ParticleImages.Search;

/// <summary>What an argument exception says, for messages that have no parameters.</summary>
internal static class ArgumentProblem
{
    /// <summary>The message without the parameter's name and value, which the framework appends.</summary>
    public static string Of(Exception problem)
    {
        int end = problem is ArgumentException { ParamName: { } name } ? problem.Message.LastIndexOf($" (Parameter '{name}')", StringComparison.Ordinal) : -1;
        return end < 0 ? problem.Message : problem.Message[..end];
    }
}
