using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Plotting;
using ParticleImages.Plotting.Networks;
using ParticleImages.Search;
using ParticleImages.Voxelization;

namespace Gallery;

/// <summary>Draws every kind of picture once. The page shows the code of each, at most five lines.</summary>
internal sealed class Pictures(GalleryData data, string folder)
{
    private readonly EventSource events = data.Events;
    private readonly EventBatch batch = data.Batch;
    private readonly EventDistributions distributions = data.Distributions;
    private readonly Voxelizer voxelizer = data.Voxelizer;
    private readonly VoxelNetwork network = data.Network;
    private readonly EvaluationResult result = data.Result;
    private readonly EvaluationResult other = data.Other;
    private readonly TrainingHistory[] histories = data.Histories;
    private readonly TrainingHistory[] otherHistories = data.OtherHistories;
    private readonly ScanResult scan = data.Searched;
    private readonly ScanResult twoObjectives = data.TwoObjectives;

    /// <summary>Draws all of them.</summary>
    public void Draw()
    {
        DrawEvents();
        DrawDistributions();
        DrawTraining();
        DrawNetwork();
        DrawScans();
    }

    private string In(string name) => Path.Combine(folder, name);

    // group: Events
    private void DrawEvents()
    {
        // picture events.png: Energy and time of single events
        Picture.Events(batch).Save(In("events.png"));

        // picture mean-images.png: Mean energy of each class, logarithmic
        Picture.MeanImages(distributions).Save(In("mean-images.png"));

        // picture movie.gif: An event as a movie: earlier deposits linger
        Picture.Movie(voxelizer, batch, index: 0).Save(In("movie.gif"));

        // picture movie.png: The same movie folded out
        Picture.Movie(voxelizer, batch, index: 0).Save(In("movie.png"));

        // picture projections.png: The three projections of an event's voxels
        Picture.Projections(voxelizer, batch, index: 0).Save(In("projections.png"));

        // picture space-time.png: A shower in space and time; as .html it can be turned
        Picture.SpaceTime(batch, index: 0).TimeWithin(5).Save(In("space-time.png"));
    }

    // group: Distributions
    private void DrawDistributions()
    {
        // picture energies.png: Energies of hits
        Picture.EnergySpectrum(distributions).Save(In("energies.png"));

        // picture times.png: Absolute times of hits, and their cumulative share
        Picture.AbsoluteTimes(distributions).UpTo(10).Save(In("times.png"));

        // picture hits.png: Hits an event
        Picture.HitsAnEvent(distributions).Save(In("hits.png"));

        // picture containment.png: Energy within a crop
        Picture.Containment(distributions).Save(In("containment.png"));

        // picture cut-flow.png: What each cut leaves
        Picture.CutFlow(voxelizer.CountCuts(events)).Save(In("cut-flow.png"));
    }

    // group: Training
    private void DrawTraining()
    {
        // picture history.png: Loss, accuracy, area and learning rate by epoch
        Picture.History(histories[0]).Save(In("history.png"));

        // picture histories.png: Several trainings: median and spread
        Picture.Histories(histories, "8 maps").Compare("2 maps", otherHistories).Save(In("histories.png"));

        // picture roc.png: ROC curves with areas and working points
        Picture.Roc(result.Roc, "8 maps").Compare("2 maps", other.Roc).WorkingPoints(0.5, 0.8, 0.9).Save(In("roc.png"));

        // picture rejection.png: Photon rejection against electron efficiency
        Picture.Rejection(result.Roc, "8 maps").Compare("2 maps", other.Roc).WorkingPoints(0.5, 0.8, 0.9).Save(In("rejection.png"));

        // picture scores.png: Scores by class
        Picture.Scores(result).Save(In("scores.png"));

        // picture calibration.png: Whether scores are probabilities
        Picture.Calibration(result, "8 maps").Compare("2 maps", other).Save(In("calibration.png"));

        // picture confusion.png: The confusion matrix
        Picture.Confusion(result).Save(In("confusion.png"));
    }

    // group: Networks
    private void DrawNetwork()
    {
        // picture network.svg: A network's layers, shapes and parameters
        Picture.Network(network.Description).Save(In("network.svg"));

        // picture kernels.png: The kernels of the first layer
        Picture.Kernels(network).Save(In("kernels.png"));

        // picture occlusion.png: What a prediction rests on: the logit without each hit
        Picture.Occlusion(Occlusion.Of(network, voxelizer, batch, index: 0)).Save(In("occlusion.png"));
    }

    // group: Scans
    private void DrawScans()
    {
        // picture trials.png: Trial by trial, and the best so far
        Picture.Trials(scan).Save(In("trials.png"));

        // picture parallel-coordinates.png: Parallel coordinates
        Picture.ParallelCoordinates(scan).Save(In("parallel-coordinates.png"));

        // picture importances.png: Which parameters matter
        Picture.Importances(scan).Save(In("importances.png"));

        // picture correlations.png: Correlations of parameters and metrics
        Picture.Correlations(scan).Save(In("correlations.png"));

        // picture slices.png: The objective along each parameter
        Picture.Slices(scan).Save(In("slices.png"));

        // picture contour.png: The objective over two parameters
        Picture.Contour(scan, "learning_rate", "energy_above").Save(In("contour.png"));

        // picture learning-curves.png: Learning curves, and where trials were pruned
        Picture.LearningCurves(scan).Save(In("learning-curves.png"));

        // picture pareto-front.png: Two objectives and their Pareto front
        Picture.ParetoFront(twoObjectives).Save(In("pareto-front.png"));
    }
}
