namespace ParticleImages.Cli;

/// <summary>A command line that can't be meant: the parser took it, but its parts do not go together.</summary>
internal sealed class UsageException(string message) : Exception(message);
