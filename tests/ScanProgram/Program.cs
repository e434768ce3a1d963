using System.Globalization;
using ParticleImages.Search;
using ParticleImages.Search.Storage;
using ScanProgram;

// ScanProgram KIND FOLDER […]: runs the scan of that kind in a store of the folder and writes its table to the folder's table.txt.
(string kind, string folder) = (args[0], args[1]);
using ITrialStore store = SqliteTrialStore.Open(Path.Combine(folder, kind == "elsewhere" ? $"{Guid.NewGuid():N}.db" : "scan.db"));
Scan scan = kind is "random" or "adaptive" ? Scans.Alone(kind, store) : Scans.InProcesses(kind, store, folder);
using var cancellation = new CancellationTokenSource();
if (kind == "cancelled")
{
    cancellation.CancelAfter(TimeSpan.FromSeconds(3));
}

try
{
    ScanResult result = await scan.RunAsync(trial => Objectives.Try(kind, trial, args), cancellation.Token);
    File.WriteAllText(Path.Combine(folder, "table.part"), Table.Of(result, store));
    File.Move(Path.Combine(folder, "table.part"), Path.Combine(folder, "table.txt"), overwrite: true);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Ended} with arguments {Objectives.Hash(args)}"));
    return 0;
}
catch (Exception problem) when (problem is TrialStoreException or InvalidOperationException or OperationCanceledException)
{
    Console.WriteLine($"{problem.GetType().Name}: {problem.Message}");
    return 1;
}
