using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx.Tests;

public sealed class LayerTests
{
    private static readonly VoxelShape Shape = new(7, 9, 8, channels: 2);

    private static readonly Dictionary<string, Cnn3d> Layers = new()
    {
        ["conv"] = Maps(c => c.Conv(3, kernel: 3)),
        ["conv, even kernel"] = Maps(c => c.Conv(3, new Extent3d(2, 4, 3))),
        ["conv, stride"] = Maps(c => c.Conv(3, new Extent3d(3, 2, 5), new Extent3d(2, 3, 1))),
        ["conv, stride past the kernel"] = Maps(c => c.Conv(3, kernel: 1, stride: 2)),
        ["conv, valid, stride"] = Maps(c => c.Conv(3, new Extent3d(3, 2, 5), new Extent3d(2, 3, 1), Padding.Valid)),
        ["max pool"] = Maps(c => c.MaxPool(2)),
        ["max pool, same, of negative values"] = Maps(c => c.Scale(1, -20).MaxPool(3, stride: 2, padding: Padding.Same)),
        ["max pool, overlapping"] = Maps(c => c.MaxPool(new Extent3d(3, 2, 1), stride: 1)),
        ["average pool"] = Maps(c => c.AveragePool(2)),
        ["average pool, same"] = Maps(c => c.AveragePool(new Extent3d(3, 2, 4), stride: 2, padding: Padding.Same)),
        ["average pool, same, offset"] = Maps(c => c.Scale(1, 5).AveragePool(3, stride: 1, padding: Padding.Same)),
        ["global max pool"] = Row(c => c.Conv(5, kernel: 2).GlobalMaxPool()),
        ["global average pool"] = Row(c => c.Conv(5, kernel: 2).GlobalAveragePool()),
        ["batch norm"] = Maps(c => c.BatchNorm()),
        ["batch norm, small epsilon"] = Maps(c => c.BatchNorm(epsilon: 1e-7)),
        ["batch norm of a row"] = Row(c => c.Flatten().Dense(6).BatchNorm()),
        ["group norm"] = Maps(c => c.Conv(6, kernel: 2).GroupNorm(3)),
        ["group norm, one group, small epsilon, far from 0"] = Maps(c => c.Scale(0.1, 3).GroupNorm(1, epsilon: 1e-5)),
        ["group norm, a group a channel"] = Maps(c => c.GroupNorm(2)),
        ["group norm of a row"] = Row(c => c.Flatten().Dense(6).GroupNorm(2)),
        ["layer norm"] = Maps(c => c.Conv(6, kernel: 2).LayerNorm()),
        ["layer norm, small epsilon, far from 0"] = Maps(c => c.Conv(6, kernel: 2).Scale(0.1, 3).LayerNorm(epsilon: 1e-5)),
        ["layer norm of a row"] = Row(c => c.Flatten().Dense(6).LayerNorm()),
        ["dropout"] = Maps(c => c.Dropout(0.5)),
        ["channel dropout"] = Maps(c => c.ChannelDropout(0.5)),
        ["only dropout"] = Cnn3d.For(Shape).Dropout(0.2).Flatten().Dropout(0.5).Dense(2),
        ["scale"] = Maps(c => c.Scale(50)),
        ["scale and shift"] = Maps(c => c.Scale(3, -0.5)),
        ["scale a channel each"] = Maps(c => c.Scale([2, 0.5], [0.1, -3])),
        ["shift a channel each"] = Maps(c => c.Scale([2], [0.1, -3])),
        ["scale of a row"] = Row(c => c.Flatten().Dense(3).Scale([1, 2, 3], [-1])),
        ["residual"] = Maps(c => c.Residual(b => b.Conv(2, kernel: 3).BatchNorm().Relu())),
        ["residual, shortcut"] = Maps(c => c.Residual(b => b.Conv(4, kernel: 3, stride: 2).Relu(), s => s.Conv(4, kernel: 1, stride: 2))),
        ["residual of a row"] = Row(c => c.Flatten().Dense(4).Residual(b => b.Dense(4).Tanh())),
        ["residual that adds its input to itself"] = Maps(c => c.Residual(b => b.Dropout(0.5))),
        ["branches"] = Maps(c => c.Branches(a => a.Conv(2, kernel: 1), b => b.Conv(3, kernel: 3).Relu(), d => d)),
        ["branches of rows"] = Row(c => c.Flatten().Branches(a => a.Dense(2), b => b.Dense(3).Activate("sigmoid"))),
        ["inception"] = Maps(c => c.Inception(2, 2, 3, 1, 2, 1)),
        ["nested blocks"] = Maps(c => c.Residual(
            b => b.Branches(x => x.Conv(1, kernel: 3).Residual(y => y.GroupNorm(1)), x => x.Conv(1, kernel: 1)), s => s.BatchNorm())),
        ["plane"] = Cnn2d.For(new VoxelShape(1, 9, 8, channels: 2)).Conv(3, kernel: 3).Relu().MaxPool(2).GlobalAveragePool().Dense(2),
        ["no rows"] = Cnn2d.For(new VoxelShape(9, 1, 8)).Conv(3, kernel: 3, stride: 2).Relu().AveragePool(2).Flatten().Dense(2),
        ["nothing but Dense"] = Cnn3d.For(Shape).Flatten().Dense(2),
    };

    internal static IEnumerable<Cnn3d> All => Layers.Values;

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<Activation> Functions => [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void A_layer_computes_what_it_computes_in_torch(string name)
    {
        using VoxelNetwork network = Trained.Build(Layers[name], seed: name.Length);

        Say(name, Agreement.Check(network, seed: 3));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_computes_what_it_computes_in_torch_on_maps_and_on_rows(Activation function)
    {
        // Values of about ±30, but for the one that would overflow; normalized again before each use.
        double spread = function == Activation.Exponential ? 1 : 10;
        using VoxelNetwork network = Trained.Build(
            Cnn3d.For(Shape).Scale(spread).Activate(function).GroupNorm(1)
                .Conv(3, kernel: 2).LayerNorm().Scale(spread).Activate(function).LayerNorm()
                .Flatten().Dense(5).LayerNorm().Activate(function).Dense(2),
            seed: 1);

        Say($"{function}", Agreement.Check(network, seed: 4));
    }

    [Fact]
    public void Every_type_of_layer_is_among_those_compared()
    {
        IEnumerable<Type> compared = Layers.Values.SelectMany(ShapeInference.WalkAll).Select(step => step.Layer.GetType());

        Assert.Empty(typeof(NetworkLayer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NetworkLayer))).Except([.. compared, typeof(ActivationLayer)]));
    }

    [Fact]
    public void The_presets_agree_with_torch()
    {
        var shape = new VoxelShape(9, 12, 10);
        foreach (Cnn3d description in (Cnn3d[])[Cnn3d.Notebook(shape), Cnn3d.Small(shape), Cnn3d.Stable(shape), Cnn2d.Notebook(new VoxelShape(1, 32, 32))])
        {
            using VoxelNetwork network = Trained.Build(description, seed: 1);

            Say($"{description}", Agreement.Check(network, seed: 2));
        }
    }

    [Property(MaxTest = 150, Arbitrary = [typeof(Seeds)])]
    public void Random_compositions_agree_with_torch(int seed)
    {
        Cnn3d description = Compositions.Draw(seed);
        if (Agreement.Sensitivity(description, seed) > Agreement.Tolerance)
        {
            return;
        }

        using VoxelNetwork network = Trained.Build(description, seed);
        Agreement.Check(network, seed, Agreement.CompositionTolerance);
    }

    [Theory]
    [InlineData(365116)]
    public void Compositions_that_were_furthest_apart_are_no_further(int seed)
    {
        using VoxelNetwork network = Trained.Build(Compositions.Draw(seed), seed);
        Assert.InRange(Agreement.Check(network, seed, Agreement.CompositionTolerance), 0, 2 * Agreement.Tolerance);
    }

    [Fact]
    public void Hardly_any_of_the_compositions_is_too_sensitive_to_be_compared() =>
        Assert.InRange(Enumerable.Range(0, 100).Count(seed => Agreement.Sensitivity(Compositions.Draw(seed), seed) > Agreement.Tolerance), 0, 5);

    [Fact]
    public void The_compositions_are_of_every_type_of_layer()
    {
        Cnn3d[] drawn = [.. Enumerable.Range(0, 300).Select(Compositions.Draw)];
        HashSet<Type> types = [.. drawn.SelectMany(ShapeInference.WalkAll).Select(step => step.Layer.GetType())];

        Assert.Empty(typeof(NetworkLayer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NetworkLayer))).Except([.. types, typeof(ChannelDropoutLayer)]));
        Assert.Contains(drawn, one => one.Layers.Any(layer => layer.Depth > 1));
    }

    private static Cnn3d Maps(Func<Cnn3d, Cnn3d> layers) => layers(Cnn3d.For(Shape)).Flatten().Dense(2);

    private static Cnn3d Row(Func<Cnn3d, Cnn3d> layers) => layers(Cnn3d.For(Shape)).Dense(2);

    private static void Say(string what, double worst) =>
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: {worst:E1}"));

    private static class Seeds
    {
        public static Arbitrary<int> Seed() => Gen.Choose(0, 1_000_000).ToArbitrary();
    }
}
