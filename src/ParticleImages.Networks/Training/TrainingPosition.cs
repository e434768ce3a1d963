namespace ParticleImages.Networks.Training;

/// <summary>Where a training is, besides its vectors, as a checkpoint keeps it.</summary>
internal sealed record TrainingPosition(
    string History,
    int StepsDone,
    TimeSpan Elapsed,
    int UpdateSteps,
    long Averaged,
    double RateFactor,
    int RollBacks,
    int SkippedInARow,
    bool WasStopped,
    int StepsAtStart,
    long AveragedAtStart);
