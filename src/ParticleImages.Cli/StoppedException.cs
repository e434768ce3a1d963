namespace ParticleImages.Cli;

/// <summary>Ctrl-C, with what there is to say about it.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);
