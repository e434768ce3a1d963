using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Search.Tests.Running;
using ParticleImages.Voxelization;

namespace ParticleImages.Pipelines.Tests;

public sealed class PipelineTests
{
    [Fact]
    public async Task A_scan_over_cuts_and_network_reports_every_epoch_and_judges_every_trial_by_the_same_events()
    {
        using var folder = new TemporaryFolder();
        using ITrialStore store = TrialStore.InMemory();
        Pipeline pipeline = SmallEvents.Pipeline();

        ScanResult result = await Scan.Over(SmallEvents.Space).With(SearchStrategy.Grid(seed: 3)).Minimize("val_loss").Maximize("judged_auc")
            .FilesIn(folder.Path).StoreIn(store).RunAsync(pipeline);

        Assert.Equal(6, result.Trials.Count);
        Assert.All(result.Trials, trial => Assert.Equal(TrialState.Finished, trial.State));
        Assert.All(result.Trials, trial => Assert.Equal([1, 2, 3], store.ReportsOf(trial.Number).Select(report => report.Step)));
        Assert.All(result.Trials, trial => Assert.NotNull(trial.Values[1].StandardError));
    }

    [Fact]
    public async Task The_best_trial_comes_back_as_a_model_that_gives_what_the_trial_reported()
    {
        using var folder = new TemporaryFolder();
        using ITrialStore store = TrialStore.InMemory();
        HitEvents validation = SmallEvents.Make(20, seed: 2);
        ScanResult result = await Scan.Over(SmallEvents.Space).With(SearchStrategy.Random(trials: 2, seed: 3)).Minimize("val_loss").FilesIn(folder.Path).StoreIn(store)
            .RunAsync(SmallEvents.Pipeline());

        foreach (TrialRecord trial in result.Trials)
        {
            using TrainedModel model = trial.LoadModel(folder.Path);
            EvaluationResult judged = model.Network.Evaluate(model.Voxelizer.BinSparse(validation));

            Assert.Equal(trial.Configuration.Get(SmallEvents.Cut), model.Voxelizer.EnergyThreshold);
            Assert.True(trial.Metrics.TryGet("val_loss", out MetricValue reported));
            Assert.Equal(reported.Value, judged.Loss, 1e-5);
            Assert.False(Directory.Exists(Path.Combine(trial.FolderIn(folder.Path), "checkpoint")));
        }
    }

    [Fact]
    public async Task Each_preparation_is_binned_once_and_its_trials_run_one_after_the_other()
    {
        using ITrialStore store = TrialStore.InMemory();
        Pipeline pipeline = SmallEvents.Pipeline().KeepPrepared(bytes: 0);
        var order = new List<double>();

        await Scan.Over(SmallEvents.Space).With(SearchStrategy.Grid()).Minimize("val_loss").StoreIn(store)
            .GroupBy(pipeline.PreparationOf)
            .RunAsync(trial =>
            {
                order.Add(trial.Get(SmallEvents.Cut));
                using PipelineResult result = pipeline.Run(trial.Configuration, trial.Seed);
                return result.Model.History[^1].ValidationLoss!.Value;
            });

        Assert.Equal(2, pipeline.Cache.Misses);
        Assert.Equal(2, order.Zip(order.Skip(1)).Count(pair => pair.First != pair.Second) + 1);
    }

    [Fact]
    public void The_same_configuration_and_seed_give_the_same_bits_whatever_ran_before()
    {
        Pipeline pipeline = SmallEvents.Pipeline();
        Configuration configuration = Configuration.Of(("filters_1", 3), ("energy_above", 0.005));
        using PipelineResult first = pipeline.Run(configuration, seed: 5);
        using PipelineResult between = pipeline.Run(Configuration.Of(("filters_1", 2), ("energy_above", 0.02)), seed: 5);
        using PipelineResult again = pipeline.Run(configuration, seed: 5);

        Assert.Equal(first.Metrics, again.Metrics);
        Assert.Equal(first.Model.History.Select(epoch => epoch.Loss), again.Model.History.Select(epoch => epoch.Loss));
        Assert.NotEqual(first.Metrics, between.Metrics);
    }

    [Fact]
    public async Task A_scan_that_is_interrupted_within_a_training_goes_on_from_its_checkpoint_to_the_same_table()
    {
        using var folder = new TemporaryFolder();
        using ITrialStore through = TrialStore.InMemory();
        using ITrialStore store = TrialStore.InMemory();
        using var stop = new CancellationTokenSource();
        var epochs = new List<(int Trial, int Epoch)>();
        int trials = 0;
        Pipeline watched = SmallEvents.Pipeline().Train((_, network) =>
        {
            int number = trials++;
            return Trainer.For(network).Epochs(3).BatchSize(20).Notify(new Watcher(epoch =>
            {
                epochs.Add((number, epoch.Epoch));
                if (epochs.Count == 5)
                {
                    stop.Cancel();
                }
            }));
        });
        Scan scan = Scan.Over(SmallEvents.Space).With(SearchStrategy.Random(trials: 3, seed: 3)).Minimize("val_loss");

        ScanResult expected = await scan.StoreIn(through).FilesIn(folder["through"]).RunAsync(SmallEvents.Pipeline());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan.StoreIn(store).FilesIn(folder["stopped"]).RunAsync(watched, stop.Token));
        ScanResult result = await scan.StoreIn(store).FilesIn(folder["stopped"]).RunAsync(watched);

        // The second trial had two of its three epochs; the attempt that went on did the third alone.
        Assert.Equal([(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 3), (3, 1), (3, 2), (3, 3)], epochs);
        Assert.Equal(expected.Results.WithoutClock().ToString(), result.Results.WithoutClock().ToString());
        foreach (TrialRecord trial in expected.Trials)
        {
            Assert.Equal(through.ReportsOf(trial.Number).Select(report => report.Metrics), store.ReportsOf(trial.Number).Select(report => report.Metrics));
        }
    }

    [Fact]
    public async Task A_training_that_was_whole_before_the_store_heard_of_it_is_not_done_again()
    {
        using var folder = new TemporaryFolder();
        using var store = new FailingStore(TrialStore.InMemory()) { IsDeaf = true };
        var epochs = new List<int>();
        Pipeline watched = SmallEvents.Pipeline().Train((_, network) => Trainer.For(network).Epochs(3).BatchSize(20).Notify(new Watcher(epoch => epochs.Add(epoch.Epoch))));
        Scan scan = Scan.Over(SmallEvents.Space).With(SearchStrategy.Random(trials: 1, seed: 3)).Minimize("val_loss").StoreIn(store).FilesIn(folder.Path).InThreads(1);

        await Assert.ThrowsAsync<TrialStoreException>(() => scan.RunAsync(watched));
        Assert.Single(Directory.EnumerateDirectories(folder.Path, "model", SearchOption.AllDirectories));
        store.IsDeaf = false;
        ScanResult result = await scan.RunAsync(watched);

        Assert.Equal([1, 2, 3], epochs);
        Assert.Equal((TrialState.Finished, 2), (result.Trials[0].State, result.Trials[0].Attempt));
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "checkpoint", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_pruned_trial_leaves_no_checkpoint()
    {
        using var folder = new TemporaryFolder();
        using ITrialStore store = TrialStore.InMemory();

        ScanResult result = await Scan.Over(SmallEvents.Space).With(SearchStrategy.Random(trials: 2).PruneBy(Pruner.Threshold(limit: 0, warmUp: 2))).Minimize("val_loss")
            .StoreIn(store).FilesIn(folder.Path).RunAsync(SmallEvents.Pipeline());

        Assert.All(result.Trials, trial => Assert.Equal((TrialState.Pruned, 2), (trial.State, trial.LastStep)));
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "checkpoint", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_event_that_the_cuts_empty_is_lost_for_efficiency_and_not_absent()
    {
        HitEvents validation = SmallEvents.Make(20, seed: 2);
        Pipeline pipeline = SmallEvents.Pipeline();
        pipeline = pipeline.Bin(_ => Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.05)).KeepEnergyAbove(0.9).Crop(8).Cumulative());
        int emptied = Enumerable.Range(0, validation.Count).Count(i => !validation[i].Energies.ToArray().Any(energy => energy > 0.9f));
        using PipelineResult result = pipeline.Run(Configuration.Of(("filters_1", 2), ("energy_above", 0.005)), seed: 1);

        Assert.InRange(emptied, 1, validation.Count - 1);
        Assert.True(result.Metrics.TryGet("judged_emptied", out MetricValue share));
        Assert.Equal((double)emptied / validation.Count, share.Value);
    }

    [Fact]
    public void A_working_point_that_the_electrons_left_reach_exactly_is_reached()
    {
        // Ten photons without a hit and ten electrons of which the cut empties one: 0.9 of them are left, though (1 - 0.9) · 10 is a little below 1.
        var images = new float[20 * ImageShape.Crop32.Values];
        for (int i = 10; i < 20; i++)
        {
            images[(i * ImageShape.Crop32.Values) + (2 * ((16 * 32) + 16))] = i == 10 ? 0.001f : 0.5f;
        }

        using EventSource events = EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images, [.. Enumerable.Range(0, 20).Select(i => i / 10)]));
        Pipeline pipeline = Pipeline.On(SmallEvents.Make(30, seed: 1), HitEvents.From(events))
            .Bin(_ => Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.05)).KeepEnergyAbove(0.005).Crop(8))
            .Build((_, shape) => Cnn3d.For(shape).Conv(2, kernel: 3).Relu().Flatten().Dense(2))
            .Train((_, network) => Trainer.For(network).Epochs(1));

        Assert.Equal(0, Background(0.9));
        Assert.Equal(1, Background(0.91));

        double Background(double efficiency)
        {
            using PipelineResult result = pipeline.JudgeAt(efficiency).Run(Configuration.Of(), seed: 1);
            return result.Metrics.TryGet("judged_background", out MetricValue value) ? value.Value : double.NaN;
        }
    }

    [Fact]
    public async Task A_network_that_does_not_fit_its_voxels_is_refused_with_the_reason_and_costs_nothing()
    {
        using ITrialStore store = TrialStore.InMemory();
        Parameter<double> step = Parameter.OneOf("time_step", 0.05, 0.1);
        Pipeline pipeline = SmallEvents.Pipeline()
            .Bin(configuration => Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, configuration.Get(step))).Crop(8))
            .Build((_, shape) => Cnn3d.For(shape).Conv(2, kernel: 3).Relu().MaxPool(new Extent3d(4, 2, 2)).Flatten().Dense(2));

        ScanResult result = await Scan.Over(SearchSpace.Of(step)).With(SearchStrategy.Grid()).Minimize("val_loss").StoreIn(store).RunAsync(pipeline);

        Assert.Equal([TrialState.Finished, TrialState.Infeasible], result.Trials.Select(trial => trial.State));
        Assert.Contains("Layer 1 (Conv): the kernel", result.Trials[1].Message, StringComparison.Ordinal);
        Assert.Equal(0, result.Trials[1].Attempt);
    }

    [Fact]
    public async Task Cuts_that_make_no_sense_are_refused_with_the_reason_and_the_scan_goes_on()
    {
        using ITrialStore store = TrialStore.InMemory();
        Parameter<int> crop = Parameter.Integer("crop", 7, 8);
        Pipeline pipeline = SmallEvents.Pipeline()
            .Bin(configuration => Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.05)).Crop(configuration.Get(crop)))
            .Build((_, shape) => Cnn3d.For(shape).Conv(2, kernel: 3).Relu().Flatten().Dense(2));

        ScanResult result = await Scan.Over(SearchSpace.Of(crop)).With(SearchStrategy.Grid()).Minimize("val_loss").StoreIn(store).RunAsync(pipeline);

        Assert.Equal([TrialState.Infeasible, TrialState.Finished], result.Trials.Select(trial => trial.State));
    }

    [Fact]
    public async Task A_metric_that_no_trial_has_is_refused_before_anything_is_trained()
    {
        using ITrialStore store = TrialStore.InMemory();
        Scan scan = Scan.Over(SmallEvents.Space).With(SearchStrategy.Grid()).Minimize("val_los").StoreIn(store);

        Assert.Contains("'val_los'", (await Assert.ThrowsAsync<InvalidOperationException>(() => scan.RunAsync(SmallEvents.Pipeline()))).Message, StringComparison.Ordinal);
        Assert.Null(store.Header);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_checkpoint_that_is_damaged_or_of_an_earlier_scan_or_held_elsewhere_costs_time_and_decides_nothing(bool isOfThisScan, bool isHeld)
    {
        using var folder = new TemporaryFolder();
        using ITrialStore through = TrialStore.InMemory();
        using ITrialStore store = TrialStore.InMemory();
        Scan scan = Scan.Over(SmallEvents.Space).With(SearchStrategy.Random(trials: 1, seed: 3)).Minimize("val_loss");
        ScanResult expected = await scan.StoreIn(through).RunAsync(SmallEvents.Pipeline());
        if (isOfThisScan)
        {
            using ScanSession session = scan.About(Subject(through)).StoreIn(store).Open();
            session.GiveBack(session.Ask()!);
        }

        string checkpoint = Path.Combine(expected.Trials[0].FolderIn(folder.Path), "checkpoint");
        Directory.CreateDirectory(checkpoint);
        File.WriteAllText(Path.Combine(checkpoint, "checkpoint.safetensors"), "damaged");
        using FileStream? holder = isHeld ? new FileStream(Path.Combine(checkpoint, ".training"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None) : null;

        ScanResult result = await scan.StoreIn(store).FilesIn(folder.Path).RunAsync(SmallEvents.Pipeline());

        Assert.Equal(isOfThisScan ? 2 : 1, result.Trials[0].Attempt);
        Assert.Equal(expected.Results.WithoutClock().ToString(), result.Results.WithoutClock().ToString());
    }

    [Fact]
    public async Task A_store_refuses_to_go_on_with_other_events()
    {
        using ITrialStore store = TrialStore.InMemory();
        Scan scan = Scan.Over(SmallEvents.Space).With(SearchStrategy.Random(trials: 1)).Minimize("val_loss").StoreIn(store);
        await scan.RunAsync(SmallEvents.Pipeline());
        Pipeline other = Pipeline.On(SmallEvents.Make(30, seed: 9), SmallEvents.Make(20, seed: 2)).Bin(_ => Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.05)))
            .Build((_, shape) => Cnn3d.Small(shape)).Train((_, network) => Trainer.For(network));

        TrialStoreException problem = await Assert.ThrowsAsync<TrialStoreException>(() => scan.RunAsync(other));

        Assert.Contains("subject", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_without_one_of_its_parts_says_which()
    {
        Pipeline pipeline = Pipeline.On(SmallEvents.Make(5, seed: 1), SmallEvents.Make(5, seed: 2));

        Assert.Contains("binning", Assert.Throws<InvalidOperationException>(() => pipeline.Run(Configuration.Of(), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("both classes", Assert.Throws<ArgumentException>(() => Pipeline.On(SmallEvents.Make(5, seed: 1), PhotonsAlone())).Message, StringComparison.Ordinal);
    }

    private static string Subject(ITrialStore store) => store.Header!.Subject;

    private static HitEvents PhotonsAlone()
    {
        using EventSource events = Simulation.ToyShowers.With(photons: 5, electrons: 0, seed: 1).Build();
        return HitEvents.From(events);
    }

    private sealed class Watcher(Action<EpochRecord> onEpoch) : ITrainingCallback
    {
        public void OnEpoch(TrainingEpoch epoch) => onEpoch(epoch.Record);
    }
}
