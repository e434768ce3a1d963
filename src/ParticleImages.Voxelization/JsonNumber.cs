using System.Globalization;
using System.Text.Json;

namespace ParticleImages.Voxelization;

/// <summary>Numbers that come back from JSON with the same bits.</summary>
internal static class JsonNumber
{
    public static void Write(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        Write(writer, value);
    }

    public static void Write(Utf8JsonWriter writer, double value)
    {
        // The framework's shortest text of 2⁻²⁵ is that of the number beside it (dotnet/runtime issue 46827); 17 digits are always enough.
        if (double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == value)
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteRawValue(value.ToString("E16", CultureInfo.InvariantCulture));
        }
    }
}
