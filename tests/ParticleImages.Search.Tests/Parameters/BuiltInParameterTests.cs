namespace ParticleImages.Search.Tests;

public sealed class NumbersOfAListTests : ParameterContract<double>
{
    protected override IParameter<double> Create() => Parameter.OneOf("step", 0.0049, 0.0099, 0.0249);
}

public sealed class NamesTests : ParameterContract<string>
{
    protected override IParameter<string> Create() => Parameter.OneOf("activation", "relu", "elu", "", "a \"quoted\" one");
}

public sealed class OnlyValueTests : ParameterContract<int>
{
    protected override IParameter<int> Create() => Parameter.OneOf("filters", 64);
}

public sealed class EnumerationTests : ParameterContract<DayOfWeek>
{
    protected override IParameter<DayOfWeek> Create() => Parameter.OneOf("day", DayOfWeek.Monday, DayOfWeek.Sunday);
}

public sealed class BooleanTests : ParameterContract<bool>
{
    protected override IParameter<bool> Create() => Parameter.Boolean("cumulative");
}

public sealed class IntegerTests : ParameterContract<int>
{
    protected override IParameter<int> Create() => Parameter.Integer("kernel", 1, 10, step: 2);
}

public sealed class AllIntegersTests : ParameterContract<int>
{
    protected override IParameter<int> Create() => Parameter.Integer("any", int.MinValue, int.MaxValue);
}

public sealed class RealTests : ParameterContract<double>
{
    protected override IParameter<double> Create() => Parameter.Real("dropout", -0.1, 0.7);
}

public sealed class LogUniformTests : ParameterContract<double>
{
    protected override IParameter<double> Create() => Parameter.LogUniform("rate", 1e-300, 1e2);
}

public sealed class RangeTests : ParameterContract<double>
{
    protected override IParameter<double> Create() => Parameter.Range("rate", 1e-5, 1e-1, count: 9, logarithmic: true);
}

public sealed class StepsTests : ParameterContract<double>
{
    protected override IParameter<double> Create() => Parameter.Steps("cut", 0, 0.1, step: 0.005);
}
