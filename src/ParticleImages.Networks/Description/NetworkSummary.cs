using System.Globalization;
using System.Text;

namespace ParticleImages.Networks;

/// <summary>
/// Layers, shapes, parameters, work and memory of a network, known before anything is allocated; its text is Keras' <c>model.summary()</c> with two lines more.
/// </summary>
public sealed class NetworkSummary
{
    internal NetworkSummary(FeatureShape input, IReadOnlyList<LayerSummary> layers)
    {
        Input = input;
        Layers = layers;
    }

    /// <summary>The shape of one event before the first layer.</summary>
    public FeatureShape Input { get; }

    /// <summary>The layers in order; a block is one of them, with its own in <see cref="LayerSummary.Inner"/>.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>All parameters, as Keras counts.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>The parameters that training fits.</summary>
    public long Trainable => Layers.Sum(layer => layer.Trainable);

    /// <summary>Products of an input with a weight, added up, for one event forward; a training step takes about three times as many.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Bytes of all parameters as float32.</summary>
    public long WeightBytes => Parameters * sizeof(float);

    /// <summary>Bytes of the outputs of all layers, those inside blocks with them, for one event as float32.</summary>
    public long ActivationBytes => (long)Layers.Sum(layer => layer.Values) * sizeof(float);

    /// <summary>
    /// Bytes that a training step with Adam holds: 4 · (parameters + 3 · trainable) for weights, gradients and two moments, and 2 · batch ·
    /// <see cref="ActivationBytes"/> for every layer's output and its gradient. An estimate from the description: torch frees some outputs
    /// early, and the convolutions take working memory of their own.
    /// </summary>
    /// <param name="batchSize">Events a step, at least 1.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="OverflowException">There are more bytes than 64 bits can count.</exception>
    public long TrainingBytes(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return checked(((Parameters + (3 * Trainable)) * sizeof(float)) + (2L * batchSize * ActivationBytes));
    }

    /// <summary>The table that Keras prints, with the layers of a block indented below it.</summary>
    /// <returns>One line a layer, three with the totals of parameters, one of multiply-adds and one of memory.</returns>
    public override string ToString()
    {
        (string Name, LayerSummary Layer)[] rows = [.. Layers.SelectMany(layer => Rows(layer, indent: ""))];
        int first = Math.Max("Layer (type)".Length, rows.Max(row => (int?)row.Name.Length) ?? 0) + 2;
        int second = Math.Max("Output Shape".Length, rows.Max(row => (int?)row.Layer.Output.ToString().Length) ?? 0) + 2;
        string line = new('_', first + second + 10);
        var text = new StringBuilder();
        Row("Layer (type)", "Output Shape", "Param #");
        text.Append('=', line.Length).Append('\n');
        foreach ((string name, LayerSummary layer) in rows)
        {
            Row(name, layer.Output.ToString(), layer.Parameters.ToString(CultureInfo.InvariantCulture));
        }

        text.Append('=', line.Length).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Total params: {Parameters:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"Trainable params: {Trainable:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"Non-trainable params: {Parameters - Trainable:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"Multiply-adds an event: {MultiplyAdds:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"Memory: weights {Size(WeightBytes)}, all layers' outputs {Size(ActivationBytes)} an event\n");
        return text.Append(line).Append('\n').ToString();

        void Row(string name, string shape, string parameters) =>
            text.Append(name.PadRight(first)).Append(shape.PadRight(second)).Append(parameters).Append('\n');
    }

    private static IEnumerable<(string Name, LayerSummary Layer)> Rows(LayerSummary layer, string indent) =>
        layer.Inner.SelectMany(inner => Rows(inner, indent + "  ")).Prepend(($"{indent}{layer.Name} ({layer.Type})", layer));

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => FormattableString.Invariant($"{bytes} B"),
        < 1 << 20 => FormattableString.Invariant($"{bytes / 1024.0:F1} KiB"),
        < 1L << 30 => FormattableString.Invariant($"{bytes / (1024.0 * 1024):F1} MiB"),
        _ => FormattableString.Invariant($"{bytes / (1024.0 * 1024 * 1024):F1} GiB"),
    };
}
