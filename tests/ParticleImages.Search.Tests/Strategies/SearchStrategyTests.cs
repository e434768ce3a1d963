using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ParticleImages.Search.Tests;

[Properties(Arbitrary = [typeof(SearchStrategyTests)], MaxTest = 40)]
public sealed class SearchStrategyTests
{
    public static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Property]
    public void Whatever_the_finite_space_all_of_it_is_tried(int seed)
    {
        SearchSpace space = new RandomSpaces(seed).Any();
        HashSet<Configuration> all = [.. RandomSpaces.Enumerate(space)];
        if (all.Count > 100)
        {
            return;
        }

        ISearchStrategy[] strategies = [SearchStrategy.Grid().Method, SearchStrategy.Random(1).Method, SearchStrategy.Halton(1).Method, SearchStrategy.Tpe(1, startUp: 3).Method];
        Assert.All(strategies, strategy =>
            Assert.Equal(all, ScriptedScan.Play(strategy, space, 1000, configuration => configuration.Count, (ulong)seed).Trials.Select(trial => trial.Configuration).ToHashSet()));
    }

    [Fact]
    public void What_makes_no_strategy_is_refused_in_words()
    {
        Refused("Say how many trials, or which share of the space: trials: 14 or fraction: 0.01.", () => SearchStrategy.Random());
        Refused("Say how many trials, or which share of the space: trials: 14 or fraction: 0.01.", () => SearchStrategy.Reducing(14, 0.01));
        Refused("A scan tries 1 configuration or more.", () => SearchStrategy.Random(trials: 0));
        Refused("A share of the space is above 0 and at most 1; 0.01 is one in a hundred.", () => SearchStrategy.Random(fraction: 1.5));
        Refused("A correlation is from 0 to 1.", () => SearchStrategy.Reducing(14, threshold: 2));
        Refused("startUp", () => SearchStrategy.GaussianProcess(14, startUp: 1));
        Refused("candidates", () => SearchStrategy.Tpe(14, candidates: 0));
    }

    /// <summary>0 trials is never what was meant.</summary>
    [Fact]
    public void A_share_that_gives_no_trial_is_said_with_the_least_that_does()
    {
        using ITrialStore store = TrialStore.InMemory();
        Scan scan = Scan.Over(SearchSpace.Of(Parameter.Integer("x", 1, 50))).Minimize("loss").StoreIn(store);

        Assert.Equal(
            "0.01 of 50 configurations is not one whole trial. Take a share of at least 0.02, or say how many trials.",
            Assert.Throws<InvalidOperationException>(scan.With(SearchStrategy.Random(fraction: 0.01)).Open).Message);
        Assert.StartsWith(
            "0.01 of a continuum is no number of trials.",
            Assert.Throws<InvalidOperationException>(Scan.Over(SearchSpace.Of(Parameter.Real("x", 0, 1))).Minimize("loss").StoreIn(store).With(SearchStrategy.Random(fraction: 0.01)).Open).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_space_that_refuses_nearly_everything_is_said_and_not_searched_for_ever()
    {
        SearchSpace space = SearchSpace.Of(Parameter.Real("x", 0, 1)).Where("x > 2");

        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(
            () => SearchStrategy.Tpe(1).Method.Propose(space, new TrialHistory(ScriptedScan.Loss), seed: 1));
        Assert.Contains("The constraint 'x > 2' does not hold.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strategies_that_differ_have_other_identities()
    {
        SearchStrategy[] all =
        [
            SearchStrategy.Grid(), SearchStrategy.Random(1), SearchStrategy.Halton(1), SearchStrategy.Tpe(1), SearchStrategy.Tpe(1, startUp: 11), SearchStrategy.Tpe(1, candidates: 25),
            SearchStrategy.GaussianProcess(1), SearchStrategy.GaussianProcess(1, startUp: 11), SearchStrategy.Reducing(1), SearchStrategy.Reducing(1, byRanks: false),
            SearchStrategy.Reducing(1, interval: 51), SearchStrategy.Reducing(1, window: 51), SearchStrategy.Reducing(1, threshold: 0.5),
        ];

        Assert.Equal(all.Length, all.Select(strategy => strategy.Method.Identity).Distinct().Count());
    }

    /// <summary>A walk in random order comes to every number once, whatever the count.</summary>
    [Fact]
    public void Random_order_leaves_nothing_out_for_any_count()
    {
        foreach (int count in Enumerable.Range(1, 130).Concat([255, 256, 257, 1023, 1024, 1025]))
        {
            SearchSpace space = SearchSpace.Of(Parameter.Integer("x", 1, count));
            TrialHistory history = ScriptedScan.Play(SearchStrategy.Random(1).Method, space, 2000, _ => 0, seed: (ulong)count);

            Assert.Equal(Enumerable.Range(1, count).Select(x => (long)x), history.Trials.Select(trial => trial.Configuration["x"].AsInteger()).Order());
        }
    }

    /// <summary>Which of 12 configurations comes first, over 2400 seeds: the chance that evenness looks worse is below 10⁻⁶.</summary>
    [Fact]
    public void Any_configuration_is_as_likely_to_be_the_first()
    {
        SearchSpace space = SearchSpace.Of(Parameter.Integer("x", 0, 11));
        var counts = new int[12];
        for (ulong seed = 0; seed < 2400; seed++)
        {
            counts[SearchStrategy.Random(1).Method.Propose(space, new TrialHistory(ScriptedScan.Loss), seed)!.Configuration["x"].AsInteger()]++;
        }

        // Chi squared with 11 degrees of freedom.
        Assert.InRange(counts.Sum(count => Math.Pow(count - 200, 2) / 200), 0, 50);
    }

    private static void Refused(string part, Func<object> make) => Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(() => _ = make()).Message, StringComparison.Ordinal);
}
