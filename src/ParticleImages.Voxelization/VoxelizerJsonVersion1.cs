namespace ParticleImages.Voxelization;

/// <summary>The first form of a stored voxelizer: edges, a central crop and one factor. Models saved with it stay readable.</summary>
internal static class VoxelizerJsonVersion1
{
    private static readonly string[] Names =
    [
        "version", "mode", "edges", "outsideTime", "energyThreshold", "timeWindow", "cumulative", "crop", "energyScale",
    ];

    public static Voxelizer Read(JsonPart part)
    {
        part.Allow(Names);
        bool isNotebook = part.Choice("mode", "documented", "notebook") == 1;
        TimeAxis axis = TimeAxis.FromEdges([.. part.Items("edges").Select(edge => edge.Number())])
            .Outside(part.Choice("outsideTime", "drop", "nearest") == 0 ? OutsideTime.Drop : OutsideTime.Nearest);
        Voxelizer voxelizer = VoxelizerJson.WithCuts(axis, isNotebook, part);
        voxelizer = part.IsNull("crop") ? voxelizer : voxelizer.Crop(part.Integer("crop"));
        double factor = part.Number("energyScale");
        VoxelScaling scaling = VoxelScaling.By(factor);
        return factor == 1 ? voxelizer : voxelizer.ScaleEnergy(scaling);
    }
}
