using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <content>What the convolution makes of the background, there and back: one vector for each class of places.</content>
internal sealed unsafe partial class ConvolutionStage<TLanes, TVector>
{
    protected override void ForwardBackground(int @event)
    {
        float* from = Input.Background(@event);
        float* to = before.At(Output.IsPerEvent ? (long)@event * Output.BackgroundSize : 0, Output.BackgroundSize);
        float* first = to;
        ReadOnlySpan<float> biases = Trunk.Weights(bias);
        int classes = Input.Grid.Classes;
        float* shifted = stackalloc float[Input.Stride];
        var seen = new float[classes * window.Taps * filters];
        for (int kind = 0; kind < classes; kind++)
        {
            RowKernels<TLanes, TVector>.Apply(Affine, from + ((long)kind * Input.Stride), Input.Stride, shifted);
            for (int i = 0; i < window.Taps * filters; i++)
            {
                seen[(kind * window.Taps * filters) + i] = RowKernels<TLanes, TVector>.Dot(packed.Plain(0) + ((long)i * Input.Stride), shifted, Input.Stride);
            }
        }

        for (int kind = 0; kind < Output.Grid.Classes; kind++, to += Output.Stride)
        {
            for (int filter = 0; filter < filters; filter++)
            {
                double sum = biases[filter];
                for (int tap = 0; tap < window.Taps; tap++)
                {
                    int source = window.Sources[(kind * window.Taps) + tap];
                    if (source >= 0)
                    {
                        sum += seen[(((source * window.Taps) + tap) * filters) + filter];
                    }
                }

                to[filter] = (float)sum;
            }
        }

        new Span<float>(first, Output.BackgroundSize).CopyTo(new Span<float>(Output.Background(@event), Output.BackgroundSize));
    }

    protected override void BackwardBackground(int @event, double* target, in EventTurn turn)
    {
        double* slopes = Output.BackgroundSlopes(@event);
        if (!Output.IsPerEvent)
        {
            for (int chunk = 0; chunk < Chunks.Count; chunk++)
            {
                double* own = totalSums.At((long)chunk * Output.BackgroundSize, Output.BackgroundSize);
                for (int i = 0; i < Output.BackgroundSize; i++)
                {
                    slopes[i] += own[i];
                }
            }
        }

        float* background = Input.Background(@event);
        if (shared is null)
        {
            BackwardTaps(0, window.Taps, slopes, background, target, shiftOfChunks[turn.Chunk], turn);
            return;
        }

        // On all threads, since there is one of it for all events; every chunk of taps adds to slopes of its own.
        Array.Clear(shared);
        double[][] targets = [.. Enumerable.Range(0, Chunks.Count).Select(_ => new double[Input.BackgroundSize])];
        (nint Slopes, nint Background) at = ((nint)slopes, (nint)background);
        Chunks.Run(Trunk.Threads, (chunk, _) =>
        {
            fixed (double* own = targets[chunk])
            {
                BackwardTaps(Chunks.Start(chunk, window.Taps), Chunks.Start(chunk + 1, window.Taps), (double*)at.Slopes, (float*)at.Background, own, shift, turn: default);
            }
        });
        foreach (double[] own in targets)
        {
            for (int i = 0; i < own.Length; i++)
            {
                target[i] += own[i];
            }
        }
    }

    private void BackwardTaps(int begin, int end, double* slopes, float* background, double* target, double[] shifts, in EventTurn turn)
    {
        double* seen = stackalloc double[filters];
        for (int tap = begin; tap < end; tap++)
        {
            for (int source = 0; source < Input.Grid.Classes; source++)
            {
                if (!Seen(slopes, tap, source, seen))
                {
                    continue;
                }

                for (int filter = 0; filter < filters; filter++)
                {
                    shifts[(tap * filters) + filter] += seen[filter];
                }

                AddGradient(tap, background + ((long)source * Input.Stride), seen, turn);
                if (needsInputSlopes)
                {
                    AddSlopes(tap, seen, target + ((long)source * Input.Stride));
                }
            }
        }
    }

    /// <summary>The slopes by the outputs' background that see a class of the input through a tap, summed up.</summary>
    private bool Seen(double* slopes, int tap, int source, double* sum)
    {
        new Span<double>(sum, filters).Clear();
        bool any = false;
        for (int kind = 0; kind < Output.Grid.Classes; kind++)
        {
            if (window.Sources[(kind * window.Taps) + tap] == source)
            {
                any = true;
                for (int filter = 0; filter < filters; filter++)
                {
                    sum[filter] += slopes[(kind * Output.Stride) + filter];
                }
            }
        }

        return any;
    }

    private void AddGradient(int tap, float* background, double* seen, in EventTurn turn)
    {
        float* chunk = packed.Chunk(turn.Chunk) + (tap * packed.SlotLength);
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            double value = background[channel];
            for (int filter = 0; filter < filters; filter++)
            {
                if (shared is not null)
                {
                    shared[(((tap * Input.Channels) + channel) * filters) + filter] += value * seen[filter];
                }
                else
                {
                    chunk[((long)channel * Output.Stride) + filter] += (float)(value * seen[filter]);
                }
            }
        }
    }

    private void AddSlopes(int tap, double* seen, double* target)
    {
        float* weight = packed.Plain(tap);
        for (int filter = 0; filter < filters; filter++, weight += Input.Stride)
        {
            for (int channel = 0; channel < Input.Channels; channel++)
            {
                target[channel] += seen[filter] * weight[channel];
            }
        }
    }

    private void AddTotals(double[] biases)
    {
        for (int @event = 0; @event < Batch.Count; @event++)
        {
            double* slopes = Output.BackgroundSlopes(@event);
            for (int kind = 0; kind < Output.Grid.Classes; kind++)
            {
                for (int filter = 0; filter < filters; filter++)
                {
                    biases[filter] += slopes[(kind * Output.Stride) + filter];
                }
            }
        }
    }

    private static void Add(double[] from, double[] to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }
}
