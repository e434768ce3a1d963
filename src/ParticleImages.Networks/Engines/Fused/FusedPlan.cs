using ParticleImages.Networks.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>Divides a network's layers into stages.</summary>
internal sealed class FusedPlan : IDisposable
{
    // A slice's largest map and torch's copy of it have to stay well below what the C library gives back to the system at once. With twice this the notebook's
    // first convolution took about three times as long, compared with its second one.
    private const long SliceBytes = 12L << 20;
    private const int MostEvents = 32;

    private readonly List<FusedStage> stages = [];
    private readonly int workers;
    private readonly List<nn.Module<Tensor, Tensor>> modules = [];

    private int modulesStart;
    private bool isHead;
    private FusedUnitParts? unit;
    private FusedMaps maps;
    private bool hasSlopes;

    private FusedPlan(Cnn3d description, int workers)
    {
        this.workers = workers;
        maps = Input = new FusedMaps(ShapeInference.InputOf(description));
        long largest = ShapeInference.Walk(description).Where(step => step.Layer is ConvLayer).Select(step => step.Output.Values).DefaultIfEmpty(1).Max();

        // Torch computes a single event's convolution by another, slower way.
        SliceSize = (int)Math.Clamp(SliceBytes / sizeof(float) / largest, 2, MostEvents);
    }

    public FusedMaps Input { get; }

    public FusedMaps Output => maps;

    public IReadOnlyList<FusedStage> Stages => stages;

    /// <summary>Events that one thread computes at a time.</summary>
    public int SliceSize { get; }

    public static FusedPlan Of(VoxelNetwork network, int workers)
    {
        var plan = new FusedPlan(network.Description, workers);
        plan.Divide(network);
        return plan;
    }

    public void Dispose()
    {
        foreach (FusedStage stage in stages)
        {
            stage.Dispose();
            stage.Input.Dispose();
        }

        maps.Dispose();
    }

    private static int Dropouts(nn.Module<Tensor, Tensor> module) => module switch
    {
        SeededDropout => 1,
        ResidualBlock block => block.Parts.SelectMany(part => part.Leaves()).OfType<SeededDropout>().Count(),
        ParallelBranches block => block.Parts.SelectMany(part => part.Leaves()).OfType<SeededDropout>().Count(),
        _ => 0,
    };

    private void Divide(VoxelNetwork network)
    {
        (int start, int dropouts) = (0, 0);
        FeatureShape shape = Input.Shape;
        nn.Module<Tensor, Tensor>[] all = [.. network.Stack.LayersFrom(0)];
        foreach ((int number, NetworkLayer layer, FeatureShape input, FeatureShape output) in ShapeInference.Walk(network.Description))
        {
            nn.Module<Tensor, Tensor> module = all[number - 1];
            if (input.IsFlat || !Append(layer, module, input, start, dropouts))
            {
                CloseUnit();
                if (output.IsFlat && !isHead)
                {
                    CloseModules(input);
                    isHead = true;
                }

                modulesStart = modules.Count == 0 ? start : modulesStart;
                modules.Add(module);
            }

            shape = output;
            start += (int)module.parameters().Sum(parameter => parameter.NumberOfElements);
            dropouts += Dropouts(module);
        }

        CloseUnit();
        CloseModules(shape);
    }

    /// <summary>Appends a layer to the unit, or to a new one; false if torch has to compute it.</summary>
    private bool Append(NetworkLayer layer, nn.Module<Tensor, Tensor> module, FeatureShape input, int start, int dropout)
    {
        switch (layer)
        {
            case ConvLayer conv:
                Begin(new FusedUnitParts { Map = conv.Window.Over(input, conv.Filters), Convolution = (Convolution)module, ConvolutionStart = start }, input);
                return true;
            case ScaleLayer scale:
                Begin(new FusedUnitParts { Map = input, Scale = scale }, input);
                return true;
            case ActivationLayer or DropoutLayer or ChannelDropoutLayer:
                Open(unit is { Norm: null, Pool: null }, input).Chain.Add(layer, dropout);
                return true;
            case BatchNormLayer norm:
                FusedUnitParts parts = Open(unit is { Norm: null, Pool: null }, input);
                (parts.Norm, parts.NormStart) = (new NormState(norm, (BatchNormalization)module, input.Channels), start);
                return true;
            case MaxPoolLayer pool:
                Open(unit is { Pool: null }, input).Pool = new PoolWindow(pool.Window, input, isMaximum: true);
                return true;
            case AveragePoolLayer pool:
                Open(unit is { Pool: null }, input).Pool = new PoolWindow(pool.Window, input, isMaximum: false);
                return true;
            default:
                return false;
        }
    }

    private FusedUnitParts Open(bool fits, FeatureShape input)
    {
        if (!fits || unit is null)
        {
            Begin(new FusedUnitParts { Map = input }, input);
        }

        return unit!;
    }

    private void Begin(FusedUnitParts parts, FeatureShape input)
    {
        CloseUnit();
        CloseModules(input);
        unit = parts;
    }

    private void CloseUnit()
    {
        if (unit is null)
        {
            return;
        }

        FusedMaps input = maps;
        maps = new FusedMaps(unit.Output);
        stages.Add(new FusedUnit(unit, input, maps, hasSlopes, workers, SliceSize));
        hasSlopes |= unit.Convolution is not null || unit.Norm is not null;
        unit = null;
    }

    private void CloseModules(FeatureShape output)
    {
        if (modules.Count == 0)
        {
            return;
        }

        FusedMaps input = maps;
        maps = new FusedMaps(output);
        stages.Add(new TorchStage([.. modules], input, maps, hasSlopes, modulesStart, isHead ? 1 : workers));
        hasSlopes |= modules.SelectMany(module => module.parameters()).Any();
        modules.Clear();
    }
}
