using BenchmarkDotNet.Running;
using ParticleImages.Benchmarks;

// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- ratios [PART OF A NAME…]    one line a ratio, about seven minutes; code 1 if an engine's is too low
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- ratios engines [--engine NAME]    those of engines; another engine in their place
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- engine-survey    what the table of docs/concepts/engines.md is made of, about six minutes
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- engine-profile    where a sparse step's time goes, beside its floors, as in docs/concepts/engines.md
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- time-to-quality 5    epochs that strategies need for what 60 random trials find
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- scan-memory    what a long scan holds in memory, about six minutes
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- --filter '*Voxelizer*'    BenchmarkDotNet
// benchmarks/voxelize_against_numpy.py    starts serve-voxels and measures by turns with it
// benchmarks/read_against_h5py.py    starts serve-reads and measures by turns with it
if (args is ["ratios", ..])
{
    int option = Array.IndexOf(args, "--engine");
    string? engine = option > 0 ? args[option + 1] : null;
    string[] parts = option > 0 ? args[1..option] : args[1..];
    bool IsWanted(string name) => parts.Length == 0 || parts.Any(name.Contains);

    foreach (Ratio ratio in VoxelizerRatios.All().Concat(TrainingRatios.All()).Concat(ScanRatios.All()).Where(ratio => IsWanted(ratio.Name)))
    {
        Console.WriteLine(ratio.Measure());
    }

    bool isEnough = true;
    foreach (EngineRatio ratio in EngineRatio.All().Where(ratio => IsWanted($"engines {ratio.Name} {ratio.MemoryName}")))
    {
        try
        {
            isEnough &= (ratio with { Engine = engine ?? ratio.Engine }).Measure(Console.Out);
        }
        catch (InvalidOperationException failed)
        {
            // The other lines are worth their minutes all the same.
            Console.WriteLine($"{ratio.Name} FAILED: {failed.Message.ReplaceLineEndings(" ")}");
            isEnough = false;
        }
    }

    return isEnough ? 0 : 1;
}

if (args is [EngineChild.Verb, string side, string task])
{
    EngineChild.Run(side, task, Console.Out);
}
else if (args is ["engine-survey"])
{
    EngineSurvey.Measure(Console.Out);
}
else if (args is ["engine-profile"])
{
    EngineProfile.Measure(Console.Out);
}
else if (args is ["time-to-quality", string seeds])
{
    TimeToQuality.Measure(int.Parse(seeds, System.Globalization.CultureInfo.InvariantCulture), Console.Out);
}
else if (args is ["scan-memory"])
{
    ScanMemory.Measure(Console.Out);
}
else if (args is ["serve-reads", string file, string threads, string memory])
{
    ReadServer.Serve(file, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), memory, Console.In, Console.Out);
}
else if (args is ["serve-voxels", string events, string voxels])
{
    VoxelServer.Serve(events, voxels, Console.In, Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Ratio).Assembly).Run(args);
}

return 0;
