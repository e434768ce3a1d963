using System.Globalization;

namespace ParticleImages.Search.Tests;

/// <summary>What every strategy holds for. Inherit it and make the strategy; the rest is for those that promise less.</summary>
public abstract class SearchStrategyContract
{
    private static readonly Parameter<string> Optimizer = Parameter.OneOf("optimizer", "adam", "sgd");
    private static readonly Parameter<double> Momentum = Parameter.OneOf("momentum", 0.0, 0.5, 0.9);
    private static readonly Parameter<int> First = Parameter.Integer("first", 1, 4);
    private static readonly Parameter<int> Second = Parameter.Integer("second", 1, 4);
    private static readonly Parameter<double> Rate = Parameter.LogUniform("rate", 1e-5, 1e-2);
    private static readonly Parameter<double> Dropout = Parameter.Real("dropout", 0, 0.5);

    /// <summary>40 configurations, with a condition and a constraint.</summary>
    protected static SearchSpace Finite { get; } = SearchSpace.Of(Optimizer, Momentum, First, Second).When(Momentum, Optimizer, "sgd").Where("second <= first");

    /// <summary>With two axes that have no count.</summary>
    protected static SearchSpace Continuum { get; } = SearchSpace.Of(Optimizer, Momentum, Rate, Dropout).When(Momentum, Optimizer, "sgd").Where("dropout < 0.4 or rate > 0.001");

    protected abstract ISearchStrategy Create();

    /// <summary>Whether it goes through all of a finite space. One that gives up parts of it ends sooner.</summary>
    protected virtual bool TriesAll => true;

    /// <summary>Whether it searches spaces that cannot be counted.</summary>
    protected virtual bool SearchesContinua => true;

    /// <summary>Whether its proposals depend on the seed.</summary>
    protected virtual bool DependsOnSeed => true;

    [Fact]
    public void Its_identity_is_the_same_for_equal_strategies()
    {
        Assert.False(string.IsNullOrWhiteSpace(Create().Identity));
        Assert.Equal(Create().Identity, Create().Identity);
    }

    [Fact]
    public void A_scan_that_was_interrupted_anywhere_goes_on_as_if_it_had_not_been() => Assert.All(Spaces(), space =>
    {
        TrialHistory whole = ScriptedScan.Play(Create(), space, 30, Loss);

        Assert.NotEmpty(whole.Trials);
        Assert.All(whole.Trials, trial =>
        {
            TrialHistory beginning = ScriptedScan.Beginning(whole, trial.Number);
            Proposal expected = new(trial.Configuration, trial.Mark);

            Assert.Equal(expected, Create().Propose(space, beginning, seed: 1));
            Assert.Equal(expected, Create().Propose(space, beginning, seed: 1));
        });
    });

    [Fact]
    public void Nothing_is_proposed_twice_or_that_the_space_refuses() => Assert.All(Spaces(), space =>
    {
        TrialHistory history = ScriptedScan.Play(Create(), space, 60, Loss);

        Assert.Equal(history.Proposals, history.Trials.Select(trial => trial.Configuration).Distinct().Count());
        Assert.All(history.Trials, trial => Assert.Null(space.Refusal(trial.Configuration)));
    });

    [Fact]
    public void A_finite_space_is_tried_to_its_end_and_then_there_is_nothing()
    {
        HashSet<Configuration> allowed = [.. Enumerable.Range(0, (int)Finite.Count!).Select(index => Finite.At(index)).Where(configuration => Finite.Refusal(configuration) is null)];
        TrialHistory history = ScriptedScan.Play(Create(), Finite, 1000, Loss);

        Assert.Null(Create().Propose(Finite, history, seed: 1));
        HashSet<Configuration> tried = [.. history.Trials.Select(trial => trial.Configuration)];
        if (TriesAll)
        {
            Assert.Equal(allowed, tried);
        }
        else
        {
            Assert.Subset(allowed, tried);
        }
    }

    [Fact]
    public void A_continuum_is_searched_or_refused_with_the_names_of_its_axes()
    {
        if (SearchesContinua)
        {
            Assert.Equal(20, ScriptedScan.Play(Create(), Continuum, 20, Loss).Proposals);
            return;
        }

        NotSupportedException problem = Assert.Throws<NotSupportedException>(() => Create().Propose(Continuum, new TrialHistory(ScriptedScan.Loss), seed: 1));
        Assert.Contains("'rate'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'dropout'", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>What failed, was refused, pruned, is waiting or runs, what somebody put first, and repeats.</summary>
    [Fact]
    public void Whatever_became_of_trials_it_goes_on() => Assert.All(Spaces(), space =>
    {
        var history = new TrialHistory(ScriptedScan.Loss);
        ScriptedScan.Tell(history, new Proposal(Allowed(space)), TrialState.Finished, 1);
        TrialState[] states = [TrialState.Finished, TrialState.Failed, TrialState.Pruned, TrialState.Infeasible, TrialState.Running, TrialState.Pending, TrialState.Finished];
        for (int i = 0; i < 28; i++)
        {
            Proposal? proposal = Create().Propose(space, history, seed: 3);
            if (proposal is null)
            {
                Assert.False(TriesAll);
                break;
            }

            TrialState state = states[i % states.Length];
            Assert.False(history.Contains(proposal.Configuration));
            ScriptedScan.Tell(history, proposal, state, state is TrialState.Finished or TrialState.Pruned ? [Loss(proposal.Configuration)] : []);
            if (i % 5 == 0)
            {
                history.Add(history.Trials[^1] with { Number = history.Trials.Count, Repeat = 1 });
            }
        }
    });

    [Fact]
    public void All_that_fails_is_no_reason_to_stop() => Assert.All(Spaces(), space =>
    {
        var history = new TrialHistory(ScriptedScan.Loss);
        for (int i = 0; i < 20; i++)
        {
            Proposal? proposal = Create().Propose(space, history, seed: 3);
            Assert.NotNull(proposal);
            ScriptedScan.Tell(history, proposal, TrialState.Failed);
        }
    });

    [Fact]
    public void Equal_scores_and_infinite_ones_are_scores() => Assert.All(Spaces(), space =>
    {
        Assert.Equal(20, ScriptedScan.Play(Create(), space, 20, _ => 1).Proposals);
        Assert.Equal(20, ScriptedScan.Play(Create(), space, 20, configuration => configuration.ToString().Length % 2 == 0 ? double.PositiveInfinity : 1e300).Proposals);
    });

    [Fact]
    public void Several_objectives_are_searched_or_refused_in_words() => Assert.All(Spaces(), space =>
    {
        var history = new TrialHistory(ScriptedScan.Loss, new Objective("size", ObjectiveDirection.Maximize, JudgedEpoch.Last));
        try
        {
            for (int i = 0; i < 20; i++)
            {
                Proposal? proposal = Create().Propose(space, history, seed: 5);
                if (proposal is null)
                {
                    Assert.False(TriesAll);
                    break;
                }

                ScriptedScan.Tell(history, proposal, TrialState.Finished, Loss(proposal.Configuration), 3 * Loss(proposal.Configuration) % 1);
            }
        }
        catch (NotSupportedException refusal)
        {
            Assert.Contains("objective", refusal.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Another_seed_searches_otherwise() => Assert.All(Spaces(), space =>
    {
        string one = Sequence(ScriptedScan.Play(Create(), space, 20, Loss, seed: 1));
        string other = Sequence(ScriptedScan.Play(Create(), space, 20, Loss, seed: 2));

        Assert.Equal(DependsOnSeed, one != other);
    });

    /// <summary>A loss that has a best place in every space, and that depends on each axis.</summary>
    protected static double Loss(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        double loss = 0;
        foreach ((string name, ParameterValue value) in configuration)
        {
            double number = value.IsNumber ? value.AsNumber() : value.ToString().Length;
            loss += name == "rate" ? Math.Pow(Math.Log10(number) + 3, 2) : Math.Pow(number - 2, 2) / 10;
        }

        return loss;
    }

    private static string Sequence(TrialHistory history) => string.Join('\n', history.Trials.Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Configuration}")));

    private static Configuration Allowed(ISearchSpace space) => Enumerable.Range(1, 9)
        .Select(i => space.At([.. Enumerable.Repeat(i / 10.0, space.Parameters.Count)]))
        .First(configuration => space.Refusal(configuration) is null);

    private IEnumerable<ISearchSpace> Spaces() => SearchesContinua ? [Finite, Continuum] : [Finite];
}
