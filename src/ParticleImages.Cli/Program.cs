using ParticleImages.Cli;
using ParticleImages.Networks;

return await Tool.RunAsync(args, Console.Out, Console.Error, ProcessTuning.TuneAllocator);
