using System.CommandLine;
using ElectronPhoton;
using ParticleImages.Networks;
using ParticleImages.Terminal;

// Electron or photon? Reads events, cuts and bins them, trains a network, judges it on events that it never saw, and leaves
// everything in a folder. Every problem ends in one sentence on standard error: exit code 2 for wrong usage, 1 for bad data, 130 for Ctrl-C.
var data = new Option<DirectoryInfo?>("--data")
{
    Description = "A folder with the public files (SinglePhotonPt50*.hdf5 and SingleElectronPt50*.hdf5) instead of simulated events.",
    HelpName = "DIR",
};
var npz = new Option<FileInfo?>("--npz")
{
    Description = "Judge on real energy-only images (arrays x_train, y_train, x_test, y_test); the network is trained on simulated events, binned to one frame.",
    HelpName = "FILE",
};
var full = new Option<bool>("--full")
{
    Description = "The published notebook's run: 20 000 events, 21 × 32 × 32 voxels, 100 epochs, with dropout in the head. About a quarter of an hour on two cores.",
};
var scan = new Option<bool>("--scan")
{
    Description = "The published notebook's scan: 14 of 1458 networks, 20 epochs each on 200 events. Goes on where an earlier run was stopped.",
};
var output = new Option<DirectoryInfo>("--out")
{
    Description = "Where everything is left.",
    HelpName = "DIR",
    DefaultValueFactory = _ => new DirectoryInfo("output"),
};

var root = new RootCommand("Electron or photon: read, cut, bin, train and judge.") { data, npz, full, scan, output };
root.Validators.Add(result =>
{
    if (result.GetValue(npz) is not null && (result.GetValue(data) is not null || result.GetValue(full)))
    {
        result.AddError("--npz stands alone: it trains on simulated events. Leave out --data and --full.");
    }

    if (result.GetValue(scan) && (result.GetValue(npz) is not null || result.GetValue(full)))
    {
        result.AddError("--scan stands alone, but for --data and --out.");
    }
});
root.SetAction(async (arguments, cancellation) =>
{
    var screen = Screen.Of(arguments);
    string folder = arguments.GetValue(output)!.FullName;
    if (ProcessTuning.HasTunedAllocator)
    {
        screen.Say($"The C library's allocator is tuned (MALLOC_ variables); {ProcessTuning.Switch}=keep leaves it as it is.");
    }

    using CancellationTokenRegistration notice = cancellation.Register(() => screen.Remark("Stopping after this step."));
    if (arguments.GetValue(scan))
    {
        await ScanJob.RunAsync(screen, arguments.GetValue(data)?.FullName, folder, cancellation);
        return 0;
    }

    await Task.Run(
        () =>
        {
            if (arguments.GetValue(npz) is { } images)
            {
                EnergyOnlyJob.Run(screen, images.FullName, folder, cancellation);
            }
            else
            {
                MainJob.Run(screen, arguments.GetValue(full) ? JobSettings.Full : JobSettings.Quick, arguments.GetValue(data)?.FullName, folder, cancellation);
            }
        },
        cancellation);
    return 0;
});

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0 && parsed.Action == root.Action)
{
    ProcessTuning.TuneAllocator();
}

try
{
    int code = await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    return parsed.Errors.Count > 0 ? 2 : code;
}
catch (OperationCanceledException)
{
    Screen.Of(parsed).Remark("Stopped before the end; what was saved before is as it was.");
    return 130;
}
catch (Exception problem)
{
    Screen.Of(parsed).Complain(problem.Message.ReplaceLineEndings(" "));
    return 1;
}
