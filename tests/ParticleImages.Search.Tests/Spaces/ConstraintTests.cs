using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ParticleImages.Search.Tests;

/// <summary>Constraints as texts, beside the same constraints computed from trees.</summary>
[Properties(Arbitrary = [typeof(ConstraintTests)], MaxTest = 500)]
public sealed class ConstraintTests
{
    private static readonly SearchSpace Space = SearchSpace.Of(
        Parameter.Integer("a", -2, 2), Parameter.OneOf("b", 0.5, 1.5, 2.5), Parameter.Boolean("flag"), Parameter.OneOf("the name", "x", "y"), Parameter.Integer("deep", 1, 3))
        .When(Parameter.Integer("deep", 1, 3), Parameter.Boolean("flag"), true);

    public static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Property]
    public void A_text_means_what_its_tree_means(int seed)
    {
        var random = new Random(seed);
        (string text, Func<Configuration, bool?> meaning) = Truth(random, depth: 3);
        SearchSpace constrained = Space.Where(text);
        for (int i = 0; i < 20; i++)
        {
            Configuration configuration = Space.At(random.Next((int)Space.Count!));

            Assert.True(meaning(configuration) != false == (constrained.Refusal(configuration) is null), $"{text} of {configuration}");
        }
    }

    [Theory]
    [InlineData("1 + 2 * 3 == 7", true)]
    [InlineData("(1 + 2) * 3 == 9", true)]
    [InlineData("7 - 2 - 1 = 4", true)]
    [InlineData("8 / 2 / 2 == 2 and 7 % 4 == 3", true)]
    [InlineData("-2 - -3 == 1", true)]
    [InlineData("1e-5 < .001 && 2E+1 == 20", true)]
    [InlineData("not 1 > 2", true)]
    [InlineData("not not true", true)]
    [InlineData("true or false and false", true)]
    [InlineData("(true or false) and false", false)]
    [InlineData("false || flag == flag", true)]
    [InlineData("`the name` != \"z\" and `the name` != 'it is'", true)]
    [InlineData("a<=2and a>=-2", true)]
    public void Precedence_and_signs_are_the_usual_ones(string text, bool holds)
    {
        SearchSpace constrained = Space.Where(text);

        Assert.Equal(holds, constrained.Refusal(Space.At(0)) is null);
    }

    [Theory]
    [InlineData("a <", "The constraint 'a <' cannot be read at character 3, '': a number, a text in quotes or a parameter is wanted.")]
    [InlineData("(a < 1", "The constraint '(a < 1' cannot be read at character 6, '': a closing parenthesis is wanted.")]
    [InlineData("a < 1 1", "The constraint 'a < 1 1' cannot be read at character 6, '1': an operator or the end is wanted.")]
    [InlineData("0 < a < 2", "The constraint '0 < a < 2' cannot be read at character 6, '< 2': an operator or the end is wanted.")]
    [InlineData("`the name < 1", "The constraint '`the name < 1' cannot be read at character 0, '`the name < 1': a closing ` is wanted.")]
    [InlineData("c < 1", "The constraint 'c < 1' names 'c', which is no parameter of the space. It has 'a', 'b', 'flag', 'the name', 'deep'; texts stand in quotes.")]
    [InlineData("a < 'x'", "The constraint 'a < 'x'' cannot be asked: 0 is compared with x. It is a comparison, such as \"filters_2 <= filters_1\".")]
    [InlineData("a + 1", "The constraint 'a + 1' cannot be asked: 1 is no truth value. It is a comparison, such as \"filters_2 <= filters_1\".")]
    [InlineData("1.2.3 < a", "The constraint '1.2.3 < a' cannot be read at character 0, '1.2.3 < a': a number is wanted.")]
    public void What_is_no_constraint_is_refused_where_it_goes_wrong(string text, string problem) =>
        Assert.StartsWith(problem, Assert.ThrowsAny<ArgumentException>(() => Space.Where(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_cannot_be_asked_of_one_configuration_says_of_which()
    {
        SearchSpace space = SearchSpace.Of(Parameter.OneOf("a", 0, 1, 2)).Where("1 / a < 2");

        Assert.Equal(
            "The constraint '1 / a < 2' cannot be asked of the configuration (a 0): 1 is divided by 0.",
            Assert.Throws<InvalidOperationException>(() => space.Refusal(space.At(0))).Message);
    }

    // Null stands for a value that a condition leaves out.
    private static (string Text, Func<Configuration, double?> Meaning) Number(Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            double constant = random.Next(0, 8) / 2.0;
            string name = random.Next(3) switch { 0 => "a", 1 => "b", _ => "deep" };
            return random.Next(2) == 0
                ? (constant.ToString(CultureInfo.InvariantCulture), _ => constant)
                : (name, configuration => configuration.TryGet(name, out ParameterValue value) ? value.AsNumber() : null);
        }

        (string left, Func<Configuration, double?> leftMeaning) = Number(random, depth - 1);
        (string right, Func<Configuration, double?> rightMeaning) = Number(random, depth - 1);
        return random.Next(4) switch
        {
            0 => ($"({left} + {right})", configuration => leftMeaning(configuration) + rightMeaning(configuration)),
            1 => ($"({left}-{right})", configuration => leftMeaning(configuration) - rightMeaning(configuration)),
            2 => ($"-({left})", configuration => -leftMeaning(configuration)),
            _ => ($"({left} * {right})", configuration => leftMeaning(configuration) * rightMeaning(configuration)),
        };
    }

    private static (string Text, Func<Configuration, bool?> Meaning) Truth(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            return Comparison(random);
        }

        (string left, Func<Configuration, bool?> leftMeaning) = Truth(random, depth - 1);
        (string right, Func<Configuration, bool?> rightMeaning) = Truth(random, depth - 1);
        return random.Next(3) switch
        {
            0 => ($"({left} {(random.Next(2) == 0 ? "or" : "||")} {right})", configuration => Both(leftMeaning(configuration), rightMeaning(configuration), (one, other) => one || other)),
            1 => ($"({left} {(random.Next(2) == 0 ? "and" : "&&")} {right})", configuration => Both(leftMeaning(configuration), rightMeaning(configuration), (one, other) => one && other)),
            _ => ($"not ({left})", configuration => !leftMeaning(configuration)),
        };
    }

    private static (string Text, Func<Configuration, bool?> Meaning) Comparison(Random random)
    {
        if (random.Next(5) == 0)
        {
            return random.Next(2) == 0 ? ("`the name` == 'x'", configuration => configuration["the name"].AsText() == "x") : ("flag", configuration => configuration["flag"].AsBoolean());
        }

        (string left, Func<Configuration, double?> leftMeaning) = Number(random, 2);
        (string right, Func<Configuration, double?> rightMeaning) = Number(random, 2);
        (string sign, Func<double, double, bool> compare) = random.Next(6) switch
        {
            0 => ("<", (Func<double, double, bool>)((one, other) => one < other)),
            1 => ("<=", (one, other) => one <= other),
            2 => (">", (one, other) => one > other),
            3 => (">=", (one, other) => one >= other),
            4 => ("==", (one, other) => one == other),
            _ => ("!=", (one, other) => one != other),
        };
        return ($"{left} {sign} {right}", configuration => Both(leftMeaning(configuration), rightMeaning(configuration), compare));
    }

    private static bool? Both<T>(T? one, T? other, Func<T, T, bool> join)
        where T : struct => one is { } first && other is { } second ? join(first, second) : null;
}
