using Microsoft.Data.Sqlite;
using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Benchmarks;

/// <summary>What a scan costs beside its trials: one is proposed, added, claimed and finished, with a SQLite file for a store.</summary>
public static class ScanRatios
{
    private const int Batch = 1000;

    // So many calls until the runtime has compiled all of it with optimisation; fewer make the first line of a run look twice as dear as the others.
    private const int WarmUp = 3000;

    /// <summary>Three bare commits to the same file beside a trial's three, where 0.667 stands for a cost of 1.5; and a trial's cost at 100 000 beside that at 1000, where 1 is flat.</summary>
    public static IEnumerable<Ratio> All()
    {
        foreach ((string name, SearchStrategy strategy) in new[] { ("grid", SearchStrategy.Grid()), ("random", SearchStrategy.Random(trials: int.MaxValue, seed: 1)) })
        {
            yield return Ratio.Of($"scan-overhead-sqlite-{name}-vs-three-commits", () =>
            {
                var scan = new FilledScan(strategy, 10_000);
                return (scan.Try, scan.CommitThrice, scan);
            });
            yield return Ratio.Of($"scan-overhead-sqlite-{name}-at-100000-vs-1000", () =>
            {
                var few = new FilledScan(strategy, 1000);
                var many = new FilledScan(strategy, 100_000);
                return (few.Try, many.Try, new Both(few, many));
            });
        }
    }

    private sealed record Both(IDisposable First, IDisposable Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }

    /// <summary>A scan that has so many finished trials.</summary>
    private sealed class FilledScan : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("particle-images-scan-").FullName;
        private readonly ITrialStore store;
        private readonly ScanSession session;
        private readonly SqliteConnection connection;
        private readonly SqliteCommand commit;

        public FilledScan(SearchStrategy strategy, int trials)
        {
            string path = Path.Combine(folder, "scan.db");
            store = SqliteTrialStore.Open(path);
            Scan scan = Scan.Over(SearchSpace.Of([.. Enumerable.Range(1, 6).Select(number => Parameter.Integer($"parameter_{number}", 1, 30))]))
                .With(strategy).Minimize("val_loss").StoreIn(store);
            store.Begin(scan.Header);
            Fill(scan, trials);
            session = scan.Open();

            connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            using SqliteCommand prepare = connection.CreateCommand();
            prepare.CommandText = "PRAGMA synchronous=FULL; CREATE TABLE bare (one INTEGER PRIMARY KEY, count INTEGER); INSERT INTO bare VALUES (1, 0)";
            prepare.ExecuteNonQuery();
            commit = connection.CreateCommand();
            commit.CommandText = "UPDATE bare SET count = count + 1";
            for (int i = 0; i < WarmUp; i++)
            {
                Try();
            }
        }

        public void Try() => session.Tell(session.Ask()!, TrialMetrics.Of(("loss", 0.25), ("accuracy", 0.9), ("val_loss", 1.0 / 3), ("val_accuracy", 0.875)));

        public void CommitThrice()
        {
            for (int i = 0; i < 3; i++)
            {
                commit.ExecuteNonQuery();
            }
        }

        public void Dispose()
        {
            session.Dispose();
            commit.Dispose();
            connection.Dispose();
            store.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        private void Fill(Scan scan, int trials)
        {
            var history = new TrialHistory(scan.Objectives);
            var batch = new List<TrialRecord>(Batch);
            for (int number = 0; number < trials; number++)
            {
                Proposal proposal = scan.Strategy!.Method.Propose(scan.Space, history, scan.Strategy.Seed)!;
                var trial = new TrialRecord
                {
                    Number = number,
                    Proposal = number,
                    Configuration = proposal.Configuration,
                    Seed = number,
                    Mark = proposal.Mark,
                    State = TrialState.Finished,
                    Attempt = 1,
                    Metrics = TrialMetrics.Of(("loss", 0.25), ("accuracy", 0.9), ("val_loss", 1 + number), ("val_accuracy", 0.875)),
                    Values = [new MetricValue(1 + number)],
                };
                history.Add(trial);
                batch.Add(trial);
                if (batch.Count == Batch || number == trials - 1)
                {
                    store.TryAdd(batch);
                    batch.Clear();
                }
            }
        }
    }
}
