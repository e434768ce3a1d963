using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <content>Pictures of a scan. Each shows the scan as it was when the result was asked for; where nothing has finished yet, it says so.</content>
public abstract partial class Picture
{
    /// <summary>The course of a scan: the objective by trial and the best so far; pruned, failed, infeasible and running trials are told apart.</summary>
    /// <param name="scan">The scan, finished or not.</param>
    /// <returns>The description of the picture.</returns>
    public static TrialsPicture Trials(ScanResult scan) => TrialsPicture.Of(scan);

    /// <summary>Every trial as a line across the axes of all parameters, coloured by the objective.</summary>
    /// <param name="scan">The scan, finished or not.</param>
    /// <returns>The description of the picture.</returns>
    public static ParallelCoordinatesPicture ParallelCoordinates(ScanResult scan) => ParallelCoordinatesPicture.Of(scan);

    /// <summary>How much of an objective's spread each parameter explains. The forest that says so is grown when the picture is first drawn: a second for a thousand trials.</summary>
    /// <param name="scan">The scan; with fewer than four finished configurations the picture says that they are too few.</param>
    /// <returns>The description of the picture.</returns>
    public static ImportancesPicture Importances(ScanResult scan) => ImportancesPicture.Of(scan);

    /// <summary>How much of a metric's spread each parameter explains, found before: by <see cref="ScanResult.Importances"/>, or <see cref="TrialTable.Importances"/> of a table.</summary>
    /// <param name="importances">The shares.</param>
    /// <returns>The description of the picture.</returns>
    public static ImportancesPicture Importances(ParameterImportances importances) => ImportancesPicture.Of(importances);

    /// <summary>How parameters and metrics go together over finished trials: a cell a pair.</summary>
    /// <param name="scan">The scan; with fewer than two finished configurations the picture says that they are too few.</param>
    /// <returns>The description of the picture.</returns>
    public static CorrelationsPicture Correlations(ScanResult scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return CorrelationsPicture.Of(scan.Results, scan.Objectives[0].Metric);
    }

    /// <summary>How parameters and metrics of a table go together: also of one that another program wrote, as <see cref="TalosCsv"/> reads it.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The description of the picture.</returns>
    public static CorrelationsPicture Correlations(TrialTable table) => CorrelationsPicture.Of(table, objective: null);

    /// <summary>The objective against each parameter, a panel each.</summary>
    /// <param name="scan">The scan, finished or not.</param>
    /// <returns>The description of the picture.</returns>
    public static SlicesPicture Slices(ScanResult scan) => SlicesPicture.Of(scan);

    /// <summary>The objective over two parameters as a map, with the trials as dots.</summary>
    /// <param name="scan">The scan, finished or not.</param>
    /// <param name="horizontal">The parameter of the level axis.</param>
    /// <param name="vertical">The parameter of the upright axis, another one.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The space has no such parameter, or both are one.</exception>
    public static ContourPicture Contour(ScanResult scan, string horizontal, string vertical) => ContourPicture.Of(scan, horizontal, vertical);

    /// <summary>What trials reported on their way, a line each by epoch; where pruned ones were ended is marked. Reads the reports from the scan's store.</summary>
    /// <param name="scan">The scan, finished or not.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ObjectDisposedException">The scan's store was disposed of.</exception>
    public static LearningCurvesPicture LearningCurves(ScanResult scan) => LearningCurvesPicture.Of(scan);

    /// <summary>Two objectives against each other, and the front of those configurations that there are to choose from.</summary>
    /// <param name="scan">A scan for two objectives or more.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The scan has one objective only.</exception>
    public static ParetoFrontPicture ParetoFront(ScanResult scan) => ParetoFrontPicture.Of(scan);
}
