using ParticleImages.Networks;
using ParticleImages.Plotting;
using ParticleImages.Plotting.Networks;

namespace ParticleImages.Reports.Figures;

/// <summary>The pictures of a network.</summary>
internal static class NetworkFigures
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        new(
            "diagram",
            "Diagram",
            content => content.Model is { } model ? [model] : null,
            content => FormattableString.Invariant($"The {content.Model!.Network.Layers.Length} layers from the voxels to the answer, with the shape after each and its parameters, as in the table below."),
            content => Picture.Network(content.Model!.Network)),
        new(
            "kernels",
            "First kernels",
            content => content is { Weights: not null, Model: { } model } && model.Network.Layers.Any(layer => layer is ConvLayer) ? [model] : null,
            _ => "The kernels of the first convolution, the slices of each in time side by side: positive weights are vermilion, negative ones blue, on one scale.",
            content => Picture.Kernels(content.Weights!.Model.Network)),
        new(
            "occlusion",
            "What an answer rests on",
            content => content is { Weights: not null, Model: { } model, Events: { Examples.Count: > 0 } events } ? [model, events] : null,
            _ => "The hits of the first event from three sides: above their energies, below by how much each of them, taken out of the event, changes the network's answer.",
            content => Picture.Occlusion(Occlusion.Of(content.Weights!.Model.Network, content.Weights.Model.Voxelizer, content.Events!.Examples, 0)).Numbered(content.Events.ExampleRows[0])),
    ];
}
