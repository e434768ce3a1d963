using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Voxelization;

namespace ParticleImages.Pipelines;

/// <summary>
/// What parameters of well-known names mean, so that a file can describe a whole scan: cuts, binning, network and training. What a configuration does not name has the value
/// that stands here. Immutable.
/// </summary>
/// <remarks>
/// A network is one of the known ones (<c>network</c>), or blocks of convolution, activation, batch norm and pool, one for each <c>filters_1</c>, <c>filters_2</c>, … that has a value, then dense
/// layers, one for each <c>dense_1</c>, <c>dense_2</c>, …, with dropout behind each, and one logit a class.
/// </remarks>
public sealed record NamedParameters
{
    private const int MostLayers = 9;
    private const int Classes = 2;

    // What makes GeV of the public files' unit.
    private const double FileUnit = 50;

    private static readonly NamedParameter[] Single =
    [
        NamedParameter.Number("energy_above", "keep hits with a larger energy, in the files' unit"),
        NamedParameter.Positive("time_within", "keep hits with a smaller absolute time, in the files' unit"),
        NamedParameter.Number("time_start", "where the first time bin begins"),
        NamedParameter.Number("time_stop", "where the last time bin ends"),
        NamedParameter.Positive("time_step", "the width of a time bin"),
        NamedParameter.Truth("cumulative", "whether a hit fills its own and all later bins (true) or its own alone"),
        NamedParameter.Whole("crop", "the central pixels that are kept, an even number of rows and columns"),
        NamedParameter.Number("scale_energy", "the factor of energies in voxels"),
        NamedParameter.Text("network", "a known network instead of blocks: stable, small or notebook", "stable", "small", "notebook"),
        NamedParameter.Text("activation", "relu, elu, gelu, selu, tanh and others, behind convolutions and dense layers"),
        NamedParameter.Share("dropout", "the rate of dropout behind dense layers, 0 for none"),
        NamedParameter.Whole("epochs", "passes over the training events"),
        NamedParameter.Whole("batch_size", "events a step"),
        NamedParameter.Positive("learning_rate", "the learning rate, the highest of the schedule"),
        NamedParameter.Text("optimizer", "adam, adamw, nadam, sgd or rmsprop", "adam", "adamw", "nadam", "sgd", "rmsprop"),
        NamedParameter.NotNegative("weight_decay", "the weight decay of adamw"),
    ];

    private static readonly NamedParameter[] Numbered =
    [
        NamedParameter.Whole("filters_", "maps of the convolution of block N; the block exists where this has a value"),
        NamedParameter.Whole("kernel_", "the edge of that convolution's kernel; 3 unless named"),
        NamedParameter.Whole("pool_", "the edge of that block's pool, 1 for none; 2 unless named"),
        NamedParameter.Whole("dense_", "units of dense layer N; the layer exists where this has a value"),
    ];

    // The published notebook's own names.
    private static readonly Dictionary<string, string> Aliases = new() { ["t_step"] = "time_step", ["kernal_"] = "kernel_" };

    /// <summary>Keep hits with a larger energy, in the files' unit: 0.005 is 0.25 GeV in the public files.</summary>
    public double EnergyAbove { get; init; } = 0.005;

    /// <summary>Keep hits with a smaller absolute time, in the files' unit: 0.1 is 5 ns in the public files.</summary>
    public double TimeWithin { get; init; } = 0.1;

    /// <summary>Where the first time bin begins.</summary>
    public double TimeStart { get; init; } = -0.1;

    /// <summary>Where the last time bin ends at the earliest.</summary>
    public double TimeStop { get; init; } = 0.1;

    /// <summary>The width of a time bin.</summary>
    public double TimeStep { get; init; } = 0.0099;

    /// <summary>Whether a hit fills all later bins, too.</summary>
    public bool IsCumulative { get; init; } = true;

    /// <summary>Rows and columns that are kept; null for whole images.</summary>
    public int? Crop { get; init; }

    /// <summary>The factor of energies in voxels; null to let the network's first layer make GeV of the public files' unit.</summary>
    public double? EnergyScale { get; init; }

    /// <summary>Passes over the training events.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Events a step.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>The learning rate, the highest of the schedule.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Every known name and what it means; N stands for a digit from 1 to 9.</summary>
    public static IEnumerable<(string Name, string Meaning)> Known => Single.Select(known => (known.Name, known.Meaning)).Concat(Numbered.Select(known => ($"{known.Name}N", known.Meaning)));

    /// <summary>Refuses a space with a parameter that means nothing here, or with values that its meaning does not take.</summary>
    /// <param name="space">Any.</param>
    /// <exception cref="ArgumentException">A parameter is unknown, and the message lists what is known; or it has another kind of values, or one out of its range.</exception>
    public static void Check(ISearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        string[] names = [.. space.Parameters.Select(parameter => parameter.Name)];
        foreach (IParameter parameter in space.Parameters)
        {
            string name = parameter.Name;
            if (Meant(Canonical(name)) is not { } known)
            {
                throw new ArgumentException(
                    $"Nothing here is called '{name}'. Known are {string.Join(", ", Known.Select(known => known.Name))}; N is a digit from 1 to {MostLayers}.", nameof(space));
            }

            if (names.FirstOrDefault(other => other != name && Canonical(other) == Canonical(name)) is { } twin)
            {
                throw new ArgumentException($"'{name}' and '{twin}' are the same thing. Leave one of them out.", nameof(space));
            }

            known.Check(parameter);
        }
    }

    /// <summary>Gives a pipeline its binning, network and training.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <returns>A copy.</returns>
    public Pipeline ApplyTo(Pipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Bin(VoxelizerOf).Build(NetworkOf).Train(TrainerOf);
    }

    /// <summary>The cuts and the binning of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The voxelizer.</returns>
    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    public Voxelizer VoxelizerOf(Configuration configuration)
    {
        double Number(string name, double otherwise) => Find(configuration, name)?.AsNumber() ?? otherwise;
        (double start, double stop) = (Number("time_start", TimeStart), Number("time_stop", TimeStop));
        if (!(start < stop))
        {
            throw new ArgumentException(FormattableString.Invariant($"The time bins would go from {start} to {stop}; the start lies before the stop."));
        }

        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(start, stop, Number("time_step", TimeStep)))
            .KeepEnergyAbove(Number("energy_above", EnergyAbove))
            .KeepTimeWithin(Number("time_within", TimeWithin));
        voxelizer = (Find(configuration, "crop")?.AsInteger() ?? Crop) is { } crop ? voxelizer.Crop((int)crop) : voxelizer;
        voxelizer = (Find(configuration, "scale_energy")?.AsNumber() ?? EnergyScale) is { } factor ? voxelizer.ScaleEnergy(factor) : voxelizer;
        return Find(configuration, "cumulative")?.AsBoolean() ?? IsCumulative ? voxelizer.Cumulative() : voxelizer.Exclusive();
    }

    /// <summary>The network of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="shape">The shape of its voxels.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    public Cnn3d NetworkOf(Configuration configuration, VoxelShape shape)
    {
        double inputScale = (Find(configuration, "scale_energy")?.AsNumber() ?? EnergyScale) is null ? FileUnit : 1;
        (int Number, int Size)[] convolutions = [.. Layers(configuration, "filters_")];
        (int Number, int Size)[] dense = [.. Layers(configuration, "dense_")];
        string? known = Find(configuration, "network")?.AsText();
        if (known is not null || convolutions.Length + dense.Length == 0)
        {
            return (known ?? "stable") switch
            {
                "stable" => Cnn3d.Stable(shape, inputScale),
                "small" => Cnn3d.Small(shape),
                "notebook" => Cnn3d.Notebook(shape),
                string other => throw new ArgumentException($"There is no network '{other}'. There are stable, small and notebook."),
            };
        }

        string activation = Find(configuration, "activation")?.AsText() ?? "relu";
        Cnn3d network = Cnn3d.For(shape).Scale(inputScale);
        foreach ((int number, int filters) in convolutions)
        {
            network = network.Conv(filters, (int)(Find(configuration, $"kernel_{number}")?.AsInteger() ?? 3)).Activate(activation).BatchNorm();
            int pool = (int)(Find(configuration, $"pool_{number}")?.AsInteger() ?? 2);
            network = pool == 1 ? network : network.MaxPool(pool);
        }

        network = network.Flatten();
        double dropout = Find(configuration, "dropout")?.AsNumber() ?? 0;
        foreach ((_, int units) in dense)
        {
            network = network.Dense(units).Activate(activation);
            network = dropout == 0 ? network : network.Dropout(dropout);
        }

        return network.Dense(Classes);
    }

    /// <summary>The training of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="network">Its network.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    public Trainer TrainerOf(Configuration configuration, VoxelNetwork network)
    {
        Trainer trainer = Trainer.For(network)
            .Epochs((int)(Find(configuration, "epochs")?.AsInteger() ?? Epochs))
            .BatchSize((int)(Find(configuration, "batch_size")?.AsInteger() ?? BatchSize))
            .LearningRate(Find(configuration, "learning_rate")?.AsNumber() ?? LearningRate);
        double? decay = Find(configuration, "weight_decay")?.AsNumber();
        return (Find(configuration, "optimizer")?.AsText() ?? (decay is null ? "adam" : "adamw")) switch
        {
            "adam" => trainer.With(Optimizer.Adam()),
            "adamw" => trainer.With(decay is { } rate ? Optimizer.AdamW(weightDecay: rate) : Optimizer.AdamW()),
            "nadam" => trainer.With(Optimizer.NAdam()),
            "sgd" => trainer.With(Optimizer.Sgd(momentum: 0.9)),
            "rmsprop" => trainer.With(Optimizer.RmsProp()),
            string other => throw new ArgumentException($"There is no optimizer '{other}'. There are adam, adamw, nadam, sgd and rmsprop."),
        };
    }

    private static IEnumerable<(int Number, int Size)> Layers(Configuration configuration, string name) =>
        from number in Enumerable.Range(1, MostLayers)
        let size = Find(configuration, FormattableString.Invariant($"{name}{number}"))
        where size is not null
        select (number, (int)size.Value.AsInteger());

    private static ParameterValue? Find(Configuration configuration, string name)
    {
        foreach (KeyValuePair<string, ParameterValue> pair in configuration)
        {
            if (Canonical(pair.Key) == name)
            {
                return pair.Value;
            }
        }

        return null;
    }

    private static string Canonical(string name) => Aliases.Aggregate(
        name, (text, alias) => text == alias.Key || (alias.Key[^1] == '_' && text.StartsWith(alias.Key, StringComparison.Ordinal)) ? alias.Value + text[alias.Key.Length..] : text);

    private static NamedParameter? Meant(string name) => Array.Find(Single, known => known.Name == name)
        ?? (name.Length > 1 && name[^1] is >= '1' and <= '9' ? Array.Find(Numbered, known => known.Name == name[..^1]) : null);
}
