namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>One event having its turn in a pass over a batch.</summary>
/// <param name="Event">Its place in the batch.</param>
/// <param name="Chunk">The chunk it belongs to.</param>
/// <param name="Worker">The thread, whose scratch memory it may use.</param>
internal readonly record struct EventTurn(int Event, int Chunk, int Worker);
