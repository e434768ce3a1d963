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
}
