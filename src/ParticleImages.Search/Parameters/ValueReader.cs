using System.Globalization;

namespace ParticleImages.Search;

/// <summary>Values as the types that our own axes are read in.</summary>
internal static class ValueReader<T>
{
    public static T Read(ParameterValue value)
    {
        Type type = typeof(T);
        object read = type switch
        {
            _ when type == typeof(ParameterValue) => value,
            _ when type == typeof(string) => value.AsText(),
            _ when type == typeof(bool) => value.AsBoolean(),
            _ when type.IsEnum => Enum.Parse(type, value.AsText()),
            _ when value.Kind == ParameterValueKind.Integer => Convert.ChangeType(value.AsInteger(), type, CultureInfo.InvariantCulture),
            _ => Convert.ChangeType(value.AsNumber(), type, CultureInfo.InvariantCulture),
        };
        return (T)read;
    }
}
