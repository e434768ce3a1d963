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
        "--threads", "Threads that the network computes with, for the whole run; by default one a physical core, in a scan the cores divided by the workers.", "N");

    private readonly Option<string> engine = new("--engine")
    {
        Description = "How it is computed: reference, every voxel by torch; fused, every voxel with fewer passes; sparse, only where events have something; auto, whichever has less to do for these events.",
        HelpName = "auto|reference|fused|sparse",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<bool> keepAllocator = new("--keep-allocator")
    {
        Description = "Leave the C library's allocator as it is. Otherwise, on Linux, the tool begins again with MALLOC_ variables that torch computes faster with, unless they are set. "
            + $"{ProcessTuning.Switch}=keep does the same.",
    };

    public void AddTo(Command command)
    {
        command.Add(device);
        command.Add(threads);
        command.Add(engine);
        command.Add(keepAllocator);
    }

    /// <summary>Whether torch computes in this process's memory, and the allocator is not to be kept.</summary>
    public bool WantsTunedAllocator(ParseResult parsed) => !parsed.GetValue(keepAllocator) && parsed.GetValue(device) == "cpu";

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
            return new Compute(ComputeDevice.Parse(parsed.GetValue(device)!), number, EngineOf(parsed.GetValue(engine)!));
        }
        catch (FormatException refused)
        {
            throw new UsageException($"--device {refused.Message}");
        }
    }

    private static Engine EngineOf(string name)
    {
        foreach (Engine known in Enum.GetValues<Engine>())
        {
            if (known.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        throw new UsageException($"--engine {name}: there is no such engine. The engines are auto, reference, fused and sparse.");
    }

    /// <summary>What was chosen.</summary>
    internal sealed record Compute(ComputeDevice Device, int? Threads, Engine Engine)
    {
        /// <summary>The device, the number of threads, and what the tool has changed about its process.</summary>
        public override string ToString() =>
            $"{Device}, {Sentence.Count(TorchLibrary.Threads, "thread")}{(ProcessTuning.HasTunedAllocator ? ", allocator tuned (--keep-allocator leaves it as it is)" : "")}";

        /// <summary>Sets torch's threads, once in this process, before it computes anything.</summary>
        public void Apply()
        {
            if (Threads is int number)
            {
                TorchLibrary.Threads = number;
            }
        }

        /// <summary>Gives a network its engine.</summary>
        /// <exception cref="UsageException">The engine can't compute it.</exception>
        public void GiveEngine(VoxelNetwork network) => Ask(() => network.Engine = Engine);

        /// <summary>Asks something that an engine may refuse.</summary>
        /// <exception cref="UsageException">It refuses.</exception>
        public T Ask<T>(Func<T> question)
        {
            try
            {
                return question();
            }
            catch (NotSupportedException refused)
            {
                throw new UsageException($"--engine {Engine.ToString().ToLowerInvariant()}: {refused.Message}");
            }
        }
    }
}
