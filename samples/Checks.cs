namespace Samples;

/// <summary>What the program says must hold, and whether it did.</summary>
internal sealed class Checks
{
    private int broken;

    /// <summary>0 if everything held, else 1.</summary>
    public int ExitCode => broken == 0 ? 0 : 1;

    /// <summary>Prints a sentence that holds; one that does not goes to standard error.</summary>
    public void Hold(bool holds, string sentence)
    {
        if (holds)
        {
            Console.WriteLine($"  ok: {sentence}");
            return;
        }

        broken++;
        Console.Error.WriteLine($"  does not hold: {sentence}");
    }
}
