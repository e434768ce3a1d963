namespace ParticleImages.Search.Tests;

/// <summary>What learns finds better configurations than chance does.</summary>
public sealed class LearningTests
{
    private const int Seeds = 20;

    // Six comparisons: together they err by chance less than once in a thousand times.
    private const double Significance = 1e-4;

    public static TheoryData<string, string, int> Comparisons => new()
    {
        { "tpe", nameof(Problems.Branin), 80 },
        { "tpe", nameof(Problems.Hartmann), 80 },
        { "tpe", nameof(Problems.Network), 80 },
        { "gaussian process", nameof(Problems.Branin), 30 },
        { "gaussian process", nameof(Problems.Hartmann), 40 },
        { "gaussian process", nameof(Problems.Network), 40 },
    };

    /// <summary>The best of so many trials, over 20 seeds, by a one-sided rank-sum test.</summary>
    [Theory]
    [MemberData(nameof(Comparisons))]
    public void It_beats_random_with_significance(string name, string problem, int trials)
    {
        (ISearchSpace space, Func<Configuration, double> objective) = problem switch
        {
            nameof(Problems.Branin) => Problems.Branin,
            nameof(Problems.Hartmann) => Problems.Hartmann,
            _ => Problems.Network,
        };
        ISearchStrategy learning = Learning(name);
        double[] learnt = Bests(learning, space, objective, trials);
        double[] drawn = Bests(SearchStrategy.Random(trials).Method, space, objective, trials);

        Assert.InRange(RankSum.ProbabilityOfLower(learnt, drawn), 0, Significance);
    }

    [Fact]
    public void The_rank_sum_test_itself_finds_no_difference_where_there_is_none()
    {
        var random = new Random(5);
        double[] some = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];

        Assert.Equal(0.5, RankSum.ProbabilityOfLower(some, some), 1e-9);
        Assert.InRange(RankSum.ProbabilityOfLower(some, [.. some.Select(one => one + 1)]), 0, 1e-7);
    }

    /// <summary>The front of f = x², g = (x − 1)² is x from 0 to 1, a twentieth of the axis.</summary>
    [Theory]
    [InlineData("tpe")]
    [InlineData("gaussian process")]
    public void Of_two_objectives_it_finds_the_front(string name)
    {
        Parameter<double> axis = Parameter.Real("x", -10, 10);
        Parameter<double> idle = Parameter.Real("idle", 0, 1);
        SearchSpace space = SearchSpace.Of(axis, idle);
        ISearchStrategy strategy = Learning(name);
        var history = new TrialHistory(ScriptedScan.Loss, new Objective("gain", ObjectiveDirection.Maximize, JudgedEpoch.Last));
        for (int i = 0; i < 60; i++)
        {
            Proposal proposal = strategy.Propose(space, history, seed: 2)!;
            double x = proposal.Configuration.Get(axis);
            ScriptedScan.Tell(history, proposal, TrialState.Finished, x * x, -(x - 1) * (x - 1));
        }

        double[] found = [.. history.Trials.Skip(10).Select(trial => trial.Configuration.Get(axis)).Where(x => x is >= -0.1 and <= 1.1)];
        Assert.InRange(found.Length, 12, 50);
        Assert.InRange(found.Max() - found.Min(), 0.5, 1.2);
    }

    /// <summary>Four workers that ask before any of them is told.</summary>
    [Theory]
    [InlineData("tpe")]
    [InlineData("gaussian process")]
    public void Workers_beside_each_other_try_different_places(string name)
    {
        (ISearchSpace space, Func<Configuration, double> objective) = Problems.Branin;
        ISearchStrategy strategy = Learning(name);
        TrialHistory history = ScriptedScan.Play(strategy, space, 20, objective);
        for (int worker = 0; worker < 4; worker++)
        {
            ScriptedScan.Tell(history, strategy.Propose(space, history, seed: 1)!, TrialState.Running);
        }

        double[][] asked = [.. history.Running.Select(trial => space.Parameters.Select(parameter => parameter.PositionOf(trial.Configuration[parameter.Name])).ToArray())];
        Assert.All(asked, one => Assert.All(asked.Where(other => other != one), other => Assert.True(Math.Abs(one[0] - other[0]) + Math.Abs(one[1] - other[1]) > 1e-3)));
    }

    /// <summary>The left half of an axis fails; evenly that were 75 of the 150 trials after the first ten each.</summary>
    [Theory]
    [InlineData("tpe")]
    [InlineData("gaussian process")]
    public void It_keeps_away_from_what_fails(string name)
    {
        Parameter<double> axis = Parameter.Real("x", -1, 1);
        SearchSpace space = SearchSpace.Of(axis, Parameter.Real("y", 0, 1));
        int failed = 0;
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var history = new TrialHistory(ScriptedScan.Loss);
            for (int i = 0; i < 40; i++)
            {
                Proposal proposal = Learning(name).Propose(space, history, seed)!;
                double x = proposal.Configuration.Get(axis);
                ScriptedScan.Tell(history, proposal, x < 0 ? TrialState.Failed : TrialState.Finished, x < 0 ? [] : [(x - 0.5) * (x - 0.5)]);
            }

            failed += history.Trials.Skip(10).Count(trial => trial.State == TrialState.Failed);
        }

        Assert.InRange(failed, 0, 45);
    }

    private static ISearchStrategy Learning(string name) => (name == "tpe" ? SearchStrategy.Tpe(1) : SearchStrategy.GaussianProcess(1)).Method;

    private static double[] Bests(ISearchStrategy strategy, ISearchSpace space, Func<Configuration, double> objective, int trials) =>
        [.. Enumerable.Range(1, Seeds).Select(seed => ScriptedScan.Best(ScriptedScan.Play(strategy, space, trials, objective, (ulong)seed)))];
}
