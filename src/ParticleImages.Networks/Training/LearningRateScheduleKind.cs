namespace ParticleImages.Networks;

/// <summary>How a <see cref="LearningRateSchedule"/> changes the learning rate during a training.</summary>
public enum LearningRateScheduleKind
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>By a factor every few epochs.</summary>
    Step,

    /// <summary>Up in a line, then down along half a cosine.</summary>
    Cosine,

    /// <summary>From low to high and to almost nothing, in half cosines.</summary>
    OneCycle,

    /// <summary>By a factor when a metric no longer gets better.</summary>
    Plateau,
}
