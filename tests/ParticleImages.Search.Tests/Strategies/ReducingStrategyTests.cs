namespace ParticleImages.Search.Tests;

public sealed class ReducingStrategyTests
{
    private static readonly Parameter<int> Filters = Parameter.OneOf("filters", 16, 32, 64, 128);
    private static readonly Parameter<string> Activation = Parameter.OneOf("activation", "relu", "elu", "tanh");
    private static readonly Parameter<int> Idle = Parameter.Integer("idle", 1, 10);
    private static readonly SearchSpace Space = SearchSpace.Of(Filters, Activation, Idle);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_worst_value_of_the_strongest_parameter_is_tried_no_more(bool byRanks)
    {
        TrialHistory history = Play(byRanks, 60, configuration => -configuration.Get(Filters));

        Assert.Contains(history.Trials.Take(20), trial => trial.Configuration.Get(Filters) == 16);
        Assert.DoesNotContain(history.Trials.Skip(20), trial => trial.Configuration.Get(Filters) == 16);
        Assert.DoesNotContain(history.Trials.Skip(40), trial => trial.Configuration.Get(Filters) == 32);
        Assert.Contains(history.Trials.Skip(40), trial => trial.Configuration.Get(Filters) == 64);
    }

    [Fact]
    public void A_name_is_dropped_as_a_number_is()
    {
        TrialHistory history = Play(byRanks: true, 40, configuration => configuration.Get(Activation) == "elu" ? 1 : 0);

        Assert.DoesNotContain(history.Trials.Skip(20), trial => trial.Configuration.Get(Activation) == "elu");
        Assert.Equal(["relu", "tanh"], history.Trials.Skip(20).Select(trial => trial.Configuration.Get(Activation)).Distinct().Order());
    }

    [Fact]
    public void The_last_value_of_a_parameter_stays()
    {
        SearchSpace space = SearchSpace.Of(Filters, Parameter.OneOf("fixed", 3));
        TrialHistory history = ScriptedScan.Play(SearchStrategy.Reducing(100, interval: 3, window: 3, threshold: 0).Method, space, 100, configuration => configuration.Get(Filters));

        Assert.InRange(history.Proposals, 3, 4);
        Assert.All(history.Trials, trial => Assert.Equal(3, trial.Configuration["fixed"].AsInteger()));
    }

    [Fact]
    public void What_correlates_with_nothing_drops_nothing()
    {
        var random = new Random(3);
        TrialHistory history = ScriptedScan.Play(SearchStrategy.Reducing(120, interval: 40, window: 40, threshold: 0.9).Method, Space, 1000, _ => random.NextDouble());

        Assert.Equal(120, history.Proposals);
    }

    private static TrialHistory Play(bool byRanks, int trials, Func<Configuration, double> objective) =>
        ScriptedScan.Play(SearchStrategy.Reducing(trials, interval: 20, window: 20, threshold: 0.5, byRanks: byRanks).Method, Space, trials, objective);

    [Fact]
    public void A_window_that_has_seen_dropped_values_drops_the_next_worst()
    {
        // Every ten trials by the last fifty: the worst of all stays in sight long after it has gone.
        Parameter<int> level = Parameter.Integer("level", 1, 20);
        Parameter<int> idle = Parameter.Integer("idle", 1, 20);
        SearchSpace space = SearchSpace.Of(level, idle);
        var strategy = (ReducingStrategy)SearchStrategy.Reducing(100, interval: 10, window: 50, threshold: 0.5).Method;
        TrialHistory history = ScriptedScan.Play(strategy, space, 60, configuration => configuration.Get(level));

        ReducedSpace left = strategy.Reduced(space, history);
        Assert.Equal(20 - 6, left.ValuesLeft(level));
    }
}
