using ParticleImages.Cli;

return await Tool.RunAsync(args, Console.Out, Console.Error);
