using System.CommandLine;
using FluctuationStudy;
using ParticleImages.Networks;

// Why did the notebook's validation loss jump, and does it with the default network and trainer? Both are trained on the same synthetic events, several
// times with other seeds. Every training keeps a checkpoint: the study may be ended at any time and goes on when it is started again.
var seeds = new Option<int>("--seeds") { Description = "Trainings of each recipe.", DefaultValueFactory = _ => 5 };
var epochs = new Option<int>("--epochs") { Description = "Epochs of each training.", DefaultValueFactory = _ => 20 };
var output = new Option<DirectoryInfo>("--out")
{
    Description = "Where histories, checkpoints, table and picture are left.",
    HelpName = "DIR",
    DefaultValueFactory = _ => new DirectoryInfo("output/fluctuations"),
};
var root = new RootCommand("Epoch-to-epoch fluctuations of the validation loss: the notebook's recipe and the stable default.") { seeds, epochs, output };
root.SetAction((arguments, cancellation) => Task.Run(
    () => Study.Run(arguments.GetValue(seeds), arguments.GetValue(epochs), arguments.GetValue(output)!.FullName, cancellation), cancellation));
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0 && parsed.Action == root.Action)
{
    ProcessTuning.TuneAllocator();
    if (ProcessTuning.HasTunedAllocator)
    {
        Console.WriteLine($"The C library's allocator is tuned (MALLOC_ variables); {ProcessTuning.Switch}=keep leaves it as it is.");
    }
}

return await parsed.InvokeAsync();
