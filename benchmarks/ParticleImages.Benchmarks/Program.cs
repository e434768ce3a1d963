using BenchmarkDotNet.Running;
using ParticleImages.Benchmarks;

// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- ratios    one line a ratio, under two minutes
// dotnet run -c Release --project benchmarks/ParticleImages.Benchmarks -- --filter '*Voxelizer*'    BenchmarkDotNet
if (args is ["ratios", ..])
{
    IEnumerable<Ratio> ratios = VoxelizerRatios.All();
    foreach (Ratio ratio in ratios)
    {
        Console.WriteLine(ratio.Measure());
    }
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Ratio).Assembly).Run(args);
}
