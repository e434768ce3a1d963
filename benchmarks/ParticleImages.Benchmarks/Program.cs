using BenchmarkDotNet.Running;
using ParticleImages.Benchmarks;

// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- ratios [PART OF A NAME…]    one line a ratio, about a minute
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- --filter '*Voxelizer*'    BenchmarkDotNet
// benchmarks/voxelize_against_numpy.py    starts serve-voxels and measures by turns with it
if (args is ["ratios", ..])
{
    IEnumerable<Ratio> ratios = VoxelizerRatios.All().Concat(TrainingRatios.All());
    foreach (Ratio ratio in ratios.Where(ratio => args.Length == 1 || args[1..].Any(ratio.Name.Contains)))
    {
        Console.WriteLine(ratio.Measure());
    }
}
else if (args is ["serve-voxels", string events, string voxels])
{
    VoxelServer.Serve(events, voxels, Console.In, Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Ratio).Assembly).Run(args);
}
