using System.Text;
using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>Search spaces as JSON.</summary>
internal static class SpaceJson
{
    private const int PlacesOfIdentity = 17;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static string Write(SearchSpace space, bool forIdentity)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = !forIdentity }))
        {
            json.WriteStartObject();
            json.WriteStartArray("parameters");
            foreach (IParameter parameter in space.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Name);
                Write(parameter, json, forIdentity);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Write(space.Conditions, json);
            Write(space.ConstraintList, json, forIdentity);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static SearchSpace Read(string text) => Read(text, ReadParameter, (space, constraint) => space.Where(constraint));

    /// <summary>Reads what was written for an identity, as far as it says what there is.</summary>
    /// <param name="text">The identity.</param>
    /// <param name="tried">The values of an axis of its own type, by its name, of which the identity has samples only.</param>
    public static SearchSpace ReadIdentity(string text, Func<string, IEnumerable<ParameterValue>> tried) => Read(
        text,
        json => json.TryGetProperty("samples", out JsonElement samples)
            ? Parameter.OneOf<ParameterValue>(Text(json, "name", "A parameter"), [.. tried(Text(json, "name", "A parameter")).Union(samples.EnumerateArray().Select(ParameterValue.Read))])
            : ReadParameter(json),
        (space, constraint) => space.Where(constraint, _ => true));

    private static SearchSpace Read(string text, Func<JsonElement, IParameter> parameter, Func<SearchSpace, string, SearchSpace> where)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Lenient);
            JsonElement root = document.RootElement;
            Check(root, "The space", "parameters", "conditions", "constraints");
            SearchSpace space = SearchSpace.Of([.. Member(root, "parameters", "The space").EnumerateArray().Select(parameter)]);
            foreach (JsonElement condition in Optional(root, "conditions"))
            {
                Check(condition, "A condition", "parameter", "on", "values");
                space = space.When(new SpaceCondition(
                    Text(condition, "parameter", "A condition"),
                    Text(condition, "on", "A condition"),
                    Values(condition, "A condition")));
            }

            foreach (JsonElement constraint in Optional(root, "constraints"))
            {
                space = where(space, constraint.GetString()!);
            }

            return space;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            throw new FormatException($"This is no search space: {ArgumentProblem.Of(problem)}", problem);
        }
    }

    private static void Write(IParameter parameter, Utf8JsonWriter json, bool forIdentity)
    {
        if (parameter is IDescribedParameter described)
        {
            described.WriteTo(json);
        }
        else if (forIdentity)
        {
            json.WriteStartArray("samples");
            for (int i = 0; i < PlacesOfIdentity; i++)
            {
                parameter.At(i / (PlacesOfIdentity - 1.0)).WriteTo(json);
            }

            json.WriteEndArray();
        }
        else
        {
            throw new InvalidOperationException($"Parameter '{parameter.Name}' is of a type of its own, {parameter.GetType().Name}, which a file cannot describe.");
        }
    }

    private static void Write(IReadOnlyList<SpaceCondition> conditions, Utf8JsonWriter json)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("conditions");
        foreach (SpaceCondition condition in conditions)
        {
            json.WriteStartObject();
            json.WriteString("parameter", condition.Parameter);
            json.WriteString("on", condition.On);
            json.WriteStartArray("values");
            foreach (ParameterValue value in condition.Values)
            {
                value.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(IReadOnlyList<SpaceConstraint> constraints, Utf8JsonWriter json, bool forIdentity)
    {
        if (constraints.Count == 0)
        {
            return;
        }

        json.WriteStartArray("constraints");
        foreach (SpaceConstraint constraint in constraints)
        {
            json.WriteStringValue(constraint.IsText || forIdentity
                ? constraint.Text
                : throw new InvalidOperationException($"The constraint '{constraint.Text}' is code, which a file cannot hold. Give it as a text, such as \"filters_2 <= filters_1\"."));
        }

        json.WriteEndArray();
    }

    private static IParameter ReadParameter(JsonElement json)
    {
        string name = Text(json, "name", "A parameter");
        string owner = $"Parameter '{name}'";
        if (json.TryGetProperty("values", out _))
        {
            Check(json, owner, "name", "values");
            ParameterValue[] values = Values(json, owner);
            return values switch
            {
                _ when values.All(value => value.Kind == ParameterValueKind.Integer) => Parameter.OneOf<long>(name, [.. values.Select(value => value.AsInteger())]),
                _ when values.All(value => value.IsNumber) => Parameter.OneOf<double>(name, [.. values.Select(value => value.AsNumber())]),
                _ when values.All(value => value.Kind == ParameterValueKind.Boolean) => Parameter.OneOf<bool>(name, [.. values.Select(value => value.AsBoolean())]),
                _ when values.All(value => value.Kind == ParameterValueKind.Text) => Parameter.OneOf<string>(name, [.. values.Select(value => value.AsText())]),
                _ => Parameter.OneOf<ParameterValue>(name, values),
            };
        }

        string kind = Text(json, "kind", owner);
        switch (kind)
        {
            case "integer":
                Check(json, owner, "name", "kind", "low", "high", "step");
                return Parameter.Integer(name, Whole(json, "low", owner), Whole(json, "high", owner), json.TryGetProperty("step", out _) ? Whole(json, "step", owner) : 1);
            case "real" or "log-uniform":
                Check(json, owner, "name", "kind", "low", "high", "count", "step");
                return ReadReal(json, name, owner, kind == "log-uniform");
            default:
                throw new JsonException($"{owner} is of the kind '{kind}'. Kinds are integer, real and log-uniform; a list of choices stands in \"values\".");
        }
    }

    private static Parameter<double> ReadReal(JsonElement json, string name, string owner, bool logarithmic)
    {
        double low = Number(json, "low", owner);
        double high = Number(json, "high", owner);
        bool counted = json.TryGetProperty("count", out _);
        bool stepped = json.TryGetProperty("step", out _);
        return (counted, stepped, logarithmic) switch
        {
            (true, false, _) => Parameter.Range(name, low, high, Whole(json, "count", owner), logarithmic),
            (false, true, false) => Parameter.Steps(name, low, high, Number(json, "step", owner)),
            (false, false, false) => Parameter.Real(name, low, high),
            (false, false, true) => Parameter.LogUniform(name, low, high),
            _ => throw new JsonException($"{owner} has a count or a step, not both, and a logarithmic one has no step."),
        };
    }

    private static JsonElement Member(JsonElement json, string name, string owner) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement member)
        ? member
        : throw new JsonException($"{owner} has no \"{name}\".");

    private static JsonElement.ArrayEnumerator Optional(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement member) ? member.EnumerateArray() : default;

    private static string Text(JsonElement json, string name, string owner) => Member(json, name, owner) is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : throw new JsonException($"\"{name}\" of {owner} is a text.");

    private static double Number(JsonElement json, string name, string owner) => Member(json, name, owner) is { ValueKind: JsonValueKind.Number } number
        ? number.GetDouble()
        : throw new JsonException($"\"{name}\" of {owner} is a number.");

    private static int Whole(JsonElement json, string name, string owner) => Member(json, name, owner) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int whole)
        ? whole
        : throw new JsonException($"\"{name}\" of {owner} is a whole number.");

    private static ParameterValue[] Values(JsonElement json, string owner) => Member(json, "values", owner) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(ParameterValue.Read)]
        : throw new JsonException($"\"values\" of {owner} is a list.");

    private static void Check(JsonElement json, string owner, params ReadOnlySpan<string> known)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"{owner} is an object, not {json.GetRawText()}.");
        }

        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw new JsonException($"{owner} has no \"{property.Name}\". Known are {string.Join(", ", known.ToArray())}.");
            }
        }
    }
}
