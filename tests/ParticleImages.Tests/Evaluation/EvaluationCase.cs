using System.Text.Json;

namespace ParticleImages.Tests.Evaluation;

/// <summary>A stored set of scored events with what scikit-learn made of it: Data/evaluation/make_cases.py.</summary>
public sealed record EvaluationCase(
    string Name,
    double[] Scores,
    int[] Labels,
    double[] BackgroundEfficiency,
    double[] SignalEfficiency,
    double[] Thresholds,
    double Area,
    double? StandardError,
    double[] Efficiencies,
    double[] BackgroundAt,
    double[] SignalAt,
    int[] Confusion,
    double Accuracy,
    double Recall,
    double? Precision,
    double LogLoss)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly EvaluationCase[] Stored =
        JsonSerializer.Deserialize<EvaluationCase[]>(File.ReadAllText(TestFiles.Data("evaluation/cases.json")), Options)!;

    public static TheoryData<string> Names => [.. Stored.Select(stored => stored.Name)];

    public static EvaluationCase Named(string name) => Stored.Single(stored => stored.Name == name);
}
