namespace ParticleImages.Search;

/// <summary>The names of a table's own columns, and what a column says by its name and place: files hold names only.</summary>
internal static class ColumnRoles
{
    public const string Start = "start";
    public const string End = "end";
    public const string Duration = "duration";
    public const string Epochs = "round_epochs";
    public const string State = "state";
    public const string Trial = "trial";
    public const string Repeat = "repeat";
    public const string Seed = "seed";
    public const string Message = "message";
    public const string Step = "step";
    public const string ErrorEnding = "_error";

    private static readonly string[] Clock = [Start, End, Duration];
    private static readonly string[] Own = [Epochs, State, Trial, Repeat, Seed, Message];

    // What Keras, Talos and we call metrics, for tables that do not say by their layout.
    private static readonly HashSet<string> Metrics =
    [
        "loss", "acc", "accuracy", "auc", "precision", "recall", "mae", "mse", "mape", "msle", "rmse", "rmae", "mean_absolute_error", "mean_squared_error",
        "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "fmeasure", "fmeasure_acc", "f1score", "f1_score", "matthews", "matthews_acc", "precision_acc", "recall_acc",
    ];

    public static bool IsOwn(string name) => Clock.Contains(name) || Own.Contains(name);

    /// <summary>The roles of columns by their names.</summary>
    /// <param name="names">All names of a table, in order.</param>
    /// <param name="metrics">Which are metrics, where the layout leaves that open; empty for the usual ones.</param>
    public static TrialColumnRole[] Of(IReadOnlyList<string> names, IReadOnlyCollection<string> metrics)
    {
        // In our own tables the state ends the metrics, and the trial's number the parameters.
        int state = IndexOf(names, State);
        int trial = IndexOf(names, Trial);
        bool isOurs = metrics.Count == 0 && state >= 0 && trial > state && IndexOf(names, Epochs) >= 0;
        bool isHistory = metrics.Count == 0 && names is [Trial, Step, ..];
        var roles = new TrialColumnRole[names.Count];
        for (int i = 0; i < roles.Length; i++)
        {
            roles[i] = names[i] switch
            {
                Step when isHistory => TrialColumnRole.Trial,
                _ when Clock.Contains(names[i]) => TrialColumnRole.Clock,
                _ when Own.Contains(names[i]) => TrialColumnRole.Trial,
                _ when isOurs && i > trial => TrialColumnRole.Note,
                _ when isOurs && i > state => TrialColumnRole.Parameter,
                _ when isOurs || isHistory => i > 0 && names[i] == names[i - 1] + ErrorEnding ? TrialColumnRole.Error : TrialColumnRole.Metric,
                _ when metrics.Count > 0 => metrics.Contains(names[i]) ? TrialColumnRole.Metric : TrialColumnRole.Parameter,
                _ => IsMetric(names[i], names) ? TrialColumnRole.Metric : TrialColumnRole.Parameter,
            };
        }

        return roles;
    }

    private static bool IsMetric(string name, IReadOnlyList<string> names) =>
        name.StartsWith("val_", StringComparison.Ordinal) || Metrics.Contains(name) || names.Contains("val_" + name);

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
