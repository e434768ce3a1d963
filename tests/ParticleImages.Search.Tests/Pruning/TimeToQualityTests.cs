namespace ParticleImages.Search.Tests;

/// <summary>How many epochs it takes to come to the best loss of 60 random trials. Learning curves are made up: each falls towards the loss of its configuration at a pace of its own, with noise.</summary>
public sealed class TimeToQualityTests
{
    private const int Epochs = 27;
    private const int RandomTrials = 60;
    private const int Seeds = 9;

    [Theory]
    [InlineData("asha")]
    [InlineData("tpe with asha")]
    public async Task It_takes_at_most_a_third_of_the_epochs_in_the_median(string name)
    {
        var shares = new List<double>();
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            (double target, _) = await RunAsync(SearchStrategy.Random(RandomTrials, seed: seed), stopAt: null);
            SearchStrategy strategy = name == "asha"
                ? SearchStrategy.Asha(2000, seed: seed + 100)
                : SearchStrategy.Tpe(2000, seed: seed + 100).PruneBy(Pruner.SuccessiveHalving());
            (double best, int epochs) = await RunAsync(strategy, stopAt: target);

            Assert.InRange(best, 0, target);
            shares.Add(epochs / (double)(RandomTrials * Epochs));
        }

        Assert.InRange(shares.Order().ElementAt(Seeds / 2), 0, 1 / 3.0);
    }

    private static async Task<(double Best, int Epochs)> RunAsync(SearchStrategy strategy, double? stopAt)
    {
        (ISearchSpace space, Func<Configuration, double> final) = Problems.Network;
        using ITrialStore store = TrialStore.InMemory();
        int epochs = 0;
        Scan scan = Scan.Over(space).With(strategy).Minimize("loss").StoreIn(store);
        ScanResult result = await (stopAt is { } target ? scan.StopAt(target) : scan).RunAsync(trial =>
        {
            var random = new Random(trial.Seed);
            double end = final(trial.Configuration);
            double pace = 0.3 + random.NextDouble();
            double loss = 0;
            for (int epoch = 1; epoch <= Epochs; epoch++)
            {
                epochs++;
                loss = end + (Math.Exp(-pace * epoch) * 2) + (0.01 * random.NextDouble());
                trial.Report(epoch, ("loss", loss));
            }

            return loss;
        });
        return (result.Trials.Where(trial => trial.State == TrialState.Finished).Min(trial => trial.Values[0].Value), epochs);
    }
}
