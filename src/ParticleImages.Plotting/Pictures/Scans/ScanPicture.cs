using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <summary>What pictures of a scan have in common: they judge trials by one of the scan's objectives, the first unless another is named.</summary>
/// <typeparam name="TPicture">The picture itself, so that its own verbs may follow.</typeparam>
public abstract class ScanPicture<TPicture> : StyledPicture<TPicture>
    where TPicture : ScanPicture<TPicture>
{
    private readonly int objective;

    private protected ScanPicture(ScanResult scan, int objective, PictureFrame frame)
        : base(frame)
    {
        Scan = scan;
        this.objective = objective;
    }

    /// <summary>Sets by which of the scan's objectives trials are judged; the last call wins.</summary>
    /// <param name="metric">The objective's metric, such as <c>val_loss</c>; the first objective is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The scan has no such objective; the message lists those it has.</exception>
    public TPicture Objective(string metric) => With(Frame, Scan.ObjectiveNumber(metric));

    private protected ScanResult Scan { get; }

    private protected int ObjectiveNumber => objective;

    /// <summary>The trials, judged.</summary>
    private protected JudgedTrials Judge() => JudgedTrials.Of(Scan, objective);

    private protected sealed override TPicture With(PictureFrame frame) => With(frame, objective);

    /// <summary>This picture in another frame or by another objective.</summary>
    private protected abstract TPicture With(PictureFrame frame, int objective);
}
