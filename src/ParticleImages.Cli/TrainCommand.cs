using System.CommandLine;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Terminal;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>Fits a network to events and leaves a model in a folder.</summary>
internal sealed class TrainCommand : Command, ITorchCommand
{
    // Besides that of every epoch: an epoch of the public files takes most of an hour on a CPU.
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromMinutes(5);

    private readonly Argument<string[]> inputs = FilesArgument.Of(
        "IN", "Files of events of both classes in any format, taken one after the other. The options on the layout hold for all.");

    private readonly Option<string> folder = new("--out")
    {
        Description = "The folder for model/, history.csv and, until the model is there, checkpoint/. A training that was stopped or killed goes on when the same command is run again.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> force = new("--force") { Description = "Replace a finished model that is there already, at the end of the training." };

    private readonly Option<string> network = new("--network")
    {
        Description = $"{NetworkChoice.Names}, or a description in FILE.json; see particle-images network.",
        HelpName = "NAME|FILE.json",
        DefaultValueFactory = _ => NetworkChoice.Default,
    };

    private readonly EventShares shares = new();
    private readonly TrainingOptions training = new();
    private readonly VoxelizerOptions binning = new();
    private readonly ComputeOptions computing = new();
    private readonly LayoutOptions layout = new();

    public TrainCommand()
        : base("train", "Fit a network to events and leave a model: it tells electrons from photons.")
    {
        Add(inputs);
        Add(folder);
        Add(force);
        Add(network);
        training.AddTo(this);
        shares.AddTo(this);
        computing.AddTo(this);
        binning.AddTo(this);
        layout.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    public bool WantsTunedAllocator(ParseResult parsed) => computing.WantsTunedAllocator(parsed);

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Voxelizer voxelizer = binning.Read(parsed);
        EventLayout chosen = layout.Read(parsed);
        EventShares.Amounts amounts = shares.Read(parsed);
        TrainingOptions.Plan plan = training.Read(parsed, hasValidation: !amounts.Validation.IsNone);
        NetworkChoice choice = NetworkChoice.Parse(network.Name, parsed.GetValue(network)!);
        ComputeOptions.Compute compute = computing.Read(parsed);
        string target = parsed.GetValue(folder)!;
        if (string.IsNullOrWhiteSpace(target))
        {
            throw new UsageException("--out is empty. Name a folder; '.' is the present one.");
        }

        var place = new TrainingFolder(target);
        place.RequireFree(parsed.GetValue(force));

        using var files = InputFiles.Open(parsed.GetValue(inputs)!, chosen);
        Cnn3d description = choice.For(voxelizer.OutputShape(files.Events.ImageShape), isScaled: voxelizer.EnergyScaling.Length > 0);
        (EventSource train, EventSource validation, EventSource test) = amounts.Of(files.Events);
        compute.Apply();
        using VoxelNetwork built = description.Build(plan.Seed, compute.Device);
        compute.GiveEngine(built);
        Trainer trainer = plan.Of(built).CheckpointIn(place.Checkpoint, BetweenCheckpoints);

        var screen = Screen.Of(parsed);
        SparseVoxels trainVoxels = Bin("Binning events to train on", train, voxelizer, screen, cancellation);
        SparseVoxels? validationVoxels = validation.Count > 0 ? Bin("Binning events to validate on", validation, voxelizer, screen, cancellation) : null;
        screen.Say(description.Summary());
        screen.Say($"{voxelizer}{(files.IsSynthetic ? "; synthetic events" : "")}");
        screen.Say(Sentence.Invariant($"{train.Count} events to train on, {validation.Count} to validate on, {test.Count} to test on"));
        screen.Say($"{trainer}; {compute}");
        screen.Say($"Engine {compute.Ask(() => built.ChooseEngine(trainVoxels, forTraining: true))}");

        TrainingHistory history = Fit(trainer, trainVoxels, validationVoxels, place, screen, cancellation);
        using var model = new TrainedModel(built, voxelizer, history);
        place.Finish(model);
        var summary = new RunSummary(
            parsed.GetValue(inputs)!,
            chosen,
            files.IsSynthetic,
            (train.Count, validation.Count, test.Count),
            ("network", parsed.GetValue(network)!),
            ("training", trainer.ToString()!),
            ("computed on", compute.ToString()!),
            ("engine", built.LastEngine?.ToString() ?? "not known"));
        summary.Write(target);
        screen.Say($"{place.Model}: {Sentence.Count(history.Count, "epoch")}{(trainer.BestBy is TrainingMetric best ? Sentence.Invariant($", weights of epoch {history.Best(best).Epoch}") : "")}");
        if (test.Count > 0)
        {
            Judgement judgement = screen.Count("Testing", test.Count, progress => Judgement.Of(new TorchScoring(model, place.Model), new CountedSource(test, progress), cancellation));
            if (judgement.Result is { } result)
            {
                result.SaveCsv(place.Scores);
                summary.Write(target, place.Scores);
            }

            screen.Say("Events to test on:");
            judgement.Say(screen);
        }

        return ExitCode.Done;
    }

    private static SparseVoxels Bin(string what, EventSource events, Voxelizer voxelizer, Screen screen, CancellationToken cancellation) =>
        screen.Count(what, events.Count, progress => voxelizer.BinSparse(new CountedSource(events, progress), cancellation));

    private static TrainingHistory Fit(
        Trainer trainer, SparseVoxels train, SparseVoxels? validation, TrainingFolder place, Screen screen, CancellationToken cancellation)
    {
        try
        {
            return TrainingWatch.Run(screen, progress => trainer.Fit(train, validation, progress, cancellation), place.HasCheckpoint ? place.Checkpoint : null);
        }
        catch (Exception) when (!place.HasCheckpoint)
        {
            place.RemoveEmptyCheckpoint();
            throw;
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException($"Stopped: {place.Checkpoint} has the training as far as it came, and the same command goes on with it. A model that was there is as it was.");
        }
        catch (TrainingDivergedException problem)
        {
            throw new TrainingDivergedException($"{problem.Message} {place.Checkpoint} has the epochs before: delete it to train with other options in this folder.", problem);
        }
    }
}
