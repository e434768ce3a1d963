using System.Globalization;
using System.Text;

namespace ParticleImages.Networks;

/// <summary>Layers, shapes and parameters of a network; its text is Keras' <c>model.summary()</c>.</summary>
public sealed class NetworkSummary
{
    internal NetworkSummary(FeatureShape input, IReadOnlyList<LayerSummary> layers)
    {
        Input = input;
        Layers = layers;
    }

    /// <summary>The shape of one event before the first layer.</summary>
    public FeatureShape Input { get; }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>All parameters, as Keras counts.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>The parameters that training fits.</summary>
    public long Trainable => Layers.Sum(layer => layer.Trainable);

    /// <summary>The table that Keras prints.</summary>
    /// <returns>One line a layer and three with the totals.</returns>
    public override string ToString()
    {
        string[] names = [.. Layers.Select(layer => $"{layer.Name} ({layer.Type})")];
        int first = Math.Max("Layer (type)".Length, names.Max(name => (int?)name.Length) ?? 0) + 2;
        int second = Math.Max("Output Shape".Length, Layers.Max(layer => (int?)layer.Output.ToString().Length) ?? 0) + 2;
        string line = new('_', first + second + 10);
        var text = new StringBuilder();
        Row("Layer (type)", "Output Shape", "Param #");
        text.Append('=', line.Length).Append('\n');
        foreach ((string name, LayerSummary layer) in names.Zip(Layers))
        {
            Row(name, layer.Output.ToString(), layer.Parameters.ToString(CultureInfo.InvariantCulture));
        }

        text.Append('=', line.Length).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Total params: {Parameters:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"Trainable params: {Trainable:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"Non-trainable params: {Parameters - Trainable:N0}\n");
        return text.Append(line).Append('\n').ToString();

        void Row(string name, string shape, string parameters) =>
            text.Append(name.PadRight(first)).Append(shape.PadRight(second)).Append(parameters).Append('\n');
    }
}
