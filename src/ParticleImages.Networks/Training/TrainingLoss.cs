namespace ParticleImages.Networks;

/// <summary>What a <see cref="Trainer"/> makes small: a number an event, in nats, of the probability p that the network gives to what the event is.</summary>
public enum TrainingLoss
{
    /// <summary>Cross-entropy: −ln p, from the values before the softmax, so that it is exact for every p.</summary>
    CrossEntropy,

    /// <summary>
    /// Keras' <c>binary_crossentropy</c> on the softmax of two classes: −ln p as well, the mean over two outputs that say the same, but with p limited to
    /// 10⁻⁷ and 1 − 10⁻⁷; an event beyond has a constant loss and no gradient.
    /// </summary>
    BinaryCrossEntropy,
}
