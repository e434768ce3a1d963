using System.CommandLine;
using ParticleImages.Networks;

namespace ParticleImages.Cli;

/// <summary>The options that say how a network is trained. What is not given is the recipe's.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<string?> recipe = ChoiceOption.Of(
        "--recipe",
        "What holds where no option says otherwise. stable (the default): 20 epochs, batches of 100, Adam at 0.001 along a cosine. notebook: as the published notebook, 100 "
            + "epochs, batches of 100, Adam at a constant 0.001, batch norms as the steps left them.",
        "stable",
        "notebook");

    private readonly Option<int?> epochs = NumberOption.OptionalWhole("--epochs", "Passes over the training events.", "N");

    private readonly Option<int?> batchSize = NumberOption.OptionalWhole("--batch-size", "Events a step.", "N");

    private readonly Option<double?> learningRate = NumberOption.OptionalReal("--learning-rate", "The learning rate, the highest of the schedule.", "R");

    private readonly Option<int> seed = NumberOption.Whole(
        "--seed", "Where weights, order of the events and dropout come from; 0 or more. The same seed, events and threads repeat a training bit for bit.", "S", byDefault: 1);

    private readonly Option<string?> optimizer = ChoiceOption.Of(
        "--optimizer", "How weights are changed, with PyTorch's numbers; sgd with a momentum of 0.9.", "adam", "adamw", "nadam", "sgd", "rmsprop");

    private readonly Option<string?> schedule = ChoiceOption.Of(
        "--schedule",
        "What becomes of the learning rate. step: a tenth after each third of the epochs; plateau: half whenever the validation loss has not become better for 5 epochs.",
        "constant",
        "cosine",
        "one-cycle",
        "plateau",
        "step");

    private readonly Option<bool> keepBest = new("--keep-best") { Description = "End with the weights of the epoch of the lowest validation loss, not of the last." };

    private readonly Option<int?> patience = NumberOption.OptionalWhole(
        "--patience", "End when the validation loss has not become better for N epochs.", "N");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { recipe, epochs, batchSize, learningRate, seed, optimizer, schedule, keepBest, patience })
        {
            command.Add(option);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="hasValidation">Whether there will be events to validate on.</param>
    /// <exception cref="UsageException">The options do not go together or are out of range.</exception>
    public Plan Read(ParseResult parsed, bool hasValidation)
    {
        RequireAtLeastOne(parsed, epochs);
        RequireAtLeastOne(parsed, batchSize);
        RequireAtLeastOne(parsed, patience);
        if (parsed.GetValue(learningRate) is double rate && !(rate > 0 && double.IsFinite(rate)))
        {
            throw new UsageException(Sentence.Invariant($"{learningRate.Name} {rate}: a learning rate is a positive number, for example 0.001."));
        }

        int chosen = parsed.GetValue(seed);
        if (chosen < 0)
        {
            throw new UsageException(Sentence.Invariant($"{seed.Name} {chosen} is below 0."));
        }

        string? needy = parsed.GetValue(keepBest) ? keepBest.Name
            : parsed.GetValue(patience) is not null ? patience.Name
            : parsed.GetValue(schedule) == "plateau" ? $"{schedule.Name} plateau" : null;
        return needy is null || hasValidation
            ? new Plan(chosen, network => Trainer(parsed, network).Seed(chosen))
            : throw new UsageException($"{needy} looks at the validation loss, and --validation 0 leaves no events to validate on. Leave one of them out.");
    }

    private Trainer Trainer(ParseResult parsed, VoxelNetwork network)
    {
        Trainer trainer = parsed.GetValue(recipe) == "notebook" ? Networks.Trainer.Notebook(network) : Networks.Trainer.For(network);
        trainer = parsed.GetValue(epochs) is int count ? trainer.Epochs(count) : trainer;
        trainer = parsed.GetValue(batchSize) is int events ? trainer.BatchSize(events) : trainer;
        trainer = parsed.GetValue(learningRate) is double rate ? trainer.LearningRate(rate) : trainer;
        trainer = parsed.GetValue(optimizer) is { } rule ? trainer.With(OptimizerOf(rule)) : trainer;
        trainer = parsed.GetValue(schedule) is { } kind ? trainer.With(ScheduleOf(kind, trainer.EpochCount)) : trainer;
        trainer = parsed.GetValue(keepBest) ? trainer.KeepBest() : trainer;
        return parsed.GetValue(patience) is int wait ? trainer.StopEarly(patience: wait) : trainer;
    }

    private static Optimizer OptimizerOf(string name) => name switch
    {
        "adamw" => Optimizer.AdamW(),
        "nadam" => Optimizer.NAdam(),
        "sgd" => Optimizer.Sgd(momentum: 0.9),
        "rmsprop" => Optimizer.RmsProp(),
        _ => Optimizer.Adam(),
    };

    private static LearningRateSchedule ScheduleOf(string name, int epochs) => name switch
    {
        "constant" => LearningRateSchedule.Constant,
        "one-cycle" => LearningRateSchedule.OneCycle(),
        "plateau" => LearningRateSchedule.Plateau(),
        "step" => LearningRateSchedule.Step(every: (epochs + 2) / 3),
        _ => LearningRateSchedule.Cosine(),
    };

    private static void RequireAtLeastOne(ParseResult parsed, Option<int?> option)
    {
        if (parsed.GetValue(option) is int number and < 1)
        {
            throw new UsageException(Sentence.Invariant($"{option.Name} {number} is below 1."));
        }
    }

    /// <summary>What was chosen, before there is a network.</summary>
    /// <param name="Seed">The seed of weights, order and dropout.</param>
    /// <param name="Of">The training of a network.</param>
    internal sealed record Plan(int Seed, Func<VoxelNetwork, Trainer> Of);
}
