using System.Collections.Immutable;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// The description of a three-dimensional convolutional network on voxel images: an input shape and layers in order.
/// Immutable plain data: every verb appends a layer to a copy (order matters), and two descriptions of the same
/// layers are equal. Nothing is allocated before <see cref="Build"/>.
/// </summary>
/// <remarks>
/// A whole number for a kernel, a pool or a stride stands for a cube. Where the network's input has an axis of one bin, it stands for 1 along that axis, so that
/// the same verbs make a two-dimensional network on (1, rows, columns); see <see cref="Cnn2d"/>. The last layer gives one value (logit) a class, photon then electron; the softmax belongs to prediction and to the loss. Layers are
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

    /// <summary>
    /// The network to begin with: the notebook's layers and sizes, made steady. The input becomes GeV, so that batch norm's ε stays small beside its variance; batch
    /// norm (momentum 0.9) stands before any dropout, and dropout (0.2) only between the dense layers, since before a batch norm it makes the variance in
    /// training another than after it (Li et al., arXiv 1801.05134). Most places of a map are the same in all events, so the first dense layer's sums have a large common part: a batch norm
    /// takes it away, and ELU keeps units alive that ReLU would switch off for all events at once. On 21 × 32 × 32 voxels it has 715 330 parameters.
    /// </summary>
    /// <param name="input">The shape of one event's voxels, at least 4 along each axis.</param>
    /// <param name="inputScale">The factor to GeV: 50 for the public files, whose unit is 50 GeV; 1 if the voxelizer has scaled already.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is 0, NaN or past float32's range.</exception>
    public static Cnn3d Stable(VoxelShape input, double inputScale = 50) => For(input).Scale(inputScale)
        .Conv(64, kernel: 3).Relu().BatchNorm(momentum: 0.9).MaxPool(2)
        .Conv(32, kernel: 3).Relu().BatchNorm(momentum: 0.9).MaxPool(2)
        .Flatten().Dense(64).BatchNorm(momentum: 0.9).Elu().Dropout(0.2).Dense(32).Elu().Dropout(0.2).Dense(Classes);

    /// <summary>Appends a convolution with bias.</summary>
    /// <param name="filters">Feature maps that come out, at least 1.</param>
    /// <param name="kernel">Its size: a number, or an <see cref="Extent3d"/>; no axis may exceed the input's.</param>
    /// <param name="stride">The step from place to place, a number or an <see cref="Extent3d"/>; 1 if not given.</param>
    /// <param name="padding">Zeros to ⌈bins / stride⌉ places (<see cref="Padding.Same"/>), or none.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or there is no such padding.</exception>
    public Cnn3d Conv(int filters, Extent3d kernel, Extent3d stride = default, Padding padding = Padding.Same) =>
        With(new ConvLayer(filters, Fit(kernel), Fit(stride), padding));

    /// <summary>Appends max(0, x).</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Relu() => Activate(Activation.Relu);

    /// <summary>Appends x above 0, eˣ − 1 below.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Elu() => Activate(Activation.Elu);

    /// <summary>Appends x (1 + erf(x / √2)) / 2.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Gelu() => Activate(Activation.Gelu);

    /// <summary>Appends the scaled ELU, 1.0507… x above 0 and 1.7580… (eˣ − 1) below.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Selu() => Activate(Activation.Selu);

    /// <summary>Appends the hyperbolic tangent.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Tanh() => Activate(Activation.Tanh);

    /// <summary>Appends an activation function, for example from a scan.</summary>
    /// <param name="function">The function.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public Cnn3d Activate(Activation function) => With(new ActivationLayer(function));

    /// <summary>Appends an activation function by its name in Keras.</summary>
    /// <param name="name">For example <c>relu</c>, <c>leaky_relu</c> or <c>swish</c>, in any case; the definitions are <see cref="Activation"/>'s.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentException">There is no such function; the message lists them.</exception>
    public Cnn3d Activate(string name) => Activate(ActivationName.Parse(name, nameof(name)));

    /// <summary>Appends factor · x, with a number that is not fitted: another unit as a part of the network.</summary>
    /// <param name="factor">Not 0.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is NaN or past float32's range, or rounds to 0.</exception>
    public Cnn3d Scale(double factor) => Scale(factor, offset: 0);

    /// <summary>Appends factor · x + offset, with numbers that are not fitted.</summary>
    /// <param name="factor">Not 0.</param>
    /// <param name="offset">In the unit after the factor.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or past float32's range, or the factor rounds to 0.</exception>
    public Cnn3d Scale(double factor, double offset) => With(new ScaleLayer([factor], [offset]));

    /// <summary>Appends factor · x + offset with numbers for every channel.</summary>
    /// <param name="factors">One a channel, or one for all; none is 0.</param>
    /// <param name="offsets">One a channel, or one for all; in the unit after the factor.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentException">A list is empty, or the two are of different lengths above 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or past float32's range, or a factor rounds to 0.</exception>
    public Cnn3d Scale(ImmutableArray<double> factors, ImmutableArray<double> offsets) => With(new ScaleLayer(factors, offsets));

    /// <summary>Appends dropout: while training, values become 0 with this probability.</summary>
    /// <param name="rate">At least 0 and below 1.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1) or NaN.</exception>
    public Cnn3d Dropout(double rate) => With(new DropoutLayer(rate));

    /// <summary>Appends dropout of whole feature maps: while training, all values of a map become 0 with this probability.</summary>
    /// <param name="rate">At least 0 and below 1.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1) or NaN.</exception>
    public Cnn3d ChannelDropout(double rate) => With(new ChannelDropoutLayer(rate));

    /// <summary>Appends batch normalization; see <see cref="BatchNormLayer"/> for the conventions of Keras and PyTorch.</summary>
    /// <param name="momentum">What remains of the running statistics at a step (Keras' convention), at least 0 and below 1.</param>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public Cnn3d BatchNorm(
        double momentum = BatchNormLayer.DefaultMomentum, double epsilon = BatchNormLayer.DefaultEpsilon) =>
        With(new BatchNormLayer(momentum, epsilon));

    /// <summary>Appends group normalization; see <see cref="GroupNormLayer"/>.</summary>
    /// <param name="groups">Groups of channels, at least 1; the number of channels is a multiple of it.</param>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public Cnn3d GroupNorm(int groups, double epsilon = GroupNormLayer.DefaultEpsilon) => With(new GroupNormLayer(groups, epsilon));

    /// <summary>Appends layer normalization over the channels at each place; see <see cref="LayerNormLayer"/>.</summary>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or NaN or infinite.</exception>
    public Cnn3d LayerNorm(double epsilon = LayerNormLayer.DefaultEpsilon) => With(new LayerNormLayer(epsilon));

    /// <summary>Appends max pooling. Unless told otherwise, what does not fill a block at an axis' end is dropped.</summary>
    /// <param name="size">The block: a number, or an <see cref="Extent3d"/>.</param>
    /// <param name="stride">The step from block to block; the block's size if not given.</param>
    /// <param name="padding">What happens at the ends of an axis.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or there is no such padding.</exception>
    public Cnn3d MaxPool(Extent3d size, Extent3d stride = default, Padding padding = Padding.Valid) =>
        With(new MaxPoolLayer(Fit(size), Fit(stride), padding));

    /// <summary>Appends average pooling. Unless told otherwise, what does not fill a block at an axis' end is dropped.</summary>
    /// <param name="size">The block: a number, or an <see cref="Extent3d"/>.</param>
    /// <param name="stride">The step from block to block; the block's size if not given.</param>
    /// <param name="padding">What happens at the ends of an axis.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or there is no such padding.</exception>
    public Cnn3d AveragePool(Extent3d size, Extent3d stride = default, Padding padding = Padding.Valid) =>
        With(new AveragePoolLayer(Fit(size), Fit(stride), padding));

    /// <summary>Appends the change from feature maps to one row with the largest value of each.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d GlobalMaxPool() => With(new GlobalMaxPoolLayer());

    /// <summary>Appends the change from feature maps to one row with the mean of each.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d GlobalAveragePool() => With(new GlobalAveragePoolLayer());

    /// <summary>Appends a residual block, branch(x) + shortcut(x).</summary>
    /// <param name="branch">Appends the branch's layers, at least one, for example <c>b => b.Conv(64, kernel: 3).Relu().Conv(64, kernel: 3)</c>.</param>
    /// <param name="shortcut">
    /// Appends the shortcut's layers where the branch changes the shape, for example <c>s => s.Conv(64, kernel: 1, stride: 2)</c>; null for the input itself.
    /// </param>
    /// <returns>A copy with the block.</returns>
    /// <exception cref="ArgumentException">The branch has no layers, a function returns another network, or the block is too large (<see cref="ResidualLayer"/>).</exception>
    public Cnn3d Residual(Func<Cnn3d, Cnn3d> branch, Func<Cnn3d, Cnn3d>? shortcut = null) =>
        With(new ResidualLayer(Part(branch, nameof(branch)), shortcut is null ? [] : Part(shortcut, nameof(shortcut))));

    /// <summary>Appends a block of branches that all take the same input and whose channels are put one after the other.</summary>
    /// <param name="branches">Each appends a branch's layers, at least one branch; one that returns what it gets hands on the input itself.</param>
    /// <returns>A copy with the block.</returns>
    /// <exception cref="ArgumentException">There are no branches, a function returns another network, or the block is too large (<see cref="BranchesLayer"/>).</exception>
    public Cnn3d Branches(params Func<Cnn3d, Cnn3d>[] branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        return With(new BranchesLayer([.. branches.Select(branch => Part(branch, nameof(branches)))]));
    }

    /// <summary>
    /// Appends an inception block with reductions (Szegedy et al., arXiv 1409.4842): four branches, a convolution of kernel 1; of 1 then 3; of 1 then 5; and a max pool
    /// of 3 with stride 1 then a convolution of 1. An activation follows every convolution, and the place stays the same.
    /// </summary>
    /// <param name="single">Filters of the first branch.</param>
    /// <param name="reduce3">Filters of kernel 1 in the second branch.</param>
    /// <param name="conv3">Filters of kernel 3 in the second branch.</param>
    /// <param name="reduce5">Filters of kernel 1 in the third branch.</param>
    /// <param name="conv5">Filters of kernel 5 in the third branch.</param>
    /// <param name="pool">Filters after the pool.</param>
    /// <param name="activation">The function after every convolution.</param>
    /// <returns>A copy with the block: single + conv3 + conv5 + pool channels come out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or there is no such function.</exception>
    public Cnn3d Inception(int single, int reduce3, int conv3, int reduce5, int conv5, int pool, Activation activation = Activation.Relu) => Branches(
        branch => branch.Conv(single, kernel: 1).Activate(activation),
        branch => branch.Conv(reduce3, kernel: 1).Activate(activation).Conv(conv3, kernel: 3).Activate(activation),
        branch => branch.Conv(reduce5, kernel: 1).Activate(activation).Conv(conv5, kernel: 5).Activate(activation),
        branch => branch.MaxPool(3, stride: 1, padding: Padding.Same).Conv(pool, kernel: 1).Activate(activation));

    /// <summary>Appends the change from feature maps to one row of values.</summary>
    /// <returns>A copy with the layer.</returns>
    public Cnn3d Flatten() => With(new FlattenLayer());

    /// <summary>Appends a fully connected layer.</summary>
    /// <param name="units">Outputs, at least 1; the last layer of a network has 2.</param>
    /// <returns>A copy with the layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is below 1.</exception>
    public Cnn3d Dense(int units) => With(new DenseLayer(units));

    /// <summary>Shapes, parameters, multiply-adds and memory of every layer, in Keras' form; nothing is allocated.</summary>
    /// <returns>The summary; its text is the table.</returns>
    /// <exception cref="NetworkShapeException">Layers do not fit.</exception>
    public NetworkSummary Summary() => SummaryTable.Of(this);

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
        other is not null && Input == other.Input && LayerList.AreEqual(Layers, other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Input, LayerList.Hash(Layers));

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

    private Cnn3d With(NetworkLayer layer) => this with { Layers = Layers.Add(layer) };

    // A whole number stands for a square where the input is a plane: along an axis of one bin nothing but 1 fits.
    private Extent3d Fit(Extent3d extent)
    {
        int size = extent.Frames;
        return size <= 1 || extent != Extent3d.FromInt32(size)
            ? extent
            : new Extent3d(Input.Frames == 1 ? 1 : size, Input.Height == 1 ? 1 : size, Input.Width == 1 ? 1 : size);
    }

    // The layers that a function appends to none, under the same input, so that a whole number means the same inside a block.
    private ImmutableArray<NetworkLayer> Part(Func<Cnn3d, Cnn3d> append, string parameter)
    {
        ArgumentNullException.ThrowIfNull(append, parameter);
        Cnn3d part = append(this with { Layers = [] });
        return part is not null && part.Input == Input
            ? part.Layers
            : throw new ArgumentException("The function returns another network. Let it append to the one it gets: branch => branch.Conv(64, kernel: 3).", parameter);
    }
}
