using System.Text.Json;

namespace ParticleImages.Voxelization;

/// <summary>A time axis as a JSON object.</summary>
internal static class TimeAxisJson
{
    private static readonly string[] Kinds = ["edges", "quantiles", "distinctTimes"];

    public static void Write(Utf8JsonWriter writer, string name, TimeAxis axis)
    {
        writer.WriteStartObject(name);
        writer.WriteString("kind", Kinds[(int)axis.Kind]);
        if (axis.Kind == TimeAxisKind.Edges)
        {
            writer.WriteStartArray("edges");
            foreach (double edge in axis.Edges)
            {
                JsonNumber.Write(writer, edge);
            }

            writer.WriteEndArray();
        }
        else if (axis.Bins > 0)
        {
            writer.WriteNumber("bins", axis.Bins);
        }

        writer.WriteString("outside", axis.OutsidePolicy == OutsideTime.Drop ? "drop" : "nearest");
        writer.WriteEndObject();
    }

    public static TimeAxis Read(JsonPart part)
    {
        TimeAxis axis;
        switch (part.Choice("kind", Kinds))
        {
            case 0:
                part.Allow("kind", "edges", "outside");
                axis = TimeAxis.FromEdges([.. part.Items("edges").Select(edge => edge.Number())]);
                break;
            case 1:
                part.Allow("kind", "bins", "outside");
                axis = TimeAxis.Quantiles(part.Integer("bins"));
                break;
            default:
                part.Allow("kind", "bins", "outside");
                axis = part.Has("bins") ? TimeAxis.DistinctTimes(part.Integer("bins")) : TimeAxis.DistinctTimes();
                break;
        }

        return axis.Outside(part.Choice("outside", "drop", "nearest") == 0 ? OutsideTime.Drop : OutsideTime.Nearest);
    }
}
