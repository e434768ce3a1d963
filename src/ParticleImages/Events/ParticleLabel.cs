namespace ParticleImages;

/// <summary>The labels of the public files: what particle made the event.</summary>
public static class ParticleLabel
{
    /// <summary>A photon, label 0: the background class when electrons are the signal.</summary>
    public const int Photon = 0;

    /// <summary>An electron, label 1: the signal class.</summary>
    public const int Electron = 1;

    /// <summary>The word for a label.</summary>
    /// <param name="label"><see cref="Photon"/> or <see cref="Electron"/>.</param>
    /// <returns><c>photon</c> or <c>electron</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is neither 0 nor 1.</exception>
    public static string NameOf(int label) => label switch
    {
        Photon => "photon",
        Electron => "electron",
        _ => throw new ArgumentOutOfRangeException(nameof(label), label, "A label is 0 (photon) or 1 (electron)."),
    };
}
