namespace ParticleImages;

/// <summary>Receives some events of a source: see <see cref="EventSource.ReadInParts"/>.</summary>
/// <param name="start">The number of the first event, from 0.</param>
/// <param name="images">(labels.Length, Height, Width, 2) in C order; valid until the call returns.</param>
/// <param name="labels">One label an event; valid until the call returns.</param>
public delegate void EventPartReader(int start, ReadOnlySpan<float> images, ReadOnlySpan<int> labels);
