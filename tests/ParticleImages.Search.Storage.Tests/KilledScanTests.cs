using System.Globalization;

namespace ParticleImages.Search.Storage.Tests;

/// <summary>Scans that are ended by SIGKILL again and again, and come to what one that ran through comes to.</summary>
public abstract class KilledScanTests(string kind) : IDisposable
{
    // A hundred for both strategies; PARTICLEIMAGES_TEST_KILLS sets another number for each.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("PARTICLEIMAGES_TEST_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 50;

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_scan_killed_at_random_moments_has_the_table_of_one_that_ran_through()
    {
        string expected = RunThrough("through");
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        string own = Directory.CreateDirectory(folder["killed"]).FullName;
        int kills = 0;
        for (bool isDone = false; !isDone && kills < Kills;)
        {
            long wanted = Revision(own) + 1 + random.Next(25);
            using ProgramRun run = ProgramRun.Start(kind, own);

            // Some are killed wherever they are, also before they have begun; the others once they have come further, so that the scan ends on the slowest machine.
            bool isAnywhere = random.Next(5) == 0;
            isDone = !isAnywhere && !run.WaitUntil(() => Revision(own) >= wanted);
            isDone |= run.WaitForEnd(TimeSpan.FromMilliseconds(random.Next(isAnywhere ? 400 : 30)));
            if (!isDone)
            {
                run.Kill();
                kills++;
            }
            else
            {
                run.EndWell();
            }
        }

        Assert.True(kills >= Kills / 2, $"only {kills} kills (seed {seed})");
        Assert.Equal(expected, RunThrough("killed"));
        using ITrialStore store = SqliteTrialStore.OpenReadOnly(Path.Combine(own, "scan.db"));
        Assert.Contains(store.ChangesSince(0, withReports: false).Trials, trial => trial.Attempt > 1 + trial.Failures);
    }

    private static long Revision(string own)
    {
        string path = Path.Combine(own, "scan.db");
        try
        {
            using ITrialStore store = SqliteTrialStore.OpenReadOnly(path);
            return store.ChangesSince(0, withReports: false).Revision;
        }
        catch (TrialStoreException)
        {
            // Not there yet, or only half.
            return 0;
        }
    }

    private string RunThrough(string name)
    {
        string own = Directory.CreateDirectory(folder[name]).FullName;
        using ProgramRun run = ProgramRun.Start(kind, own);
        run.EndWell();
        return File.ReadAllText(Path.Combine(own, "table.txt"));
    }
}
