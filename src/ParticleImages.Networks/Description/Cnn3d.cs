using System.Collections.Immutable;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// The description of a three-dimensional convolutional network on voxel images: an input shape and layers in order.
/// Immutable plain data: every verb appends a layer to a copy (order matters), and two descriptions of the same
/// layers are equal. Nothing is allocated before <see cref="Build"/>.
/// </summary>
/// <remarks>
/// The last layer gives one value (logit) a class, photon then electron; the softmax belongs to prediction and to the loss. Layers are
/// numbered from 1 in messages. Safe to use from several threads.
/// <example><code>
/// Cnn3d.For(new VoxelShape(21, 32, 32)).Conv(32, kernel: 3).Relu().BatchNorm().MaxPool(2).Flatten().Dense(2)
/// </code></example>
/// </remarks>
public sealed record Cnn3d
{
    /// <summary>Classes that a network tells apart: photon and electron.</summary>
    internal const int Classes = 2;

    private Cnn3d(VoxelShape input, ImmutableArray<NetworkLayer> layers)
    {
        Input = input;
        Layers = layers;
    }

    /// <summary>The shape of one event's voxels; the first layer sees its channels as feature maps.</summary>
    public VoxelShape Input { get; }

    /// <summary>The layers in order.</summary>
    public ImmutableArray<NetworkLayer> Layers { get; private init; }

    /// <summary>Begins a network without layers.</summary>
    /// <param name="input">The shape of one event's voxels, for example a voxelizer's OutputShape.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">The shape was never set.</exception>
    public static Cnn3d For(VoxelShape input) =>
        input == default
            ? throw new ArgumentException("The shape was never set. Use voxelizer.OutputShape(events.ImageShape) or new VoxelShape(frames, height, width).", nameof(input))
            : new(input, []);

    /// <summary>
    /// The published notebook's network: two blocks of convolution (64 and 32 filters of 3 × 3 × 3), ReLU, dropout 0.2, batch norm with Keras'
    /// numbers and pooling, then Dense 64, 32, 2. On 21 × 32 × 32 voxels it has 715 074 parameters.
    /// </summary>
    /// <param name="input">The shape of one event's voxels, at least 4 along each axis.</param>
    /// <returns>The description.</returns>
    public static Cnn3d Notebook(VoxelShape input) => For(input)
        .Conv(64, kernel: 3).Relu().Dropout(0.2).BatchNorm(momentum: 0.99, epsilon: 1e-3).MaxPool(2)
        .Conv(32, kernel: 3).Relu().Dropout(0.2).BatchNorm(momentum: 0.99, epsilon: 1e-3).MaxPool(2)
        .Flatten().Dense(64).Relu().Dense(32).Relu().Dense(Classes);

    /// <summary>
    /// A smaller network: convolutions of 32 and 16 filters, one batch norm, no dropout, then Dense 25, 2. On 21 × 32 × 32 voxels it has
    /// 142 941 parameters.
    /// </summary>
    /// <param name="input">The shape of one event's voxels, at least 4 along each axis.</param>
    /// <returns>The description.</returns>
    public static Cnn3d Small(VoxelShape input) => For(input)
        .Conv(32, kernel: 3).Relu().BatchNorm().MaxPool(2)
        .Conv(16, kernel: 3).Relu().MaxPool(2)
        .Flatten().Dense(25).Relu().Dense(Classes);

    /// <summary>Appends a convolution of stride 1, zero padded to the same size.</summary>
    /// <param name="filters">Feature maps that come out, at least 1.</param>
    /// <param name="kernel">Its size: a number for a cube, or an <see cref="Extent3d"/>; no axis may exceed the input's.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Cnn3d Conv(int filters, Extent3d kernel) => With(new ConvLayer(filters, kernel));

    /// <summary>Appends max(0, x).</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Relu() => Activate(Activation.Relu);

    /// <summary>Appends x above 0, eˣ − 1 below.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Elu() => Activate(Activation.Elu);

    /// <summary>Appends an activation function by name, for example from a scan.</summary>
    /// <param name="function">The function.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public Cnn3d Activate(Activation function) => With(new ActivationLayer(function));

    /// <summary>Appends dropout: while training, values become 0 with this probability.</summary>
    /// <param name="rate">At least 0 and below 1.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1) or NaN.</exception>
    public Cnn3d Dropout(double rate) => With(new DropoutLayer(rate));

    /// <summary>Appends batch normalization; see <see cref="BatchNormLayer"/> for the conventions of Keras and PyTorch.</summary>
    /// <param name="momentum">What remains of the running statistics at a step (Keras' convention), at least 0 and below 1.</param>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public Cnn3d BatchNorm(
        double momentum = BatchNormLayer.DefaultMomentum, double epsilon = BatchNormLayer.DefaultEpsilon) =>
        With(new BatchNormLayer(momentum, epsilon));

    /// <summary>Appends max pooling with a stride of its size; what does not fill a block at an axis' end is dropped.</summary>
    /// <param name="size">The block: a number for a cube, or an <see cref="Extent3d"/>.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Cnn3d MaxPool(Extent3d size) => With(new MaxPoolLayer(size));

    /// <summary>Appends the change from feature maps to one row of values.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Flatten() => With(new FlattenLayer());

    /// <summary>Appends a fully connected layer.</summary>
    /// <param name="units">Outputs, at least 1; the last layer of a network has 2.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is below 1.</exception>
    public Cnn3d Dense(int units) => With(new DenseLayer(units));

    /// <summary>Shapes and parameters of every layer, in Keras' form; nothing is allocated.</summary>
    /// <returns>The summary; its text is the table.</returns>
    /// <exception cref="NetworkShapeException">Layers do not fit.</exception>
    public NetworkSummary Summary() => ShapeInference.Summarize(this);

    /// <summary>Builds the network with weights drawn as Keras draws them: Glorot uniform, biases 0, γ 1, β 0.</summary>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="device">Where the network computes; the CPU unless given.</param>
    /// <returns>The network; dispose of it to free its memory.</returns>
    /// <exception cref="NetworkShapeException">Layers do not fit, or the last one does not give 2 values.</exception>
    /// <exception cref="InsufficientMemoryException">The weights need more memory than the process may have.</exception>
    /// <exception cref="DllNotFoundException">TorchSharp's native library can't be loaded; the message says what to do.</exception>
    /// <exception cref="PlatformNotSupportedException">The device is not there; the message says what to do.</exception>
    public VoxelNetwork Build(int seed, ComputeDevice device = default) => VoxelNetwork.Create(this, seed, device);

    /// <summary>Whether both have the same input and the same layers.</summary>
    /// <param name="other">Another description.</param>
    /// <returns>True when equal.</returns>
    public bool Equals(Cnn3d? other) =>
        other is not null && Input == other.Input && Layers.AsSpan().SequenceEqual(other.Layers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Input);
        foreach (NetworkLayer layer in Layers)
        {
            hash.Add(layer);
        }

        return hash.ToHashCode();
    }

    /// <summary>The network in one line, for example <c>Flatten Dense on 21 × 32 × 32</c>.</summary>
    /// <returns>The layers' names and the input.</returns>
    public override string ToString() => $"{string.Join(' ', Layers.Select(layer => layer.Kind))} on {Input}";

    /// <summary>The description as JSON, for people and for <see cref="FromJson"/>.</summary>
    /// <returns>JSON with a version, the input shape and the layers.</returns>
    public string ToJson() => DescriptionJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>An equal description.</returns>
    /// <exception cref="FormatException">It is no such JSON, or of a newer version; the message says where.</exception>
    public static Cnn3d FromJson(string json) => DescriptionJson.Read(json);

    /// <summary>A description of layers that were read from somewhere.</summary>
    internal static Cnn3d Of(VoxelShape input, ImmutableArray<NetworkLayer> layers) => For(input) with { Layers = layers };

    private Cnn3d With(NetworkLayer layer)
        => this with { Layers = Layers.Add(layer) };
}
