using System.CommandLine;
using ParticleImages.Networks;

namespace ParticleImages.Cli;

/// <summary>The options that say what computes; the verbs that use a network share them.</summary>
internal sealed class ComputeOptions
{
    private readonly Option<string> device = new("--device")
    {
        Description = "What computes: cpu, cuda or cuda:N, a graphics card of NVIDIA's.",
        HelpName = "cpu|cuda|cuda:N",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<int?> threads = NumberOption.OptionalWhole(
        "--threads", "Threads that the network computes with, for the whole run; by default one a physical core.", "N");

    public void AddTo(Command command)
    {
        command.Add(device);
        command.Add(threads);
    }

    /// <exception cref="UsageException">There can be no such device, or no such number of threads.</exception>
    public Compute Read(ParseResult parsed)
    {
        int? number = parsed.GetValue(threads);
        if (number < 1)
        {
            throw new UsageException(Sentence.Invariant($"--threads {number}: a network computes with 1 thread or more."));
        }

        try
        {
            return new Compute(ComputeDevice.Parse(parsed.GetValue(device)!), number);
        }
        catch (FormatException refused)
        {
            throw new UsageException($"--device {refused.Message}");
        }
    }

    /// <summary>What was chosen.</summary>
    internal sealed record Compute(ComputeDevice Device, int? Threads)
    {
        /// <summary>Sets torch's threads, once in this process, before it computes anything.</summary>
        public void Apply()
        {
            if (Threads is int number)
            {
                TorchLibrary.Threads = number;
            }
        }
    }
}
