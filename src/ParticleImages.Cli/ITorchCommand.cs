using System.CommandLine;

namespace ParticleImages.Cli;

/// <summary>A verb that torch computes for.</summary>
internal interface ITorchCommand
{
    /// <summary>Whether the process is to begin again with a tuned allocator before the verb runs.</summary>
    bool WantsTunedAllocator(ParseResult parsed);
}
