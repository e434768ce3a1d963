using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Training;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>
/// One step of an engine beside the same step in float64. Every deviation is the largest of a tensor, over the largest value of that tensor; of a gradient that is 0 in exact
/// arithmetic, as that of a bias before a batch norm, over the largest of all gradients.
/// </summary>
internal sealed class EngineAgreement
{
    private const double GradientLimit = 2e-5;
    private const double LossLimit = 1e-6;
    private const double ValueLimit = 1e-5;

    // An event's. The relative error of a smaller one is the absolute error of its logit, which is judged on its own.
    private const double LeastLoss = 0.1;

    // What is beyond the limits is one draw of rounding errors beside another, which torch draws anew on every processor: either may be the luckier one.
    private const double Luck = 2;

    // Of the largest gradient: what float64 leaves of 0.
    private const double Nothing = 1e-10;

    private readonly Dictionary<string, double> deviations = [];

    private EngineAgreement()
    {
    }

    /// <summary>
    /// What is beyond the limits, and more than twice as far from float64 as the dense network in float32 is: sums that cancel, and batch norms over a few events, leave less than the limits ask for
    /// to any float32 arithmetic.
    /// </summary>
    public IEnumerable<string> Offences(EngineAgreement dense) => deviations
        .Where(entry => !(entry.Value <= Limit(entry.Key)) && !(entry.Value <= Luck * dense.deviations[entry.Key]))
        .Select(entry => $"{entry.Key} {entry.Value:E1} (dense {dense.deviations[entry.Key]:E1})");

    /// <summary>As <see cref="Offences"/>, beside a network of the same weights in the same order but other numbers of layers.</summary>
    /// <param name="dense">The dense network's deviations.</param>
    public IEnumerable<string> OffencesByPlace(EngineAgreement dense) => deviations.Zip(dense.deviations)
        .Where(pair => !(pair.First.Value <= Limit(pair.First.Key)) && !(pair.First.Value <= Luck * pair.Second.Value))
        .Select(pair => $"{pair.First.Key} {pair.First.Value:E1} (dense {pair.Second.Value:E1})");

    /// <summary>Tensors whose gradient is beyond the limit.</summary>
    public int Exceptions => deviations.Count(entry => !(entry.Value <= Limit(entry.Key)));

    public int Tensors => deviations.Count;

    /// <summary>Compares a step over all events.</summary>
    /// <param name="network">The network.</param>
    /// <param name="events">The events.</param>
    /// <param name="engine">What is judged.</param>
    /// <param name="seed">What weights and dropout draw from.</param>
    /// <param name="masks">The factors of every dropout that the engine uses; if not given, torch's of whole maps.</param>
    public static EngineAgreement Of(VoxelNetwork network, SparseVoxels events, INetworkEngine engine, int seed, float[][]? masks = null)
    {
        var agreement = new EngineAgreement();
        using DisposeScope scope = NewDisposeScope();
        var random = new Random(seed);
        (float[] trained, float[] statistics) = Weights(network.Description, random);
        int[] rows = [.. Enumerable.Range(0, events.Count)];
        engine.WriteTrained(trained);
        engine.WriteStatistics(statistics);
        network.Stack.SeedDropout((ulong)seed);
        float[][] factors = masks ?? network.Stack.ChannelDropoutFactors(rows.Length);
        Tensor voxels = VoxelTensor.Of(events, 0, events.Count).to(float64);
        var judge = new DoubleNetwork(network.Description, trained, statistics, factors);
        Tensor exact = judge.Run(voxels, training: true);
        double[] expected = exact.detach().data<double>().ToArray();

        // From here to Backward an engine has a scope of its own open.
        var values = new float[2 * rows.Length];
        engine.Forward(events, rows, (ulong)seed, values);
        agreement.Note("values", expected, values);

        // The loss and its slopes, of the exact values for both.
        var slopes = new float[values.Length];
        double loss = 0;
        double own = 0;
        double conditioned = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            (double one, double slope) = LossSlope.Of(TrainingLoss.CrossEntropy, expected[(2 * i) + 1] - expected[2 * i], events.Labels[i]);
            loss += one;
            own += LossSlope.Of(TrainingLoss.CrossEntropy, (double)values[(2 * i) + 1] - values[2 * i], events.Labels[i]).Loss;
            conditioned += Math.Abs(slope) * (Math.Abs(expected[2 * i]) + Math.Abs(expected[(2 * i) + 1]));
            (slopes[2 * i], slopes[(2 * i) + 1]) = ((float)(-slope / rows.Length), (float)(slope / rows.Length));
        }

        // A few events' loss is no better than their logits: that these are off by a fifth of what they may be is let pass.
        double scale = Math.Max(Math.Max(loss, LeastLoss * rows.Length), ValueLimit / LossLimit / 5 * conditioned);
        agreement.deviations["loss"] = Math.Abs(own - loss) / scale;
        var gradient = new float[trained.Length];
        engine.Backward(slopes, gradient);
        exact.backward([tensor(slopes, exact.shape, float32).to(float64)]);
        agreement.NoteAll("gradient", [.. judge.Gradients], gradient);
        var after = new float[statistics.Length];
        engine.ReadStatistics(after);
        agreement.NoteAll("statistics", [.. judge.Statistics], after);

        engine.WriteStatistics(statistics);
        engine.Evaluate(events, values, CancellationToken.None);
        var evaluated = new DoubleNetwork(network.Description, trained, statistics, []);
        agreement.Note("evaluation", evaluated.Run(voxels, training: false).detach().data<double>().ToArray(), values);
        return agreement;
    }

    /// <summary>Weights that are all different; γ of either sign, and now and then exactly 0.</summary>
    public static (float[] Trained, float[] Statistics) Weights(Cnn3d description, Random random)
    {
        var trained = new List<float>();
        var statistics = new List<float>();
        foreach ((string name, long[] shape) in WeightLayout.Of(description))
        {
            int count = (int)shape.Aggregate(1L, (size, bins) => size * bins);
            double width = shape.Length > 1 ? Math.Sqrt(6.0 / (count / shape[0])) : 1;
            for (int i = 0; i < count; i++)
            {
                float value = (float)(((2 * random.NextDouble()) - 1) * width);
                if (name.EndsWith("running_var", StringComparison.Ordinal))
                {
                    statistics.Add(0.5f + Math.Abs(value));
                }
                else if (name.EndsWith("running_mean", StringComparison.Ordinal))
                {
                    statistics.Add(value);
                }
                else
                {
                    trained.Add(name.EndsWith("batchnorm.weight", StringComparison.Ordinal) && random.Next(12) == 0 ? 0 : value);
                }
            }
        }

        float[] padded = FlatWeights.Zeros(trained.Count);
        trained.CopyTo(padded);
        float[] paddedStatistics = FlatWeights.Zeros(statistics.Count);
        statistics.CopyTo(paddedStatistics);
        return (padded, paddedStatistics);
    }

    public override string ToString() => string.Join(", ", deviations.OrderByDescending(entry => entry.Value).Take(6).Select(entry => $"{entry.Key} {entry.Value:E1}"));

    private void NoteAll(string what, IReadOnlyList<(string Name, double[] Values)> exact, float[] values)
    {
        double all = exact.SelectMany(tensor => tensor.Values).Select(Math.Abs).DefaultIfEmpty().Max();
        int start = 0;
        foreach ((string name, double[] expected) in exact)
        {
            double largest = expected.Max(Math.Abs);
            Note($"{what} {name}", expected, values.AsSpan(start, expected.Length), largest < Nothing * all ? all : largest);
            start += expected.Length;
        }
    }

    private static double Limit(string what) =>
        what == "loss" ? LossLimit : what.StartsWith("gradient", StringComparison.Ordinal) ? GradientLimit : ValueLimit;

    private void Note(string what, double[] expected, ReadOnlySpan<float> values, double? scale = null)
    {
        double difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double distance = Math.Abs(expected[i] - values[i]);
            difference = double.IsFinite(distance) ? Math.Max(difference, distance) : double.PositiveInfinity;
        }

        deviations[what] = difference == 0 ? 0 : difference / (scale ?? expected.Max(Math.Abs));
    }
}
