using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <content>The way back, place by place.</content>
internal sealed unsafe partial class FlattenDenseExit<TLanes, TVector>
{
    /// <summary>Sorts the events' places by place: each place's weights are then read once.</summary>
    private void SortPairs()
    {
        pairStarts = new int[Batch.Count + 1];
        Array.Clear(placeStarts);
        for (int i = 0; i < Batch.Count; i++)
        {
            fixed (int* table = Batch.Tables[i].Numbers)
            {
                var places = new SitePlaces(table, Input.Level);
                pairStarts[i + 1] = pairStarts[i] + places.Count;
                foreach ((int place, _) in places)
                {
                    placeStarts[place + 1]++;
                }
            }
        }

        for (int place = 0; place < classes.Length; place++)
        {
            placeStarts[place + 1] += placeStarts[place];
        }

        pairs = new (int, int, int)[pairStarts[^1]];
        int[] next = placeStarts[..^1];
        for (int i = 0; i < Batch.Count; i++)
        {
            fixed (int* table = Batch.Tables[i].Numbers)
            {
                int pair = pairStarts[i];
                foreach ((int place, int row) in new SitePlaces(table, Input.Level))
                {
                    pairs[next[place]++] = (pair++, i, row);
                }
            }
        }
    }

    /// <summary>Some places: the gradient of their weights, and the slopes by what stands there.</summary>
    private void Block(int first, float* memory, double* target, int most, float* gradient)
    {
        int height = SiteRows.Padded(Input.Channels);
        float* values = memory + ((long)PlaceBlock * height * stride);
        float* rows = values + ((long)most * Input.Stride);
        float* turned = rows + ((long)most * stride);
        var scratch = new PlaceScratch((nint)values, (nint)rows, (nint)turned, (nint)(turned + ((long)stride * Input.Stride)));
        int places = classes.Length;
        int end = Math.Min(places, first + PlaceBlock);

        // The padding of channels is never written.
        new Span<float>(turned, stride * Input.Stride).Clear();
        for (int place = first; place < end; place++)
        {
            Place(place, scratch, memory + ((long)(place - first) * height * stride), target + ((long)classes[place] * Input.Stride));
        }

        for (int channel = 0; channel < Input.Channels; channel++)
        {
            Transposition.Run(
                memory + ((long)channel * stride), height * stride, gradient + ((long)channel * places) + first, Input.Channels * places, end - first, Columns);
        }
    }

    /// <summary>
    /// One place: what stands there in each event times that event's slopes, and the slopes times the weights. The background comes first, with the sum of all slopes.
    /// </summary>
    private void Place(int place, PlaceScratch memory, float* result, double* target)
    {
        float* weight = packed.At((long)place * Input.Channels * stride, (long)Input.Channels * stride);
        int count = placeStarts[place + 1] - placeStarts[place];
        CopyRow(background.At((long)classes[place] * Input.Stride, Input.Stride), memory.Values, Input.Stride);
        CopyRow(slopeSum.Start, memory.Rows, stride);
        for (int i = 0; i < count; i++)
        {
            (_, int @event, int row) = pairs[placeStarts[place] + i];
            CopyRow(deviations.Of(Batch, new EventTurn(@event, Chunk: 0, Worker: 0)) + ((long)row * Input.Stride), memory.Values + ((long)(i + 1) * Input.Stride), Input.Stride);
            CopyRow(slopeRows.At((long)@event * stride, stride), memory.Rows + ((long)(i + 1) * stride), stride);
        }

        Products<TLanes, TVector>.Multiply(
            memory.Values, 1, Input.Stride, memory.Rows, stride, result, stride, SiteRows.Padded(Input.Channels), stride, count + 1, add: false);
        for (int channel = 0; channel < Input.Channels; channel += Transposition.Tile)
        {
            int some = Math.Min(Transposition.Tile, Input.Channels - channel);
            Transposition.Run(weight + ((long)channel * stride), stride, memory.Weights + channel, Input.Stride, some, Columns);
        }

        Products<TLanes, TVector>.Multiply(
            memory.Rows, stride, 1, memory.Weights, Input.Stride, memory.Slopes, Input.Stride, SiteRows.Padded(count + 1), Input.Stride, Columns, add: false);
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            target[channel] += memory.Slopes[channel];
        }

        for (int i = 0; i < count; i++)
        {
            float* own = memory.Slopes + ((long)(i + 1) * Input.Stride);
            CopyRow(own, pairSlopes.At((long)pairs[placeStarts[place] + i].Pair * Input.Stride, Input.Stride), Input.Stride);
            for (int channel = 0; channel < Input.Channels; channel++)
            {
                target[channel] -= own[channel];
            }
        }
    }

    private static void CopyRow(float* from, float* to, int length)
    {
        for (int i = 0; i < length; i += TLanes.Width)
        {
            TLanes.Store(TLanes.Load(from + i), to + i);
        }
    }

    /// <summary>A thread's memory for one place: what stands there, the slopes, the weights turned over, and the slopes by what stands there.</summary>
    private readonly record struct PlaceScratch(nint ValuesAt, nint RowsAt, nint WeightsAt, nint SlopesAt)
    {
        public float* Values => (float*)ValuesAt;

        public float* Rows => (float*)RowsAt;

        public float* Weights => (float*)WeightsAt;

        public float* Slopes => (float*)SlopesAt;
    }
}
