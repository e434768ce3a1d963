using System.Diagnostics;
using System.Security.Cryptography;

namespace ParticleImages.Networks.Tests;

/// <summary>Trainings in processes of their own that are ended by SIGKILL, which leaves a program no chance to tidy up.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const string FolderVariable = "PARTICLEIMAGES_TEST_TRAINING";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_training_killed_at_random_moments_ends_with_the_weights_and_history_of_one_that_ran_through()
    {
        Assert.Equal(0, Run(folder["through"], kill: null));
        string expected = File.ReadAllText(Path.Combine(folder["through"], "result.txt"));
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        int kills = 0;
        while (!File.Exists(Path.Combine(folder["killed"], "result.txt")))
        {
            // A few are killed wherever they are; the others once they have come further than the one before, and later ones later, so that the training ends on the slowest machine.
            bool anywhere = kills < 6 && random.Next(3) == 0;
            kills += Run(folder["killed"], new Kill(AfterCheckpoint: !anywhere, TimeSpan.FromMilliseconds(random.Next(anywhere ? 3000 : 300 + (200 * kills))))) == 0 ? 0 : 1;
            Assert.InRange(kills, 0, 200);
        }

        Assert.True(kills >= 2, $"only {kills} kills (seed {seed})");
        Assert.Equal(expected, File.ReadAllText(Path.Combine(folder["killed"], "result.txt")));
    }

    /// <summary>The process that is killed; run by the test above.</summary>
    [Fact(Explicit = true)]
    public void Train_for_a_while()
    {
        string own = Environment.GetEnvironmentVariable(FolderVariable) ?? throw new InvalidOperationException($"{FolderVariable} names no folder.");
        using EventSource train = ToyEvents.Make(400, seed: 1);
        using EventSource validation = ToyEvents.Make(50, seed: 2);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        var history = Trainer.For(network).Epochs(25).BatchSize(10).Seed(5).KeepBest().With(WeightAveraging.Exponential(0.9))
            .CheckpointIn(Path.Combine(own, "checkpoint"), TimeSpan.FromMilliseconds(50))
            .Fit(ToyEvents.Voxelizer, train, validation);
        string weights = Convert.ToHexString(SHA256.HashData([.. network.Weights().SelectMany(weight => weight.Values.ToArray())]));
        File.WriteAllText(Path.Combine(own, "result.part"), $"{weights}\n{string.Join('\n', history.Select(record => record with { Seconds = 0 }))}\n");
        File.Move(Path.Combine(own, "result.part"), Path.Combine(own, "result.txt"));
    }

    private static int Run(string own, Kill? kill)
    {
        Directory.CreateDirectory(own);
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-explicit", "only", "-method", $"*{nameof(KilledTrainingTests)}.{nameof(Train_for_a_while)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FolderVariable] = own;
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        Task<string> complained = process.StandardError.ReadToEndAsync();
        if (kill is not null)
        {
            DateTime before = LastCheckpoint(own);
            while (kill.AfterCheckpoint && LastCheckpoint(own) == before && !process.WaitForExit(TimeSpan.FromMilliseconds(5)))
            {
            }

            if (!process.WaitForExit(kill.Delay))
            {
                process.Kill();
            }
        }

        process.WaitForExit();

        // 137 stands for SIGKILL; everything else that is not 0 is an error of the training.
        Assert.True(process.ExitCode is 0 or 137 or -1, $"code {process.ExitCode}: {said.Result} {complained.Result}");
        return process.ExitCode;
    }

    /// <summary>When a checkpoint was put in its place last.</summary>
    private static DateTime LastCheckpoint(string own) => File.GetLastWriteTimeUtc(Path.Combine(own, "checkpoint", "checkpoint.safetensors"));

    /// <summary>When to kill a process.</summary>
    /// <param name="AfterCheckpoint">Not before it has written a checkpoint.</param>
    /// <param name="Delay">How long to wait then.</param>
    private sealed record Kill(bool AfterCheckpoint, TimeSpan Delay);
}
