namespace ParticleImages.Cli;

/// <summary>What the layouts of public images are called on the command line. Those of layers have no images, and so no names here.</summary>
internal static class LayoutName
{
    private static readonly Dictionary<string, Func<EventLayout>> Layouts = new()
    {
        ["electron-photon"] = () => PublicLayouts.ElectronPhoton,
        ["calogan-0"] = () => PublicLayouts.CaloGan(0, ParticleLabel.Photon),
        ["calogan-1"] = () => PublicLayouts.CaloGan(1, ParticleLabel.Photon),
        ["calogan-2"] = () => PublicLayouts.CaloGan(2, ParticleLabel.Photon),
        ["quark-gluon-parquet"] = () => PublicLayouts.QuarkGluonParquet(0),
        ["quark-gluon-hdf5"] = () => PublicLayouts.QuarkGluonHdf5(0),
    };

    public static IEnumerable<string> All => Layouts.Keys;

    /// <summary>The layout of a name.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="hasLabel">Whether the label of all events is said, or where labels are.</param>
    /// <param name="hasChannel">Whether the channel is said.</param>
    /// <exception cref="UsageException">Only the user can say what the files hold, and did not.</exception>
    public static EventLayout Find(string name, bool hasLabel, bool hasChannel)
    {
        EventLayout layout = Layouts[name]();
        if (layout.ConstantLabel is not null && !hasLabel)
        {
            throw new UsageException($"The files of --layout {name} keep no labels. Say what all events of yours are with --label N, 0 photon or 1 electron, or where yours keep labels with --labels NAME.");
        }

        if (layout.EnergyChannel is not null && !hasChannel)
        {
            throw new UsageException($"The images of --layout {name} have channels 0 to 2: tracks and two calorimeters. Choose one with --channel N.");
        }

        return layout;
    }
}
