namespace ParticleImages.Networks;

/// <summary>One row of a network's summary.</summary>
/// <param name="Name">The layer's name as Keras numbers it, for example <c>conv3d_1</c>.</param>
/// <param name="Type">Its class in Keras, for example <c>Conv3D</c>.</param>
/// <param name="Output">The shape of one event after it.</param>
/// <param name="Parameters">All its parameters, as Keras counts: a batch norm's running statistics included.</param>
/// <param name="Trainable">Those that training fits.</param>
public sealed record LayerSummary(string Name, string Type, FeatureShape Output, long Parameters, long Trainable);
