namespace ParticleImages.Networks.Engines.Fused;

/// <summary>Activations and dropouts one after the other.</summary>
internal sealed unsafe class PointwiseChain
{
    private readonly List<(NetworkLayer Layer, int Dropout)> layers = [];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => layers.Count == 0;

    /// <summary>Whether the values are 0 or a multiple of what came in, so that the derivatives show in them.</summary>
    public bool IsRectifier => layers.Any(one => one.Layer is ActivationLayer) && HasOnlyRectifiers && Masks.Count() <= 1;

    /// <summary>Whether nothing is done but multiplying whole maps.</summary>
    public bool IsPlain => layers.All(one => one.Layer is ChannelDropoutLayer);

    /// <summary>Whether derivatives have to be kept.</summary>
    public bool IsGeneral => !IsRectifier && !IsPlain;

    private bool HasOnlyRectifiers => layers.All(one => one.Layer is not ActivationLayer { Function: not Activation.Relu });

    private IEnumerable<(DropoutLayer Layer, int Number)> Masks => layers.Where(one => one.Layer is DropoutLayer).Select(one => ((DropoutLayer)one.Layer, one.Dropout));

    /// <summary>Appends a layer.</summary>
    /// <param name="layer">An activation or a dropout.</param>
    /// <param name="dropout">A dropout's number among all of the network.</param>
    public void Add(NetworkLayer layer, int dropout) => layers.Add((layer, dropout));

    /// <summary>The mask of a rectifier's map; no stream for none.</summary>
    public (ulong? Stream, double Rate) MaskOf(FusedStep step, int @event, int channel)
    {
        foreach ((DropoutLayer layer, int number) in Masks)
        {
            return step.IsTraining && layer.Rate > 0 ? (DropoutMask.Stream(step.Seed, number, @event, channel), layer.Rate) : default;
        }

        return default;
    }

    /// <summary>What kept values of a map are multiplied by.</summary>
    public float FactorOf(FusedStep step, int @event, int channel)
    {
        float factor = 1;
        foreach ((NetworkLayer layer, int number) in layers)
        {
            factor *= !step.IsTraining ? 1 : layer switch
            {
                ChannelDropoutLayer whole => DropoutMask.OfMap(DropoutMask.Stream(step.Seed, number, @event, channel), whole.Rate),
                DropoutLayer single => DropoutMask.Factor(single.Rate),
                _ => 1,
            };
        }

        return factor;
    }

    /// <summary>Any chain.</summary>
    /// <param name="step">The batch.</param>
    /// <param name="event">The event's place in it.</param>
    /// <param name="channel">The map's number.</param>
    /// <param name="h">The map, replaced by what comes out.</param>
    /// <param name="derivatives">Receives the derivatives.</param>
    /// <param name="factors">Scratch memory.</param>
    /// <param name="count">Values.</param>
    /// <returns>Sums of the derivatives, and of derivative · value.</returns>
    public (double Derivatives, double Products) Run(FusedStep step, int @event, int channel, float* h, float* derivatives, float* factors, int count)
    {
        new Span<float>(derivatives, count).Fill(1);
        foreach ((NetworkLayer layer, int number) in layers)
        {
            switch (layer)
            {
                case ActivationLayer activation:
                    step.Kernels.Activate(activation.Function, h, factors, count);
                    step.Kernels.Multiply(derivatives, factors, count);
                    break;
                case DropoutLayer single when step.IsTraining:
                    DropoutMask.Fill(DropoutMask.Stream(step.Seed, number, @event, channel), single.Rate, new Span<float>(factors, count));
                    step.Kernels.Multiply(h, factors, count);
                    step.Kernels.Multiply(derivatives, factors, count);
                    break;
                case ChannelDropoutLayer whole when step.IsTraining:
                    new Span<float>(factors, count).Fill(DropoutMask.OfMap(DropoutMask.Stream(step.Seed, number, @event, channel), whole.Rate));
                    step.Kernels.Multiply(h, factors, count);
                    step.Kernels.Multiply(derivatives, factors, count);
                    break;
            }
        }

        return step.Kernels.SlopeSums(derivatives, h, count, 0);
    }
}
