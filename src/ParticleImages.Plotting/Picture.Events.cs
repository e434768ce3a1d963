using ParticleImages.Voxelization;

namespace ParticleImages.Plotting;

/// <content>Pictures of events.</content>
public abstract partial class Picture
{
    /// <summary>Calorimeter images: a row an event, photons first, energy on the left and time on the right.</summary>
    /// <param name="events">Where the events are.</param>
    /// <param name="indices">
    /// Which events, from 0, at most <see cref="EventsPicture.MostEvents"/>; none stands for the first three of each class.
    /// </param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The batch is empty, or too many events are asked for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public static EventsPicture Events(EventBatch events, params ReadOnlySpan<int> indices) =>
        EventsPicture.Of(events, indices);

    /// <summary>The mean image of each class on a logarithmic scale.</summary>
    /// <param name="distributions">What was collected from the events.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">There is no event.</exception>
    public static MeanImagesPicture MeanImages(EventDistributions distributions) => MeanImagesPicture.Of(distributions);

    /// <summary>The hits of an event in space and time, in three dimensions: size and colour by energy; as a page to turn it, too.</summary>
    /// <param name="events">Where the event is.</param>
    /// <param name="index">Which event, from 0.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public static SpaceTimePicture SpaceTime(EventBatch events, int index) => SpaceTimePicture.Of(events, index);

    /// <summary>A binned event frame after frame: an animated GIF, or a sheet of all frames.</summary>
    /// <param name="voxelizer">Cuts and bins the event; its time axis makes the frames, at most <see cref="MoviePicture.MostFrames"/>.</param>
    /// <param name="events">Where the event is.</param>
    /// <param name="index">Which event, from 0.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The batch is empty, the crop exceeds the image, or there are too many frames.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    /// <exception cref="InvalidOperationException">The time axis is yet to be fitted.</exception>
    public static MoviePicture Movie(Voxelizer voxelizer, EventBatch events, int index) => MoviePicture.Of(voxelizer, events, index);

    /// <summary>A binned event from its three sides: columns and rows, columns and time, rows and time.</summary>
    /// <param name="voxelizer">Cuts and bins the event; its own projection is not looked at.</param>
    /// <param name="events">Where the event is.</param>
    /// <param name="index">Which event, from 0.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The batch is empty, or the crop exceeds the image.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    /// <exception cref="InvalidOperationException">The time axis is yet to be fitted.</exception>
    public static ProjectionsPicture Projections(Voxelizer voxelizer, EventBatch events, int index) =>
        ProjectionsPicture.Of(voxelizer, events, index);
}
