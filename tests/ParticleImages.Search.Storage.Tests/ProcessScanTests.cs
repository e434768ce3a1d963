using System.Diagnostics;

namespace ParticleImages.Search.Storage.Tests;

/// <summary>Scans whose workers are processes: what crashes, hangs, is killed or cancelled, and what the scan makes of it.</summary>
public sealed class ProcessScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Workers_are_processes_with_the_programs_arguments_and_their_share_of_the_cores(bool throughDotnet)
    {
        string[] arguments = ["plain", folder.Path, "two words", "a \"quote\"", "", "back\\slash\\", "--flag=*"];
        using ProgramRun run = throughDotnet ? ProgramRun.StartThroughDotnet(arguments) : ProgramRun.Start(arguments);
        run.EndWell();
        TrialRecord[] trials = Trials();

        Assert.Equal(6, trials.Length);
        Assert.All(trials, trial => Assert.Equal(TrialState.Finished, trial.State));
        Assert.DoesNotContain(run.Id, trials.Select(trial => (int)Metric(trial, "process")));
        Assert.All(trials, trial => Assert.Equal((1, 1), (Metric(trial, "cores"), Metric(trial, "threads"))));
        Assert.Contains($"Complete with arguments {Metric(trials[0], "arguments")}", run.Said, StringComparison.Ordinal);

        // Progress is told while they work, and their output stands in the folder.
        Assert.Contains("done 6", run.Said, StringComparison.Ordinal);
        Assert.Contains("trial 3 in", string.Concat(Directory.GetFiles(folder["files"], "worker-*.log").Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crash", "Broken on purpose.")]
    [InlineData("kill", "ended with code 137")]
    [InlineData("leave", "ended with code 0")]
    [InlineData("orphan", "Broken on purpose.")]
    public void A_worker_that_dies_in_a_trial_has_failed_it_and_the_scan_goes_on(string kind, string said)
    {
        using ProgramRun run = ProgramRun.Start(kind, folder.Path);
        run.EndWell();

        Assert.Equal(
            [TrialState.Finished, TrialState.Finished, TrialState.Failed, TrialState.Finished, TrialState.Finished, TrialState.Finished],
            Trials().Select(trial => trial.State));
        Assert.Contains(said, Trials()[2].Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Trials()[2].Attempt, Trials()[2].Failures));
    }

    [Fact]
    public void A_trial_whose_worker_died_is_tried_again_as_often_as_the_scan_says()
    {
        using ProgramRun run = ProgramRun.Start("retried", folder.Path);
        run.EndWell();

        Assert.All(Trials(), trial => Assert.Equal(TrialState.Finished, trial.State));
        Assert.Equal((2, 1), (Trials()[2].Attempt, Trials()[2].Failures));
        Assert.Equal("2\n", File.ReadAllText(Path.Combine(folder["files"], "trial-00002", "attempts.txt")));
    }

    [Fact]
    public void A_trial_that_neither_ends_nor_listens_is_ended_with_its_process_and_has_failed()
    {
        using ProgramRun run = ProgramRun.Start("endless", folder.Path);
        run.EndWell();

        Assert.Equal((TrialState.Failed, "It took longer than 00:00:01 and did not end when it was cancelled."), (Trials()[1].State, Trials()[1].Message));
        Assert.Equal(5, Trials().Count(trial => trial.State == TrialState.Finished));
    }

    [Fact]
    public void When_the_launcher_is_killed_its_workers_end_and_the_next_run_takes_over_at_once()
    {
        int[] workers;
        using (ProgramRun run = ProgramRun.Start("patient", folder.Path))
        {
            run.Await(() => Running().Length == 2);
            workers = Running();
            run.Kill();
        }

        Assert.All(workers, worker => Assert.True(HasEnded(worker, TimeSpan.FromSeconds(8)), $"worker {worker} lives"));
        Assert.Equal([TrialState.Pending, TrialState.Pending], Trials().Select(trial => trial.State));

        using ProgramRun next = ProgramRun.Start("patient", folder.Path);
        var watch = Stopwatch.StartNew();
        next.Await(() => Trials() is [{ State: TrialState.Running, Attempt: 2 }, { State: TrialState.Running, Attempt: 2 }, ..]);

        // Far from the minute that a lease takes.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_killed_workers_trial_has_failed_and_the_next_worker_goes_on()
    {
        using ProgramRun run = ProgramRun.Start("patient", folder.Path);
        run.Await(() => Running().Length == 2);
        Process.GetProcessById(Running()[0]).Kill();
        run.Await(() => Trials().Count(trial => trial.State == TrialState.Failed) == 1 && Running().Length == 2);

        Assert.Contains("ended with code 137", Trials()[0].Message ?? Trials()[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_does_not_listen_ends_soon_after_its_launcher_was_killed()
    {
        int[] workers;
        using (ProgramRun run = ProgramRun.Start("deaf", folder.Path))
        {
            run.Await(() => Running().Length == 2);
            workers = Running();
            run.Kill();
        }

        Assert.All(workers, worker => Assert.True(HasEnded(worker, TimeSpan.FromSeconds(25)), $"worker {worker} lives"));
    }

    [Fact]
    public void Cancelling_gives_trials_back_and_keeps_what_was_done()
    {
        using ProgramRun run = ProgramRun.Start("cancelled", folder.Path);
        Assert.Equal(1, run.End());

        Assert.Contains("OperationCanceledException", run.Said, StringComparison.Ordinal);
        Assert.All(Trials(), trial => Assert.Equal((TrialState.Pending, 0), (trial.State, trial.Failures)));
    }

    [Fact]
    public void A_second_process_is_told_who_runs_the_scan_and_the_first_goes_on()
    {
        using ProgramRun first = ProgramRun.Start("patient", folder.Path);
        first.Await(() => Running().Length == 2);
        using ProgramRun second = ProgramRun.Start("patient", folder.Path);
        Assert.Equal(1, second.End());

        Assert.Contains($"TrialStoreException: The scan in {folder["scan.db"]} is being run by process {first.Id} on {Environment.MachineName}.", second.Said, StringComparison.Ordinal);
        Assert.Equal(2, Running().Length);
        Assert.All(Trials().Take(2), trial => Assert.Equal((TrialState.Running, 1), (trial.State, trial.Attempt)));
    }

    [Fact]
    public void A_store_with_another_name_at_each_start_is_refused_instead_of_starting_ever_more_workers()
    {
        using ProgramRun run = ProgramRun.Start("elsewhere", folder.Path);
        Assert.Equal(1, run.End());

        Assert.Contains("The name of the store must be the same whenever the program starts.", run.Said, StringComparison.Ordinal);
    }

    private static double Metric(TrialRecord trial, string name) => trial.Metrics.TryGet(name, out MetricValue value) ? value.Value : double.NaN;

    private static bool HasEnded(int process, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (IsAlive(process))
        {
            if (watch.Elapsed > patience)
            {
                return false;
            }

            Thread.Sleep(20);
        }

        return true;
    }

    private static bool IsAlive(int process)
    {
        try
        {
            // An orphan that nobody has asked for yet has still a number.
            return OperatingSystem.IsLinux()
                ? File.ReadAllText($"/proc/{process}/stat") is var status && status[status.LastIndexOf(')') + 2] is not ('Z' or 'X')
                : !Process.GetProcessById(process).HasExited;
        }
        catch (Exception gone) when (gone is IOException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private TrialRecord[] Trials()
    {
        if (!File.Exists(folder["scan.db"]))
        {
            return [];
        }

        try
        {
            using ITrialStore store = SqliteTrialStore.OpenReadOnly(folder["scan.db"]);
            return [.. store.ChangesSince(0, withReports: false).Trials];
        }
        catch (TrialStoreException)
        {
            // It is being made.
            return [];
        }
    }

    // The processes that have a trial, by the second part of an owner's name.
    private int[] Running() => [.. Trials().Where(trial => trial.State == TrialState.Running).Select(trial => int.Parse(trial.Owner!.Split('/')[1], null))];
}
