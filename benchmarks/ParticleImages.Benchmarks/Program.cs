using BenchmarkDotNet.Running;
using ParticleImages.Benchmarks;

// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- ratios    one line a ratio, under two minutes
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- --filter '*Voxelizer*'    BenchmarkDotNet
// benchmarks/voxelize_against_numpy.py    starts serve-voxels and measures by turns with it
if (args is ["ratios", ..])
{
    IEnumerable<Ratio> ratios = VoxelizerRatios.All();
    foreach (Ratio ratio in ratios)
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
