using System.Text.Json;

namespace ParticleImages.Voxelization;

/// <summary>Scaling steps as a JSON array of objects.</summary>
internal static class ScalingJson
{
    private static readonly string[] Steps = ["factor", "log1p", "squareRoot", "eventMaximum", "standardise"];

    public static void Write(Utf8JsonWriter writer, string name, IEnumerable<VoxelScaling> steps)
    {
        writer.WriteStartArray(name);
        foreach (VoxelScaling step in steps)
        {
            writer.WriteStartObject();
            writer.WriteString("step", Steps[(int)step.Kind]);
            if (step.Factor is double factor)
            {
                JsonNumber.Write(writer, "factor", factor);
            }

            if (step.Kind == ScalingKind.Standardise)
            {
                writer.WriteBoolean("subtractMean", step.SubtractsMean);
                if (step is { Mean: double mean, Deviation: double deviation })
                {
                    JsonNumber.Write(writer, "mean", mean);
                    JsonNumber.Write(writer, "deviation", deviation);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static VoxelScaling Read(JsonPart part)
    {
        var kind = (ScalingKind)part.Choice("step", Steps);
        switch (kind)
        {
            case ScalingKind.Factor:
                part.Allow("step", "factor");
                return VoxelScaling.By(part.Number("factor"));
            case ScalingKind.Standardise:
                part.Allow("step", "subtractMean", "mean", "deviation");
                VoxelScaling step = VoxelScaling.Standardise(part.Flag("subtractMean"));
                return part.Has("mean") || part.Has("deviation") ? step.Fitted(part.Number("mean"), part.Number("deviation")) : step;
            default:
                part.Allow("step");
                return kind switch
                {
                    ScalingKind.Log1p => VoxelScaling.Log1p,
                    ScalingKind.SquareRoot => VoxelScaling.SquareRoot,
                    _ => VoxelScaling.EventMaximum,
                };
        }
    }
}
