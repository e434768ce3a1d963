using System.Globalization;
using System.Text.Json;
using ParticleImages.Networks;

// What the tests of ProcessTuning run. The first argument is how it ends: an exit code.
if (Environment.GetEnvironmentVariable("PARTICLE_IMAGES_BEGINNINGS") is string file)
{
    File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
}

ProcessTuning.TuneAllocator();

Console.WriteLine(JsonSerializer.Serialize(new
{
    Process = Environment.ProcessId,
    Arguments = args,
    Folder = Environment.CurrentDirectory,
    Input = Console.In.ReadToEnd(),
    ProcessTuning.HasTunedAllocator,
    Signals = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").Where(line => line.StartsWith("SigBlk", StringComparison.Ordinal)) : [],
    Variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name.StartsWith("MALLOC_", StringComparison.Ordinal) || name.StartsWith("PARTICLE_IMAGES_", StringComparison.Ordinal))
        .ToDictionary(name => name, Environment.GetEnvironmentVariable),
}));
Console.Error.WriteLine("at its end");
return int.Parse(args[0], CultureInfo.InvariantCulture);
