using System.Collections.Concurrent;

namespace ParticleImages.Search.Tests;

/// <summary>What every store of trials holds for. An implementation's tests inherit it and say how a new, empty store is made.</summary>
public abstract class TrialStoreContract : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly ScanHeader Scan = new("{\"parameters\": \"é\"}", "random", "least loss", ulong.MaxValue, 3);

    private readonly ManualClock clock = new();
    private ITrialStore? made;

    /// <summary>An empty store.</summary>
    protected abstract ITrialStore Make(TimeProvider clock);

    /// <summary>The same trials as another process would open them; the store itself where there is no such thing.</summary>
    protected virtual ITrialStore Another(ITrialStore store, TimeProvider clock) => store;

    private ITrialStore Store => made ??= Make(clock);

    [Fact]
    public void Begins_empty_and_keeps_the_scan_it_was_given()
    {
        Assert.Null(Store.Header);
        Store.Begin(Scan);
        Store.Begin(Scan with { });

        Assert.Equal(Scan, Store.Header);
        Assert.Equal(Scan, Another(Store, clock).Header);
        Assert.Empty(Store.ChangesSince(0, withReports: true).Trials);
        Assert.Equal(0, Store.ChangesSince(0, withReports: true).Revision);
        Assert.Null(Store.Claim("a", Lease));
        Assert.Empty(Store.ReportsOf(0));
    }

    [Fact]
    public void Refuses_another_scan_says_what_differs_and_is_as_it_was()
    {
        Store.Begin(Scan);
        foreach ((ScanHeader other, string said) in new[]
        {
            (Scan with { Space = "other" }, "its space is"),
            (Scan with { Strategy = "grid" }, "its strategy is random, not grid"),
            (Scan with { Objectives = "greatest auc" }, "its objective is least loss, not greatest auc"),
            (Scan with { Seed = 1 }, "its seed is 18446744073709551615, not 1"),
            (Scan with { Repeats = 1 }, "its number of repeats is 3, not 1"),
            (Scan with { Subject = "other events" }, "its subject is"),
        })
        {
            TrialStoreException problem = Assert.Throws<TrialStoreException>(() => Store.Begin(other));
            Assert.Contains(said, problem.Message, StringComparison.Ordinal);
            Assert.Equal(Scan, Store.Header);
        }
    }

    [Fact]
    public void Gives_back_every_bit_of_a_trial_and_of_its_reports()
    {
        Store.Begin(Scan);
        var configuration = new Configuration(Configuration.Of(
            ("b", 0.1), ("a", long.MaxValue), ("tiny", double.Epsilon), ("big", 1e300), ("text", "a'\"\n\\é漢😀\t"), ("empty", ""), ("yes", true)));
        TrialMetrics metrics = TrialMetrics.None
            .And("loss", 0.1 + 0.2, double.Epsilon).And("nan", double.NaN, 0).And("up", double.PositiveInfinity).And("down", double.NegativeInfinity)
            .And("minus zero", -0.0).And("a \"name\"\n", double.MaxValue).And("third", 1.0 / 3, 1e-17);
        MetricValue[] values = [new(1.0 / 3, 2.0 / 3), new(double.NaN), new(-0.0)];
        Assert.True(Store.TryAdd([New(0) with { Proposal = 7, Repeat = 2, Configuration = configuration, Seed = int.MaxValue, Mark = "m'\n" }]));
        TrialClaim claim = Claim("a/1/x/y");
        clock.Advance(TimeSpan.FromTicks(12345678));
        Assert.True(Store.Report(claim, new TrialReport(3, metrics)));
        Assert.True(Store.Finish(claim, new TrialOutcome { State = TrialState.Failed, Metrics = metrics, Values = values, Message = "it's\n\"broken\"", IsFailure = true, Notes = TrialNotes.None.With("a 'b'\n", "é\"").With("empty", "") }));

        TrialRecord trial = Only(Another(Store, clock));
        Assert.Equal((0, 7, 2, int.MaxValue, "m'\n"), (trial.Number, trial.Proposal, trial.Repeat, trial.Seed, trial.Mark));
        Assert.Equal(configuration, trial.Configuration);
        Assert.Equal(configuration.Names, trial.Configuration.Names);
        Assert.Equal((TrialState.Failed, 1, 1, "a/1/x/y", 3), (trial.State, trial.Attempt, trial.Failures, trial.Owner, trial.LastStep));
        Assert.Equal(TimeSpan.FromTicks(12345678), trial.Duration);
        Assert.Equal(clock.GetUtcNow(), trial.End);
        Assert.Equal("it's\n\"broken\"", trial.Message);
        Assert.Equal(TrialNotes.None.With("a 'b'\n", "é\"").With("empty", ""), trial.Notes);
        Assert.Equal(Bits(metrics), Bits(trial.Metrics));
        Assert.Equal(values.Select(Bits), trial.Values.Select(Bits));
        Assert.Equal(Bits(metrics), Bits(Assert.Single(Another(Store, clock).ReportsOf(0)).Metrics));
    }

    [Fact]
    public void Adds_trials_in_a_row_and_nothing_out_of_it()
    {
        Store.Begin(Scan);
        Assert.False(Store.TryAdd([New(1)]));
        Assert.True(Store.TryAdd([New(0), New(1), New(2) with { State = TrialState.Infeasible, Message = "too small" }]));
        Assert.False(Store.TryAdd([New(2), New(3)]));
        Assert.True(Store.TryAdd([New(3)]));

        Assert.Equal([0, 1, 2, 3], Store.ChangesSince(0, withReports: false).Trials.Select(trial => trial.Number));
        Assert.Equal("too small", Store.ChangesSince(0, withReports: false).Trials[2].Message);
    }

    [Fact]
    public void Claims_in_order_each_once_and_never_what_has_ended()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0), New(1) with { State = TrialState.Infeasible }, New(2), New(3)]);

        TrialRecord first = Store.Claim("a", Lease)!;
        Assert.Equal((0, TrialState.Running, "a", 1, clock.GetUtcNow()), (first.Number, first.State, first.Owner, first.Attempt, first.Start));
        Assert.Equal(2, Store.Claim("b", Lease)!.Number);
        Store.Finish(Of(first), new TrialOutcome { State = TrialState.Finished });
        Assert.Equal(3, Store.Claim("a", Lease)!.Number);
        Assert.Null(Store.Claim("a", Lease));
    }

    [Fact]
    public void Claims_by_rank_before_number_also_what_was_lost()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0) with { Rank = 5 }, New(1) with { Rank = 3 }, New(2) with { Rank = long.MaxValue }, New(3) with { Rank = 3 }]);
        Assert.Equal(5, Store.ChangesSince(0, withReports: false).Trials[0].Rank);

        TrialClaim lost = Claim("a");
        Assert.Equal(1, lost.Number);
        Assert.Equal(3, Claim("b").Number);
        clock.Advance(Lease);
        Assert.Equal([1, 3, 0, 2], Enumerable.Range(0, 4).Select(_ => Claim("b").Number));
    }

    [Fact]
    public void A_trial_that_is_added_running_is_claimed_by_its_owner_from_then_on()
    {
        Store.Begin(Scan);
        Assert.True(Store.TryAdd([New(0) with { State = TrialState.Running, Attempt = 1, Owner = "a" }, New(1)], Lease));

        TrialRecord trial = Store.ChangesSince(0, withReports: false).Trials[0];
        Assert.Equal((TrialState.Running, 1, "a", clock.GetUtcNow()), (trial.State, trial.Attempt, trial.Owner, trial.Start));
        Assert.Equal(1, Claim("b").Number);
        Assert.Null(Store.Claim("b", Lease));
        Assert.True(Store.Renew(Of(trial), Lease));
        clock.Advance(Lease);
        Assert.Equal((0, 2), (Claim("b").Number, Store.ChangesSince(0, withReports: false).Trials[0].Attempt));
        Assert.False(Store.Finish(Of(trial), new TrialOutcome { State = TrialState.Finished }));
    }

    [Fact]
    public void A_claim_holds_as_long_as_it_is_renewed_and_then_for_its_lease()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0)]);
        TrialClaim claim = Claim("a");
        for (int i = 0; i < 5; i++)
        {
            clock.Advance(Lease - TimeSpan.FromTicks(1));
            Assert.Null(Store.Claim("b", Lease));
            Assert.True(Store.Renew(claim, Lease));
        }

        clock.Advance(Lease);
        TrialRecord taken = Store.Claim("b", Lease)!;
        Assert.Equal((0, 2, "b"), (taken.Number, taken.Attempt, taken.Owner));
    }

    [Fact]
    public void A_lost_lease_is_still_a_claim_until_somebody_else_takes_the_trial()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0)]);
        TrialClaim claim = Claim("a");
        clock.Advance(2 * Lease);

        Assert.True(Store.Renew(claim, Lease));
        Assert.Null(Store.Claim("b", Lease));
        clock.Advance(2 * Lease);
        Assert.True(Store.Finish(claim, new TrialOutcome { State = TrialState.Finished }));
    }

    [Fact]
    public void Whoever_was_replaced_is_refused_and_changes_nothing_even_under_the_same_name()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0)]);
        TrialClaim before = Claim("a");
        Store.Report(before, new TrialReport(0, Loss(1)));
        clock.Advance(Lease);
        TrialClaim now = Claim("a");
        long revision = Store.ChangesSince(0, withReports: false).Revision;

        Assert.Equal(before.Attempt + 1, now.Attempt);
        Assert.False(Store.Renew(before, Lease));
        Assert.False(Store.Report(before, new TrialReport(0, Loss(2))));
        Assert.False(Store.Finish(before, new TrialOutcome { State = TrialState.Finished, Metrics = Loss(2) }));
        Assert.False(Store.Renew(now with { Owner = "b" }, Lease));
        Assert.False(Store.Renew(now with { Number = 1 }, Lease));
        Assert.Empty(Store.ChangesSince(revision, withReports: true).Trials);
        Assert.Equal(Loss(1), Assert.Single(Store.ReportsOf(0)).Metrics);

        Assert.True(Store.Finish(now, new TrialOutcome { State = TrialState.Finished, Metrics = Loss(3) }));
        Assert.False(Store.Finish(now, new TrialOutcome { State = TrialState.Failed }));
        Assert.Equal(Loss(3), Only(Store).Metrics);
    }

    [Fact]
    public void A_trial_that_is_given_back_is_claimed_again_with_the_next_attempt()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0), New(1)]);
        Assert.True(Store.Finish(Claim("a"), new TrialOutcome { State = TrialState.Pending, IsFailure = true, Message = "once" }));
        TrialRecord given = Store.ChangesSince(0, withReports: false).Trials[0];
        Assert.Equal((TrialState.Pending, 1, 1, null), (given.State, given.Attempt, given.Failures, given.End));

        TrialRecord again = Store.Claim("b", Lease)!;
        Assert.Equal((0, 2), (again.Number, again.Attempt));
        Assert.True(Store.Finish(Of(again), new TrialOutcome { State = TrialState.Failed, IsFailure = true, Message = "twice" }));
        Assert.Equal((2, "twice"), (Store.ChangesSince(0, withReports: false).Trials[0].Failures, Store.ChangesSince(0, withReports: false).Trials[0].Message));
    }

    [Fact]
    public void Releasing_frees_the_run_and_the_running_trials_of_one_owner_alone()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0), New(1), New(2), New(3)]);
        Store.TakeRun("a", Lease);
        TrialClaim first = Claim("a");
        TrialClaim second = Claim("a");
        TrialClaim other = Claim("b");
        Store.Finish(second, new TrialOutcome { State = TrialState.Finished });

        Store.Release("nobody");
        Assert.Equal("a", Store.TakeRun("b", Lease));
        Store.Release("a");

        Assert.Null(Store.Runner);
        Assert.Equal(
            [TrialState.Pending, TrialState.Finished, TrialState.Running, TrialState.Pending],
            Store.ChangesSince(0, withReports: false).Trials.Select(trial => trial.State));
        Assert.False(Store.Renew(first, Lease));
        Assert.True(Store.Renew(other, Lease));
        Assert.Equal("b", Store.TakeRun("b", Lease));
        Assert.Equal((0, 2), (Claim("c").Number, Store.ChangesSince(0, withReports: false).Trials[0].Attempt));
    }

    [Fact]
    public void One_runs_the_scan_at_a_time_and_the_next_when_the_lease_has_ended()
    {
        Store.Begin(Scan);
        Assert.Null(Store.Runner);
        Assert.Equal("a", Store.TakeRun("a", Lease));
        Assert.Equal("a", Another(Store, clock).Runner);
        clock.Advance(Lease / 2);
        Assert.Equal("a", Store.TakeRun("b", Lease));
        Assert.Equal("a", Store.TakeRun("a", Lease));
        clock.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.Equal("a", Another(Store, clock).TakeRun("b", Lease));
        Assert.Equal("a", Store.Runner);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(Store.Runner);
        Assert.Equal("b", Another(Store, clock).TakeRun("b", Lease));
        Assert.Equal("b", Store.TakeRun("a", Lease));
    }

    [Fact]
    public void A_report_replaces_what_earlier_attempts_said_from_its_step_on()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0), New(1)]);
        TrialClaim claim = Claim("a");
        foreach (int step in new[] { 0, 2, 3, 5 })
        {
            Assert.True(Store.Report(claim, new TrialReport(step, Loss(step))));
        }

        Store.Finish(claim, new TrialOutcome { State = TrialState.Pending });
        TrialClaim again = Claim("a");
        Assert.Equal([0, 2, 3, 5], Store.ReportsOf(0).Select(report => report.Step));
        Store.Report(again, new TrialReport(3, Loss(33)));

        Assert.Equal([(0, Loss(0)), (2, Loss(2)), (3, Loss(33))], Another(Store, clock).ReportsOf(0).Select(report => (report.Step, report.Metrics)));
        Assert.Equal(3, Store.ChangesSince(0, withReports: false).Trials[0].LastStep);
        Assert.Empty(Store.ReportsOf(1));
    }

    [Fact]
    public void Who_follows_sees_each_change_once_and_reports_in_their_order()
    {
        Store.Begin(Scan);
        Store.TryAdd([New(0), New(1), New(2)]);
        TrialChanges first = Store.ChangesSince(0, withReports: true);
        TrialClaim zero = Claim("a");
        TrialClaim one = Claim("a");
        Store.Report(one, new TrialReport(0, Loss(1)));
        Store.Report(zero, new TrialReport(0, Loss(2)));
        Store.Report(one, new TrialReport(1, Loss(3)));
        TrialChanges second = Another(Store, clock).ChangesSince(first.Revision, withReports: true);
        TrialChanges without = Store.ChangesSince(first.Revision, withReports: false);
        Store.Finish(one, new TrialOutcome { State = TrialState.Finished });
        TrialChanges third = Store.ChangesSince(second.Revision, withReports: true);

        Assert.Equal([0, 1, 2], first.Trials.Select(trial => trial.Number));
        Assert.Equal([0, 1], second.Trials.Select(trial => trial.Number));
        Assert.Equal([(1, 0), (0, 0), (1, 1)], second.Reports.Select(report => (report.Trial, report.Report.Step)));
        Assert.Empty(without.Reports);
        Assert.Equal(second.Trials.Select(trial => trial.Revision), without.Trials.Select(trial => trial.Revision));
        Assert.Equal([1], third.Trials.Select(trial => trial.Number));
        Assert.Empty(third.Reports);
        Assert.Equal(TrialState.Finished, third.Trials[0].State);
        Assert.Empty(Store.ChangesSince(third.Revision, withReports: true).Trials);
        Assert.Equal(third.Revision, Store.ChangesSince(third.Revision, withReports: true).Revision);
    }

    [Fact]
    public async Task Many_at_once_add_no_number_twice_and_claim_no_trial_twice()
    {
        const int Threads = 8;
        const int Trials = 60;
        Store.Begin(Scan);
        var claims = new ConcurrentBag<(int Number, int Attempt)>();
        ITrialStore[] stores = [.. Enumerable.Range(0, Threads).Select(thread => thread % 2 == 0 ? Store : Another(Store, clock))];
        int added = 0;
        await Task.WhenAll(stores.Select((store, thread) => Task.Run(() =>
        {
            while (true)
            {
                int next = store.ChangesSince(0, withReports: false).Trials.Count;
                if (next < Trials && store.TryAdd([New(next), New(next + 1)]))
                {
                    Interlocked.Add(ref added, 2);
                }

                if (store.Claim($"{thread}", Lease) is { } claimed)
                {
                    claims.Add((claimed.Number, claimed.Attempt));
                    Assert.True(store.Report(Of(claimed), new TrialReport(0, Loss(thread))));
                    Assert.True(store.Finish(Of(claimed), new TrialOutcome { State = TrialState.Finished, Metrics = Loss(claimed.Number) }));
                }
                else if (next >= Trials)
                {
                    return;
                }
            }
        })));

        TrialChanges all = Store.ChangesSince(0, withReports: true);
        Assert.Equal(Trials, added);
        Assert.Equal(Enumerable.Range(0, Trials), all.Trials.Select(trial => trial.Number));
        Assert.Equal(Enumerable.Range(0, Trials).Select(number => (number, 1)), claims.Order());
        Assert.All(all.Trials, trial => Assert.Equal((TrialState.Finished, Loss(trial.Number)), (trial.State, trial.Metrics)));
        Assert.Equal(Trials, all.Reports.Count);
    }

    public void Dispose()
    {
        made?.Dispose();
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the implementation's tests made beside the store.</summary>
    protected virtual void Close()
    {
    }

    private static TrialRecord New(int number) => new() { Number = number, Proposal = number, Configuration = Configuration.Of(("n", number)), Seed = number };

    private static TrialMetrics Loss(double value) => TrialMetrics.Of(("loss", value));

    private static TrialClaim Of(TrialRecord trial) => new(trial.Number, trial.Attempt, trial.Owner!);

    private static TrialRecord Only(ITrialStore store) => Assert.Single(store.ChangesSince(0, withReports: false).Trials);

    private static string Bits(TrialMetrics metrics) => string.Join('\n', metrics.Select(metric => $"{metric.Key} {Bits(metric.Value)}"));

    private static string Bits(MetricValue value) =>
        $"{BitConverter.DoubleToInt64Bits(value.Value):X} {(value.StandardError is { } error ? BitConverter.DoubleToInt64Bits(error).ToString("X", null) : "none")}";

    private TrialClaim Claim(string owner) => Of(Store.Claim(owner, Lease)!);
}
