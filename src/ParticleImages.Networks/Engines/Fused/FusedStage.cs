namespace ParticleImages.Networks.Engines.Fused;

/// <summary>Some layers of a network: from a batch of maps to the next one.</summary>
internal abstract class FusedStage(FusedMaps input, FusedMaps output, bool hasSlopes) : IDisposable
{
    public FusedMaps Input { get; } = input;

    public FusedMaps Output { get; } = output;

    /// <summary>Whether anything before it is fitted, so that slopes by the input are wanted.</summary>
    public bool HasSlopes { get; } = hasSlopes;

    public abstract void Forward(FusedStep step);

    /// <summary>Goes back through the batch that was computed last.</summary>
    /// <param name="step">The same as before.</param>
    /// <param name="gradient">Receives, in its own places, the gradient of what the layers fit.</param>
    public abstract void Backward(FusedStep step, Span<float> gradient);

    /// <summary>Forgets the batch.</summary>
    public abstract void Abandon();

    public abstract void BeginSurvey();

    public abstract void AdoptSurvey();

    public abstract void EndSurvey();

    public virtual void Dispose() => Abandon();
}
