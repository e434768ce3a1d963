using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Makes stages of a description's layers, up to where maps become a row of values.</summary>
#pragma warning disable CA1001 // The trunk is the plan's.
internal sealed class SparseTrunkBuilder<TLanes, TVector>
#pragma warning restore CA1001
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly Cnn3d description;
    private readonly bool forTraining;
    private readonly SparseTrunk trunk;
    private readonly List<SiteGrid> grids;
    private readonly List<SiteLevel> levels = [];
    private SiteMap map;
    private int trained;
    private int statistics;
    private int dropouts;
    private bool hasFitted;

    // Whether the background is 0 whatever the weights are.
    private bool isEmpty;

    // Whether events have backgrounds of their own while a network is trained. Tables are the same for both, so what they are like can't depend on it.
    private bool isPerEventInTraining;

    // Only behind a convolution does nothing else need the values as they are.
    private bool isFresh;

    public SparseTrunkBuilder(Cnn3d description, bool forTraining, bool hasEmptyBackground)
    {
        isEmpty = hasEmptyBackground;
        this.description = description;
        this.forTraining = forTraining;
        var input = SiteGrid.Uniform(description.Input.Frames, description.Input.Height, description.Input.Width);
        trunk = new SparseTrunk(input, description.Input.Channels);
        grids = [input];
        map = trunk.InputMap;
    }

    public SparsePlan Build()
    {
        (int Number, NetworkLayer Layer, FeatureShape Input, FeatureShape Output)[] layers = [.. ShapeInference.Walk(description)];
        for (int i = 0; i < layers.Length; i++)
        {
            (_, NetworkLayer layer, FeatureShape input, _) = layers[i];
            if (Exit(layers.Select(step => step.Layer).ToArray(), i) is { } end)
            {
                trunk.End(end.Exit, grids);
                return new SparsePlan(trunk, levels, grids[0], WithPlaces: layer is not GlobalAveragePoolLayer, end.Next, trained, statistics);
            }

            WeightSpan[] own = Take(layer, input);
            bool isRelu = i + 1 < layers.Length && layers[i + 1].Layer is ActivationLayer { Function: Activation.Relu };
            Add(layer, own, isRelu);
            if (layer is ConvLayer && isRelu)
            {
                trunk.Stages.Add(new ActivationStage<TLanes, TVector>(trunk, map, map, Activation.Relu, isDone: true));
                isFresh = false;
                i++;
            }
        }

        throw new NotSupportedException("The network has no Flatten or global pool.");
    }

    private (SparseExit Exit, int Next)? Exit(NetworkLayer[] layers, int index)
    {
        switch (layers[index])
        {
            case FlattenLayer when index + 1 < layers.Length && layers[index + 1] is DenseLayer dense && !map.IsPerEvent:
                MarkFitted();
                WeightSpan[] own = Take(dense, FeatureShape.Flat(map.Channels * map.Grid.Places));
                return (new FlattenDenseExit<TLanes, TVector>(trunk, map, own[0], own[1]), index + 2);
            case FlattenLayer:
                MarkFitted();
                return (new FlattenExit(trunk, map), index + 1);
            case GlobalAveragePoolLayer:
                MarkFitted();
                return (new GlobalAverageExit(trunk, map), index + 1);
            case GlobalMaxPoolLayer:
                MarkFitted();
                return (new GlobalMaxExit(trunk, map), index + 1);
            default:
                return null;
        }
    }

    private void Add(NetworkLayer layer, WeightSpan[] own, bool isRelu)
    {
        switch (layer)
        {
            case ScaleLayer scale:
                Scale(scale);
                break;
            case ConvLayer conv:
                var window = new SiteWindow(map.Grid, conv.Window, isEmpty);
                SiteMap output = Next(SiteLevelKind.Convolution, window, conv.Filters, affine: null);
                bool needsInputSlopes = hasFitted;
                MarkFitted();
                trunk.Stages.Add(new ConvolutionStage<TLanes, TVector>(trunk, map, output, levels[^1], (own[0], own[1]), isRelu, needsInputSlopes));
                (map, isFresh, isEmpty) = (output, true, false);
                break;
            case ActivationLayer activation:
                Activate(activation.Function);
                isEmpty &= activation.Function is not (Activation.Sigmoid or Activation.Softplus or Activation.Exponential);
                break;
            case BatchNormLayer norm:
                Settle();
                MarkFitted();
                var result = new ChannelAffine(map.Stride);
                trunk.Stages.Add(new BatchNormStage<TLanes, TVector>(trunk, map, norm, (own[0], own[1], own[2], own[3]), result));
                (map.Affine, isFresh, isEmpty) = (result, false, false);
                break;
            case MaxPoolLayer pool:
                var largest = new SiteWindow(map.Grid, pool.Window);
                SiteMap most = Next(SiteLevelKind.MaxPool, largest, map.Channels, map.Affine);
                trunk.Stages.Add(new MaxPoolStage<TLanes, TVector>(trunk, map, most, largest));
                (map, isFresh) = (most, false);
                break;
            case AveragePoolLayer pool:
                var mean = new SiteWindow(map.Grid, pool.Window);
                SiteMap average = Next(SiteLevelKind.AveragePool, mean, map.Channels, map.Affine);
                trunk.Stages.Add(new AveragePoolStage<TLanes, TVector>(trunk, map, average, mean));
                (map, isFresh) = (average, false);
                break;
            case ChannelDropoutLayer dropout:
                int number = dropouts++;
                isPerEventInTraining |= dropout.Rate > 0;
                if (forTraining && dropout.Rate > 0)
                {
                    SiteMap dropped = trunk.Own(new SiteMap(map.Grid, map.Level, map.Channels, isPerEvent: true, affine: null));
                    trunk.Stages.Add(new ChannelDropoutStage<TLanes, TVector>(trunk, map, dropped, number));
                    (map, isFresh) = (dropped, false);
                }

                break;
            case DropoutLayer:
                dropouts++;
                break;
            default:
                throw new NotSupportedException($"The sparse engine does not know the layer {layer.Kind}.");
        }
    }

    private void Scale(ScaleLayer scale)
    {
        Settle();
        var affine = new ChannelAffine(map.Stride);
        for (int channel = 0; channel < map.Channels; channel++)
        {
            affine.Set(
                channel,
                (float)scale.Factors[scale.Factors.Length == 1 ? 0 : channel],
                (float)scale.Offsets[scale.Offsets.Length == 1 ? 0 : channel]);
        }

        trunk.Stages.Add(new ScaleStage(trunk, map, affine));
        (map.Affine, isFresh) = (affine, false);
        isEmpty &= scale.Offsets.All(offset => (float)offset == 0);
    }

    private void Activate(Activation? function)
    {
        SiteMap output = isFresh && map.Affine is null ? map : trunk.Own(new SiteMap(map.Grid, map.Level, map.Channels, map.IsPerEvent, affine: null));
        trunk.Stages.Add(new ActivationStage<TLanes, TVector>(trunk, map, output, function, isDone: false));
        (map, isFresh) = (output, false);
    }

    /// <summary>Has a scale and shift computed, where one is waiting.</summary>
    private void Settle()
    {
        if (map.Affine is not null)
        {
            Activate(function: null);
        }
    }

    private SiteMap Next(SiteLevelKind kind, SiteWindow window, int channels, ChannelAffine? affine)
    {
        bool isDirect = kind == SiteLevelKind.Convolution && DirectConvolution<TLanes, TVector>.IsFor(map.Channels);
        TimeBlocks? blocks = kind == SiteLevelKind.Convolution && !isDirect ? TimeBlocks.For(window, map.Channels, isPerEventInTraining) : null;
        levels.Add(new SiteLevel(kind, window, isDirect, blocks));
        grids.Add(window.Output);
        return trunk.Own(new SiteMap(window.Output, levels.Count, channels, map.IsPerEvent, affine));
    }

    private void MarkFitted()
    {
        if (!hasFitted)
        {
            trunk.FirstFitted = trunk.Stages.Count;
            hasFitted = true;
        }
    }

    private WeightSpan[] Take(NetworkLayer layer, FeatureShape input)
    {
        var spans = new List<WeightSpan>();
        foreach ((_, long[] shape, bool isTrained) in layer.Weights(input))
        {
            int length = (int)shape.Aggregate(1L, (size, bins) => size * bins);
            spans.Add(new WeightSpan(isTrained ? trained : statistics, length));
            (trained, statistics) = isTrained ? (trained + length, statistics) : (trained, statistics + length);
        }

        return [.. spans];
    }
}
