namespace ParticleImages.Plotting.Drawing;

/// <summary>A part of a picture has no room; the picture, which alone knows its size, says what to do.</summary>
internal sealed class NoRoomException : InvalidOperationException;
