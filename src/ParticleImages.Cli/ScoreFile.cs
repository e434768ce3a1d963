using ParticleImages.Numpy;
using ParticleImages.Storage;

namespace ParticleImages.Cli;

/// <summary>Scores of events with their labels, for spreadsheets, pandas and numpy.</summary>
internal sealed class ScoreFile
{
    private readonly float[] scores;
    private readonly int[] labels;
    private readonly int first;

    private ScoreFile(float[] scores, int[] labels, int first) => (this.scores, this.labels, this.first) = (scores, labels, first);

    /// <param name="model">The model.</param>
    /// <param name="events">The events.</param>
    /// <param name="first">The number of the first one.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static ScoreFile Of(ScoringModel model, EventSource events, int first, CancellationToken cancellation)
    {
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        return new ScoreFile(model.Predict(events, cancellation), labels, first);
    }

    /// <summary>Writes a file of the kind that its name says; whole, or it is as it was.</summary>
    public void Write(string path)
    {
        if (path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            NpzFile.Write(path, archive =>
            {
                archive.Add("scores", scores);
                archive.Add("labels", labels);
            });
            return;
        }

        AtomicFile.Write(path, stream =>
        {
            // A line feed on every system, and as many digits as bring the same float back.
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine("event,label,score");
            for (int i = 0; i < scores.Length; i++)
            {
                writer.WriteLine(Sentence.Invariant($"{(long)first + i},{labels[i]},{scores[i]}"));
            }
        });
    }

    public override string ToString()
    {
        int called = scores.Count(score => score >= 0.5f);
        return $"scores of {Sentence.Count(scores.Length, "event")}; {Sentence.Count(scores.Length - called, "photon")}, {Sentence.Count(called, "electron")} by a score of 0.5";
    }
}
