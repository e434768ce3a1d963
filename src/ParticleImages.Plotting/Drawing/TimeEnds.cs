using ParticleImages.Voxelization;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Whether the outer bins of a voxelizer's time axis hold what lies beyond them, too: then their outer edges say nothing of when a hit came.</summary>
internal readonly record struct TimeEnds(bool IsLowOpen, bool IsHighOpen)
{
    /// <summary>The axis' name, with the ends that are open.</summary>
    public string AxisName => (IsLowOpen, IsHighOpen) switch
    {
        (true, true) => "Time (ns), ends open",
        (true, false) => "Time (ns), open below",
        (false, true) => "Time (ns), open above",
        _ => "Time (ns)",
    };

    public static TimeEnds Of(Voxelizer voxelizer)
    {
        bool isNearest = voxelizer.Axis.OutsidePolicy == OutsideTime.Nearest;
        return new TimeEnds(isNearest || voxelizer is { IsCumulative: true, IsNotebookCompatible: true }, isNearest);
    }
}
