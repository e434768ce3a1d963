using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>Layers in order inside a layer.</summary>
/// <param name="Name">Its name among the weights, for example <c>branch</c> or <c>2</c>.</param>
/// <param name="Title">Its name in messages, for example <c>branch 2</c>.</param>
/// <param name="Layers">The layers; none leave the input as it is.</param>
internal readonly record struct BlockPart(string Name, string Title, ImmutableArray<NetworkLayer> Layers);
