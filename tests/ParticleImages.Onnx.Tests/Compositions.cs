using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx.Tests;

/// <summary>Descriptions of any layers that fit each other, drawn from a seed.</summary>
internal static class Compositions
{
    public static Cnn3d Draw(int seed)
    {
        var random = new Random(seed);
        var shape = new VoxelShape(random.Next(4) == 0 ? 1 : random.Next(2, 9), random.Next(3, 10), random.Next(3, 10), random.Next(1, 4));
        Cnn3d description = Layers(Cnn3d.For(shape), random, random.Next(1, 6), depth: 0);
        description = Fitting(description, random.Next(3) switch
        {
            0 => description.GlobalMaxPool(),
            1 => description.GlobalAveragePool(),
            _ => description.Flatten(),
        });
        for (int i = random.Next(3); i > 0; i--)
        {
            description = Fitting(description, Row(description.Dense(random.Next(2, 7)), random));
        }

        return description.Dense(2);
    }

    // Attempts that do not fit leave the description as it was.
    private static Cnn3d Layers(Cnn3d description, Random random, int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            description = Fitting(description, () => Maps(description, random, depth));
        }

        return description;
    }

    private static Cnn3d Maps(Cnn3d description, Random random, int depth) => random.Next(depth < 2 ? 12 : 10) switch
    {
        0 or 1 or 2 => description.Conv(random.Next(1, 6), Extent(random, 4), Extent(random, 3), Padding(random)),
        3 => description.MaxPool(Extent(random, 3), random.Next(2) == 0 ? default : Extent(random, 3), Padding(random)),
        4 => description.AveragePool(Extent(random, 3), random.Next(2) == 0 ? default : Extent(random, 3), Padding(random)),

        // ε is Keras': where a group is constant (behind a γ of 0) a norm multiplies what rounding left of it by 1 / √ε, in torch as in ONNX Runtime.
        5 => description.BatchNorm(),
        6 => description.GroupNorm(random.Next(1, 4)),
        7 => description.LayerNorm(),
        8 => Pointwise(description, random),
        9 => description.Scale(random.NextDouble() + 0.5, random.NextDouble()),
        10 => description.Residual(
            branch => Layers(branch.GroupNorm(1), random, random.Next(3), depth + 1),
            random.Next(2) == 0 ? null : shortcut => Layers(shortcut, random, random.Next(3), depth + 1)),
        _ => description.Branches([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
            (Func<Cnn3d, Cnn3d>)(branch => Layers(branch, random, random.Next(3), depth + 1)))]),
    };

    private static Cnn3d Row(Cnn3d description, Random random) => random.Next(7) switch
    {
        0 => description.BatchNorm(),
        1 => description.GroupNorm(random.Next(1, 4)),
        2 => description.LayerNorm(),
        3 => description.Residual(branch => branch.Gelu().Dropout(0.5)),
        4 => description.Branches(one => one.Dense(3).Relu(), other => other),
        5 => description.Scale(2, -0.5),
        _ => Pointwise(description, random),
    };

    private static Cnn3d Pointwise(Cnn3d description, Random random)
    {
        // Without the exponential, which makes a chain of layers overflow.
        Activation[] functions = [.. Enum.GetValues<Activation>().Where(function => function != Activation.Exponential)];
        return random.Next(5) switch
        {
            0 => description.Dropout(0.3),
            _ => description.Activate(functions[random.Next(functions.Length)]),
        };
    }

    private static Extent3d Extent(Random random, int most) => new(random.Next(1, most + 1), random.Next(1, most + 1), random.Next(1, most + 1));

    private static Padding Padding(Random random) => random.Next(2) == 0 ? Networks.Padding.Same : Networks.Padding.Valid;

    private static Cnn3d Fitting(Cnn3d before, Cnn3d after) => Fitting(before, () => after);

    private static Cnn3d Fitting(Cnn3d before, Func<Cnn3d> append)
    {
        try
        {
            Cnn3d after = append();
            after.Summary();
            return after;
        }
        catch (NetworkShapeException)
        {
            return before;
        }
    }
}
