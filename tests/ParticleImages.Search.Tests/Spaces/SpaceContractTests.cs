namespace ParticleImages.Search.Tests;

public sealed class FiniteSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Create() => SearchSpace.Of(Parameter.OneOf("optimizer", "adam", "sgd"), Parameter.OneOf("momentum", 0.0, 0.9), Parameter.Integer("layers", 1, 4))
        .When(Parameter.OneOf("momentum", 0.0, 0.9), Parameter.OneOf("optimizer", "adam", "sgd"), "sgd").Where("layers < 4 or optimizer == 'sgd'");

    protected override ISearchSpace CreateOther() => SearchSpace.Of(Parameter.OneOf("optimizer", "adam", "sgd"), Parameter.OneOf("momentum", 0.0, 0.9), Parameter.Integer("layers", 1, 4))
        .When(Parameter.OneOf("momentum", 0.0, 0.9), Parameter.OneOf("optimizer", "adam", "sgd"), "sgd").Where("layers < 3 or optimizer == 'sgd'");
}

public sealed class LargeSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Create() => SearchSpace.Of([.. Enumerable.Range(0, 10).Select(i => Parameter.Integer($"x{i}", -500, 499))]);

    protected override ISearchSpace CreateOther() => SearchSpace.Of([.. Enumerable.Range(0, 10).Select(i => Parameter.Integer($"x{i}", -500, 500))]);
}

public sealed class ContinuumTests : SearchSpaceContract
{
    protected override ISearchSpace Create() => SearchSpace.Of(Parameter.LogUniform("rate", 1e-5, 1e-2), Parameter.Boolean("regular"), Parameter.Real("decay", 0, 0.1))
        .When(Parameter.Real("decay", 0, 0.1), Parameter.Boolean("regular"), true);

    protected override ISearchSpace CreateOther() => SearchSpace.Of(Parameter.LogUniform("rate", 1e-5, 1e-2), Parameter.Boolean("regular"), Parameter.Real("decay", 0, 0.1))
        .When(Parameter.Real("decay", 0, 0.1), Parameter.Boolean("regular"), false);
}
