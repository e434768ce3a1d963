using System.Text.Json;

namespace ParticleImages.Voxelization;

/// <summary>A part of a stored voxelizer, read strictly: what is missing, unknown or of another type is refused by its name.</summary>
internal readonly struct JsonPart
{
    private readonly JsonElement element;
    private readonly string place;

    /// <summary>Takes an element and what messages call it.</summary>
    public JsonPart(JsonElement element, string place)
    {
        this.element = element;
        this.place = place;
    }

    /// <summary>Refuses properties that are not expected; ignoring what they may mean would bin otherwise than was stored.</summary>
    public void Allow(params string[] names)
    {
        RequireObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw Malformed($"there is an unknown property '{property.Name}'; known are {string.Join(", ", names)}");
            }
        }
    }

    public bool Has(string name) => element.TryGetProperty(name, out _);

    public bool IsNull(string name) => Property(name).element.ValueKind == JsonValueKind.Null;

    public JsonPart Object(string name)
    {
        JsonPart part = Property(name);
        part.RequireObject();
        return part;
    }

    public IReadOnlyList<JsonPart> Items(string name)
    {
        JsonElement array = Property(name).element;
        return array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select((item, index) => new JsonPart(item, $"'{name}[{index}]'"))]
            : throw Malformed($"'{name}' is {Described(array)} instead of an array");
    }

    public double? NumberOrNull(string name) => IsNull(name) ? null : Number(name);

    public double Number(string name) => Property(name).Number();

    public double Number() => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number)
        ? number
        : throw Malformed($"{place} is {Described(element)} instead of a number");

    public int Integer(string name)
    {
        JsonPart part = Property(name);
        return part.element.ValueKind == JsonValueKind.Number && part.element.TryGetInt32(out int number)
            ? number
            : throw Malformed($"'{name}' is {Described(part.element)} instead of a whole number");
    }

    public bool Flag(string name)
    {
        JsonElement value = Property(name).element;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Malformed($"'{name}' is {Described(value)} instead of true or false");
    }

    /// <summary>The number of the word among those allowed.</summary>
    public int Choice(string name, params string[] words) => Property(name).Choice(words);

    public int Choice(params string[] words)
    {
        int found = element.ValueKind == JsonValueKind.String ? Array.IndexOf(words, element.GetString()) : -1;
        return found >= 0
            ? found
            : throw Malformed($"{place} is {Described(element)} instead of {string.Join(", ", words[..^1].Select(word => $"\"{word}\""))} or \"{words[^1]}\"");
    }

    public static FormatException Malformed(string what, Exception? cause = null) =>
        new($"The voxelizer's JSON can't be used: {what}. Store it whole with Voxelizer.ToJson and leave it unedited.", cause);

    private JsonPart Property(string name)
    {
        RequireObject();
        return element.TryGetProperty(name, out JsonElement value) ? new JsonPart(value, $"'{name}'") : throw Malformed($"property '{name}' is missing");
    }

    private void RequireObject()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Malformed($"{place} is {Described(element)} instead of an object");
        }
    }

    // A long text would hide the sentence around it.
    private static string Described(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ when value.GetRawText() is { Length: <= 40 } text => text,
        _ => $"a long {value.ValueKind.ToString().ToLowerInvariant()}",
    };
}
