using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// The part of a network that computes maps, as stages, there and back, up to a row of values for each event. Passes over the events go through as many stages as
/// they can; a batch norm that needs the whole batch ends one.
/// </summary>
internal sealed unsafe class SparseTrunk : IDisposable
{
    private readonly List<SiteMap> maps = [];
    private readonly Dictionary<int, IBarrierStage> barriersBehind = [];
    private float[] trained = [];
    private float[] statistics = [];
    private float[][] dropoutFactors = [];
    private SparseExit? exit;

    public SparseTrunk(SiteGrid input, int channels)
    {
        InputMap = Own(new SiteMap(input, level: 0, channels, isPerEvent: false, affine: null));
        Batch = new SparseBatch([input]);
    }

    /// <summary>The events as they are.</summary>
    public SiteMap InputMap { get; }

    public SparseBatch Batch { get; private set; }

    public List<SparseStage> Stages { get; } = [];

    public SparseExit Exit => exit ?? throw new InvalidOperationException("The trunk has no end yet.");

    /// <summary>The first stage with something to fit; the ones before it have no way back.</summary>
    public int FirstFitted { get; set; }

    public int Threads { get; set; } = 1;

    /// <summary>Who wants to know where the time goes; usually nobody.</summary>
    public PhaseClock? Clock { get; set; }

    /// <summary>Whether batch norms use the batch's own statistics.</summary>
    public bool UsesBatchStatistics { get; private set; }

    public IEnumerable<IBarrierStage> Barriers => Stages.OfType<IBarrierStage>();

    /// <summary>Memory of all maps, in bytes.</summary>
    public long Bytes => maps.Sum(map => map.Bytes);

    public SiteMap Own(SiteMap map)
    {
        maps.Add(map);
        return map;
    }

    /// <summary>Ends the trunk.</summary>
    public void End(SparseExit end, IEnumerable<SiteGrid> grids)
    {
        exit = end;
        Batch = new SparseBatch(grids);
        for (int i = 0; i < Stages.Count; i++)
        {
            if (Stages[i] is IBarrierStage barrier)
            {
                int last = i;
                while (last + 1 < Stages.Count && Stages[last + 1].IsPool)
                {
                    last++;
                }

                barrier.ChainEnd = Stages[last].Output;
                barrier.ChainEnd.KeepsSlopes = true;
                barriersBehind.Add(last, barrier);
            }
        }
    }

    public ReadOnlySpan<float> Weights(WeightSpan span) => trained.AsSpan(span.Start, span.Length);

    public Span<float> Statistics(WeightSpan span) => statistics.AsSpan(span.Start, span.Length);

    /// <summary>The factors of a channel dropout, (events, channels).</summary>
    public ReadOnlySpan<float> DropoutFactors(int number) => dropoutFactors[number];

    /// <summary>Computes a batch.</summary>
    /// <param name="events">Where the events are.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="tables">Their tables.</param>
    /// <param name="weights">All that is fitted and all running statistics; the latter are changed where the batch's own are used and not surveyed.</param>
    /// <param name="usesBatchStatistics">Whether batch norms use the batch's own statistics.</param>
    /// <param name="factors">Of each channel dropout.</param>
    /// <param name="values">Receives a row for each event.</param>
    public void Forward(
        SparseVoxels events, ReadOnlySpan<int> rows, SiteTable[] tables, (float[] Trained, float[] Statistics) weights, bool usesBatchStatistics, float[][] factors, float* values)
    {
        (trained, statistics) = weights;
        (UsesBatchStatistics, dropoutFactors) = (usesBatchStatistics, factors);
        Batch.Take(tables, rows.Length, isOnePass: !usesBatchStatistics, Threads);
        Fill(events, rows);
        Clock?.End("the events' rows", default);
        for (int begin = 0; begin <= Stages.Count;)
        {
            int end = begin;
            while (end < Stages.Count && !(UsesBatchStatistics && Stages[end] is IBarrierStage))
            {
                end++;
            }

            Section(begin, end, values);
            begin = end + 1;
        }
    }

    /// <summary>The gradient of the batch that was computed last.</summary>
    /// <param name="slopes">The loss' slopes by its rows.</param>
    /// <param name="gradient">Receives the gradient by everything fitted in the trunk.</param>
    public void Backward(float* slopes, float* gradient)
    {
        maps.ForEach(map => map.BeginBack(Batch, Threads));
        Stages.ForEach(stage => stage.PrepareBack());
        Clock?.End("back: room", default);
        Exit.PrepareBack(slopes, gradient);
        Clock?.End("back: the maps' end", SparseWork.Of(Batch, Exit).Times(2));
        bool fromExit = true;
        int next = Stages.Count - 1;
        while (fromExit || next >= FirstFitted)
        {
            int stop = fromExit ? next : next - 1;
            while (stop >= FirstFitted && !barriersBehind.ContainsKey(stop))
            {
                stop--;
            }

            IBarrierStage? barrier = stop >= FirstFitted ? barriersBehind[stop] : null;
            SectionBack(next, Math.Max(stop, FirstFitted - 1), fromExit, barrier, slopes, gradient);
            (next, fromExit) = (stop, false);
        }
    }

    public void Dispose()
    {
        maps.ForEach(map => map.Dispose());
        Stages.ForEach(stage => stage.Dispose());
        exit?.Dispose();
    }

    /// <summary>The rows of the input: what the events' entries hold.</summary>
    private void Fill(SparseVoxels events, ReadOnlySpan<int> rows)
    {
        InputMap.Begin(Batch, ofAll: true);
        events.Background.CopyTo(new Span<float>(InputMap.Background(0), InputMap.Channels));
        for (int i = 0; i < rows.Length; i++)
        {
            SparseEvent entries = events[rows[i]];
            float* to = InputMap.Values(Batch, new EventTurn(i, Chunk: 0, Worker: 0));
            for (int entry = 0; entry < entries.Count; entry++, to += InputMap.Stride)
            {
                for (int channel = 0; channel < InputMap.Channels; channel++)
                {
                    to[channel] = entries.Values[(channel * entries.Count) + entry];
                }
            }
        }
    }

    private void Section(int begin, int end, float* values)
    {
        for (int i = begin; i < end; i++)
        {
            Stages[i].Prepare();
        }

        IBarrierStage? barrier = end < Stages.Count ? (IBarrierStage)Stages[end] : null;
        if (barrier is null)
        {
            Exit.Prepare();
        }
        else
        {
            Stages[end].Prepare();
        }

        Clock?.End("weights in the kernels' order", default);
        nint into = (nint)values;
        EachEvent((table, turn) =>
        {
            for (int i = begin; i < end; i++)
            {
                Stages[i].Forward((int*)table, turn);
            }

            if (barrier is null)
            {
                Exit.Forward((int*)table, turn, (float*)into + ((long)turn.Event * Exit.Columns));
            }
            else
            {
                barrier.Measure((int*)table, turn);
            }
        });
        barrier?.Solve();
        Clock?.End(NameOf(begin, end, barrier is null), WorkOf(begin, end) + (barrier is null ? SparseWork.Of(Batch, Exit) : default));
    }

    private void SectionBack(int from, int stop, bool fromExit, IBarrierStage? barrier, float* slopes, float* gradient)
    {
        nint given = (nint)slopes;
        if (!fromExit || from > stop || barrier is not null)
        {
            EachEvent((table, turn) =>
            {
                float* current = fromExit
                    ? Exit.Backward((int*)table, turn, (float*)given + ((long)turn.Event * Exit.Columns))
                    : Stages[from].Output.Slopes(Batch, turn);
                for (int i = from; i > stop; i--)
                {
                    current = Stages[i].Backward((int*)table, turn, current);
                }

                barrier?.MeasureBack((int*)table, turn);
            });
        }

        // The slopes by the weights, and, but at the input, by the rows.
        Clock?.End("back: " + NameOf(stop + 1, from + 1, withExit: false), WorkOf(stop + 1, from + 1).Times(2));
        if (fromExit)
        {
            Exit.Input.AddSums();
        }

        for (int i = from; i > stop; i--)
        {
            Stages[i].FinishBack(gradient);
        }

        barrier?.SolveBack(gradient);
        Clock?.End("back: the chunks' sums and the background", default);
    }

    private string NameOf(int begin, int end, bool withExit)
    {
        IEnumerable<string> names = Stages.Skip(begin).Take(end - begin).Select((stage, i) => $"{begin + i + 1} {stage.GetType().Name.Split("Stage")[0]}").Concat(withExit ? ["the maps' end"] : Array.Empty<string>());
        return begin == end && !withExit ? "a norm's sums" : string.Join(", ", names);
    }

    private PhaseWork WorkOf(int begin, int end) => SparseWork.Of(Batch, Stages.Skip(begin).Take(end - begin));

    private void EachEvent(Action<nint, EventTurn> work) => Chunks.Run(Threads, (chunk, worker) =>
    {
        for (int i = Chunks.Start(chunk, Batch.Count); i < Chunks.Start(chunk + 1, Batch.Count); i++)
        {
            fixed (int* table = Batch.Tables[i].Numbers)
            {
                work((nint)table, new EventTurn(i, chunk, worker));
            }
        }
    });
}
