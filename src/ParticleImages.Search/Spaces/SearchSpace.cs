using System.Collections.Immutable;
using System.Numerics;

namespace ParticleImages.Search;

/// <summary>
/// A space of parameters with conditions (a parameter that exists only where another one has certain values) and constraints (what a
/// configuration must meet to be tried). An immutable description: the verbs append to a copy.
/// </summary>
/// <remarks>
/// Grid order is that of nested loops: the first parameter varies slowest, and one that depends on another varies inside it.
/// </remarks>
public sealed class SearchSpace : ISearchSpace
{
    // Places along an axis are doubles.
    private const long MostValues = 1L << 53;

    private readonly ImmutableArray<IParameter> parameters;
    private readonly ImmutableArray<SpaceCondition> conditions;
    private readonly ImmutableArray<SpaceConstraint> constraints;
    private readonly SpaceTree tree;

    private SearchSpace(ImmutableArray<IParameter> parameters, ImmutableArray<SpaceCondition> conditions, ImmutableArray<SpaceConstraint> constraints)
    {
        this.parameters = parameters;
        this.conditions = conditions;
        this.constraints = constraints;
        tree = new SpaceTree(parameters, conditions);
    }

    /// <inheritdoc/>
    public IReadOnlyList<IParameter> Parameters => parameters;

    /// <summary>Which parameters depend on others.</summary>
    public IReadOnlyList<SpaceCondition> Conditions => conditions;

    /// <summary>What configurations must meet, in words.</summary>
    public IEnumerable<string> Constraints => constraints.Select(constraint => constraint.Text);

    /// <inheritdoc/>
    public BigInteger? Count => tree.Count;

    /// <inheritdoc/>
    /// <remarks>The JSON of <see cref="ToJson"/>. Of a constraint that is code it has the description only, of an axis of another type the name and values at 17 places.</remarks>
    public string Identity => SpaceJson.Write(this, forIdentity: true);

    internal ImmutableArray<SpaceConstraint> ConstraintList => constraints;

    /// <summary>A space of some axes.</summary>
    /// <param name="parameters">At least one; the names are all different.</param>
    /// <returns>The space.</returns>
    /// <exception cref="ArgumentException">There is none, or two have one name, or one has a count above 2⁵³.</exception>
    public static SearchSpace Of(params ReadOnlySpan<IParameter> parameters)
    {
        if (parameters.IsEmpty)
        {
            throw new ArgumentException("A search space has one parameter or more.", nameof(parameters));
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(parameters[i], nameof(parameters));
            if (parameters[i].Count > MostValues)
            {
                throw new ArgumentException(
                    $"Parameter '{parameters[i].Name}' has {parameters[i].Count} values. Beyond 2^53 = {MostValues} neighbours have the same place along the axis: make it a continuum, without a count, or several parameters.",
                    nameof(parameters));
            }

            for (int j = 0; j < i; j++)
            {
                if (parameters[i].Name == parameters[j].Name)
                {
                    throw new ArgumentException($"Two parameters have the name '{parameters[i].Name}', number {j} and number {i}. Give one of them another.", nameof(parameters));
                }
            }
        }

        return new SearchSpace([.. parameters], [], []);
    }

    /// <summary>Lets a parameter have a value only where another one has one of some values. Elsewhere configurations are without it.</summary>
    /// <typeparam name="T">The type of the other's values.</typeparam>
    /// <param name="parameter">One of the space.</param>
    /// <param name="on">The one on which it depends: a finite one of the space with at most 10 000 values.</param>
    /// <param name="values">The values with which it exists, at least one.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">A parameter is not in the space, or depends on another already, or on itself by a circle; or a value does not exist.</exception>
    public SearchSpace When<T>(IParameter parameter, IParameter<T> on, params ReadOnlySpan<T> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(on);
        var list = new ParameterValue[values.Length];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = ParameterValue.From(values[i]!);
        }

        return When(new SpaceCondition(parameter.Name, on.Name, list));
    }

    /// <summary>Appends a constraint as a text, which files can hold.</summary>
    /// <param name="constraint">
    /// A comparison of numbers, names of parameters and texts in quotes, with + − * / %, and, or, not and parentheses: <c>"filters_2 &lt;= filters_1"</c>.
    /// It holds where a parameter in it has no value because of a condition. Names with other characters than letters, digits, points and underscores stand between backticks.
    /// </param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">It is no such text, or names no parameter of the space, or compares texts with numbers.</exception>
    public SearchSpace Where(string constraint)
    {
        var expression = ConstraintExpression.Parse(constraint, parameters);
        return new(parameters, conditions, constraints.Add(new SpaceConstraint(constraint, expression.Holds, IsText: true)));
    }

    /// <summary>Appends a constraint as code. A file cannot hold it: <see cref="ToJson"/> refuses.</summary>
    /// <param name="description">What it demands, in words: refusals say it, and a stored scan is known again by it.</param>
    /// <param name="holds">Whether a configuration may be tried.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The description is empty.</exception>
    public SearchSpace Where(string description, Func<Configuration, bool> holds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentNullException.ThrowIfNull(holds);
        return new(parameters, conditions, constraints.Add(new SpaceConstraint(description, holds, IsText: false)));
    }

    /// <inheritdoc/>
    public Configuration At(BigInteger index) => tree.At(index);

    /// <inheritdoc/>
    public Configuration At(ReadOnlySpan<double> positions) => positions.Length == parameters.Length
        ? tree.At(positions)
        : throw new ArgumentException($"{positions.Length} places were given for {parameters.Length} parameters.", nameof(positions));

    /// <inheritdoc/>
    public string? Refusal(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (tree.Misfit(configuration) is { } misfit)
        {
            return misfit;
        }

        foreach (SpaceConstraint constraint in constraints)
        {
            if (!constraint.Holds(configuration))
            {
                return $"The constraint '{constraint.Text}' does not hold.";
            }
        }

        return null;
    }

    /// <summary>The space as JSON, which <see cref="Parse"/> reads.</summary>
    /// <returns>Indented text.</returns>
    /// <exception cref="InvalidOperationException">A constraint is code, or an axis is of a type of its own.</exception>
    public string ToJson() => SpaceJson.Write(this, forIdentity: false);

    /// <summary>Reads a space from JSON.</summary>
    /// <param name="json">
    /// <c>{"parameters": [{"name": "filters", "values": [32, 64]}, {"name": "rate", "kind": "log-uniform", "low": 1e-5, "high": 1e-2}],
    /// "conditions": [{"parameter": …, "on": …, "values": […]}], "constraints": ["…"]}</c>; kinds are also <c>integer</c> (low, high, step) and <c>real</c> (low, high, or with a
    /// count or step a finite range).
    /// </param>
    /// <returns>The space.</returns>
    /// <exception cref="FormatException">It is no such JSON.</exception>
    public static SearchSpace Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return SpaceJson.Read(json);
    }

    /// <summary>The parameters, a line each, and the number of configurations.</summary>
    public override string ToString() =>
        $"{(Count is { } count ? $"{count} configuration{(count.IsOne ? "" : "s")}" : "a continuum of configurations")} of {string.Join("; ", parameters)}";

    internal SearchSpace When(SpaceCondition condition) => new(parameters, conditions.Add(condition), constraints);
}
