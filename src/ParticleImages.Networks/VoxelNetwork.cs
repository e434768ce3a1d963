using System.Diagnostics.CodeAnalysis;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Models;
using ParticleImages.Networks.Modules;
using ParticleImages.Networks.Onnx;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;
using TorchSharp;

namespace ParticleImages.Networks;

/// <summary>
/// A network with weights: built from a description, fitted by a <see cref="Trainer"/>, asked for the probability that an event is
/// an electron.
/// </summary>
/// <remarks>
/// Made by <see cref="Cnn3d.Build"/> or <see cref="TrainedModel.Load"/>. It holds memory outside the garbage collector: dispose of it. One
/// thread at a time; torch itself computes on several (<see cref="TorchLibrary.Threads"/>).
/// </remarks>
public sealed class VoxelNetwork : IDisposable
{
    // Events a read while predicting: decoded images are in memory this many at a time.
    private const int ReadSize = 256;

    private const string DistinctOverloads = "The overloads differ in a required parameter: no call fits both.";

    private readonly EvaluationEngine evaluation;
    private bool isDisposed;

    private VoxelNetwork(Cnn3d description, ComputeDevice device, LayerStack stack)
    {
        Description = description;
        Device = device;
        Stack = stack;
        evaluation = new EvaluationEngine(this);
    }

    /// <summary>What the network is.</summary>
    public Cnn3d Description { get; }

    /// <summary>Where it computes.</summary>
    public ComputeDevice Device { get; }

    /// <summary>How it computes sparse voxels and events; <see cref="Engine.Auto"/> unless set. A <see cref="VoxelGrid"/> is always computed by <see cref="Engine.Reference"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such engine.</exception>
    /// <exception cref="NotSupportedException">
    /// The engine can't compute this network; the message names the layer and the change that would let it. What only a training can't do is refused by Fit.
    /// </exception>
    public Engine Engine
    {
        get;
        set
        {
            if (!Enum.IsDefined(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The engines are {string.Join(", ", Enum.GetNames<Engine>())}.");
            }

            field = EngineSelection.Refusal(this, value, forTraining: false) is { } refusal ? throw new NotSupportedException(refusal) : value;
        }
    }

    /// <summary>What computed sparse voxels or events last, and why; null before the first time.</summary>
    public EngineChoice? LastEngine { get; private set; }

    internal LayerStack Stack { get; }

    /// <summary>Which engine will compute events, and why; nothing is computed yet.</summary>
    /// <param name="events">The events; some of them are looked at.</param>
    /// <param name="forTraining">Whether weights will be fitted to them.</param>
    /// <returns>The engine that is set, or the one that <see cref="Engine.Auto"/> finds.</returns>
    /// <exception cref="ArgumentException">The voxels' shape is not the network's input.</exception>
    /// <exception cref="NotSupportedException">The engine that is set can't do that; the message names the layer and the change that would let it.</exception>
    public EngineChoice ChooseEngine(SparseVoxels events, bool forTraining)
    {
        ArgumentNullException.ThrowIfNull(events);
        RequireInput(events.Shape, nameof(events));
        Enter();
        return EngineSelection.Choose(this, events, forTraining);
    }

    /// <summary>Predicts from voxels.</summary>
    /// <param name="grid">Voxels of the network's input shape.</param>
    /// <returns>For each event the probability of label 1 (electron), between 0 and 1; that of a photon is one minus it.</returns>
    /// <exception cref="ArgumentException">The voxels' shape is not the network's input.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    public float[] Predict(VoxelGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        RequireInput(grid.Shape, nameof(grid));
        Enter();
        var values = new float[Cnn3d.Classes * grid.Count];
        using var scorer = new Scorer(this);
        scorer.Score(grid, values, CancellationToken.None);
        return Probabilities(ClassValues.Logits(values));
    }

    /// <summary>Predicts from sparse voxels, which are expanded a batch at a time.</summary>
    /// <param name="voxels">Voxels of the network's input shape.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>
    /// For each event the probability of label 1 (electron), between 0 and 1: with <see cref="Engine.Reference"/> the same bits as for <see cref="SparseVoxels.ToDense"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The voxels' shape is not the network's input.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public float[] Predict(SparseVoxels voxels, CancellationToken cancellation = default) => Probabilities(Score(voxels, cancellation));

    /// <summary>Predicts from events, which are read, cut and binned a few hundred at a time.</summary>
    /// <param name="voxelizer">How an event becomes voxels; the one the network was trained with.</param>
    /// <param name="events">The events.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>For each event the probability of label 1 (electron), between 0 and 1.</returns>
    /// <exception cref="ArgumentException">The voxelizer is yet to be fitted, or its shape is not the network's input.</exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public float[] Predict(Voxelizer voxelizer, EventSource events, CancellationToken cancellation = default) =>
        Probabilities(Score(voxelizer, events, cancellation).Logits);

    /// <summary>Predicts sparse voxels and compares with their labels.</summary>
    /// <param name="voxels">Voxels of the network's input shape, of events that it was not trained on.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>ROC curve, area with its error, accuracy, confusion matrix, loss.</returns>
    /// <exception cref="ArgumentException">
    /// The voxels' shape is not the network's input, or the events are of one class only, so that no curve is defined.
    /// </exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public EvaluationResult Evaluate(SparseVoxels voxels, CancellationToken cancellation = default)
    {
        double[] logits = Score(voxels, cancellation);
        RequireFinite(logits);
        return EvaluationResult.FromLogits(logits, voxels.Labels);
    }

    /// <summary>Predicts events, a few hundred at a time, and compares with their labels.</summary>
    /// <param name="voxelizer">How an event becomes voxels; the one the network was trained with.</param>
    /// <param name="events">Events that the network was not trained on.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>ROC curve, area with its error, accuracy, confusion matrix, loss.</returns>
    /// <exception cref="ArgumentException">
    /// The voxelizer is yet to be fitted, its shape is not the network's input, or the events are of one class only, so that no curve is defined.
    /// </exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public EvaluationResult Evaluate(Voxelizer voxelizer, EventSource events, CancellationToken cancellation = default)
    {
        (double[] logits, int[] labels) = Score(voxelizer, events, cancellation);
        RequireFinite(logits);
        return EvaluationResult.FromLogits(logits, labels);
    }

    /// <summary>Saves the weights and running statistics alone, as float32 in a safetensors file that PyTorch's users can read.</summary>
    /// <param name="path">The file; an existing one is replaced at the end, whole or not at all. Its folder is created if missing.</param>
    /// <param name="names">What the weights are called there; null: <see cref="WeightNames.Own"/>.</param>
    /// <exception cref="ArgumentException">Two weights would have one name, or one none.</exception>
    /// <exception cref="IOException">The disk refused; an earlier file is as it was.</exception>
    public void SaveWeights(string path, WeightNames? names = null) => WeightFile.Save(path, Description, Weights(), names ?? WeightNames.Own);

    /// <summary>
    /// Takes over weights and running statistics from a safetensors file, all or none: where an exception is thrown the network is as it was.
    /// </summary>
    /// <param name="path">The file, with all weights of this network and no others; F32, or F64, F16 or BF16, which are converted.</param>
    /// <param name="names">What the weights are called there; null: <see cref="WeightNames.Own"/>. <see cref="WeightNames.Sequential"/> reads PyTorch's.</param>
    /// <exception cref="ArgumentException">Two weights would have one name, or one none.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, foreign, or of another network.</exception>
    public void LoadWeights(string path, WeightNames? names = null)
    {
        Enter();
        Stack.Restore(WeightFile.Read(path, Description, names ?? WeightNames.Own));
    }

    /// <summary>Writes the network as an ONNX file (operator set 17) for other programs, without how events become voxels.</summary>
    /// <param name="path">The file, usually <c>….onnx</c>; one that is there already is replaced at the end, whole or not at all.</param>
    /// <remarks>
    /// Input <c>voxels</c> (events, channels, frames, rows, columns) float32, outputs <c>logits</c> and <c>probabilities</c> (events, 2), photon then
    /// electron; the number of events is open. <see cref="TrainedModel.ExportOnnx"/> adds the voxelizer.
    /// </remarks>
    /// <exception cref="NotSupportedException">There are more than about 2 GiB of weights, an ONNX file's limit.</exception>
    /// <exception cref="IOException">The disk refused; an earlier file is as it was.</exception>
    public void ExportOnnx(string path) => OnnxExport.Write(path, this, voxelizer: null);

    /// <summary>Frees the network's memory.</summary>
    public void Dispose()
    {
        isDisposed = true;
        evaluation.Dispose();
        Stack.Dispose();
    }

    /// <summary>Before every use: the network is there, and this thread computes with the threads that were asked for.</summary>
    internal void Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        TorchLibrary.Enter();
    }

    internal static VoxelNetwork Create(Cnn3d description, int seed, ComputeDevice device) =>
        Create(description, device, stack => stack.Initialize(seed));

    /// <summary>A network with saved weights.</summary>
    /// <exception cref="FormatException">A weight is missing, unknown or of another shape.</exception>
    internal static VoxelNetwork Restore(
        Cnn3d description, IReadOnlyDictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> weights, ComputeDevice device)
    {
        WeightLayout.Check(description, weights);
        return Create(description, device, stack => stack.Restore(weights));
    }

    /// <summary>The arithmetic that events go through; dispose of it.</summary>
    /// <param name="events">What it will compute.</param>
    /// <param name="mostEvents">The most events of one batch.</param>
    /// <param name="forTraining">Whether weights will be fitted.</param>
    /// <param name="memoryShare">Of what the process may use, for what is worth keeping of events that come again.</param>
    /// <exception cref="NotSupportedException">The engine that was asked for can't compute the network.</exception>
    internal INetworkEngine Compute(SparseVoxels events, int mostEvents, bool forTraining, double memoryShare)
    {
        (INetworkEngine engine, LastEngine) = EngineSelection.Create(this, events, mostEvents, forTraining, memoryShare);
        return engine;
    }

    /// <summary>Copies of all weights and running statistics, by name.</summary>
    internal IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<byte> Values)> Weights()
    {
        Enter();
        return Stack.Weights();
    }

    /// <summary>Checks that a voxelizer is fitted and makes this network's input of images.</summary>
    internal void RequireInput(Voxelizer voxelizer, ImageShape images, string parameter)
    {
        if (!voxelizer.IsFitted)
        {
            throw new ArgumentException(
                $"The voxelizer ({voxelizer}) has yet to see data. Use voxelizer.Fit(split.Train), once, and what it returns for training and judging alike.",
                parameter);
        }

        RequireInput(voxelizer.OutputShape(images), parameter);
    }

    /// <summary>Checks that voxels are this network's input.</summary>
    internal void RequireInput(VoxelShape shape, string parameter)
    {
        if (shape != Description.Input)
        {
            throw new ArgumentException(
                $"The voxels are {shape}; the network's input is {Description.Input} (frames × rows × columns). Describe the network with "
                + $"Cnn3d.For(voxelizer.OutputShape(events.ImageShape)), or {(shape.Channels == Description.Input.Channels ? "bin and crop" : "choose channels")} "
                + "as it was described.",
                parameter);
        }
    }

    private static VoxelNetwork Create(Cnn3d description, ComputeDevice device, Action<LayerStack> fill)
    {
        ShapeInference.RequireClassifier(description);
        NetworkSummary summary = description.Summary();
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (summary.Parameters > available / sizeof(float))
        {
            LayerSummary largest = summary.Layers.MaxBy(layer => layer.Parameters)!;
            throw new InsufficientMemoryException(
                $"The network has {summary.Parameters} weights, {summary.Parameters * sizeof(float) >> 20} MiB; there are {available >> 20} MiB. "
                + $"Most are in {largest.Name} ({largest.Parameters}): use fewer units or filters, or pool before.");
        }

        TorchLibrary.Enter();

        // torch's handles of what is made on the way go at once, not when the garbage collector comes round; what the modules keep stays.
        using DisposeScope scope = torch.NewDisposeScope();
        var stack = new LayerStack(description, device.Require());
        try
        {
            fill(stack);
            return new VoxelNetwork(description, device, stack);
        }
        catch
        {
            stack.Dispose();
            throw;
        }
    }

    private static float[] Probabilities(double[] logits)
    {
        RequireFinite(logits);
        return [.. logits.Select(logit => (float)Logit.Probability(logit))];
    }

    /// <summary>Checks that events have a probability.</summary>
    /// <exception cref="NotFiniteNumberException">One has none.</exception>
    internal static void RequireFinite(double[] logits)
    {
        int odd = Array.FindIndex(logits, logit => !double.IsFinite(logit));
        if (odd >= 0)
        {
            throw new NotFiniteNumberException(
                $"Event {odd} has no probability: the network's values for it are not finite. Either its energies are too large, or the weights are "
                + "not finite, because a training diverged. Train anew with a lower learning rate.",
                logits[odd]);
        }
    }

    /// <summary>The logit of each event, finite or not.</summary>
    internal double[] Score(SparseVoxels voxels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(voxels);
        RequireInput(voxels.Shape, nameof(voxels));
        Enter();
        var values = new float[Cnn3d.Classes * voxels.Count];
        LastEngine = evaluation.Evaluate(voxels, values, cancellation);
        return ClassValues.Logits(values);
    }

    private (double[] Logits, int[] Labels) Score(Voxelizer voxelizer, EventSource events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(voxelizer);
        ArgumentNullException.ThrowIfNull(events);
        RequireInput(voxelizer, events.ImageShape, nameof(voxelizer));
        Enter();
        var values = new float[Cnn3d.Classes * events.Count];
        var labels = new int[events.Count];
        INetworkEngine? engine = null;
        try
        {
            int done = 0;
            foreach (EventBatch batch in events.Batches(ReadSize))
            {
                SparseVoxels voxels = voxelizer.BinSparse(batch);
                engine ??= Compute(voxels, mostEvents: 1, forTraining: false, memoryShare: 0);
                engine.Evaluate(voxels, values.AsSpan(Cnn3d.Classes * done, Cnn3d.Classes * batch.Count), cancellation);
                batch.Labels.CopyTo(labels.AsSpan(done));
                done += batch.Count;
            }
        }
        finally
        {
            engine?.Dispose();
        }

        return (ClassValues.Logits(values), labels);
    }
}
