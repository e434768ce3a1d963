using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <summary>
/// What a scan's trials came to by one objective. A point is a configuration: where trials are repeated the mean of those that have finished, otherwise its one trial.
/// </summary>
internal sealed class JudgedTrials
{
    private JudgedTrials(ScanResult scan, int place)
    {
        Scan = scan;
        Objective = scan.Objectives[place];
        IsRepeated = scan.Trials.Any(trial => trial.Repeat > 0);
        ConfigurationResult[] finished = [.. scan.Configurations.Where(result => ValueAxis.Reaches(result.Values[place].Value))];
        Undrawn = scan.Configurations.Count - finished.Length;
        TrialRecord[] pruned = [.. scan.Trials.Where(trial => trial.State == TrialState.Pruned && trial.Values.Count > place && ValueAxis.Reaches(trial.Values[place].Value))];

        // Only what is worse may be far out: the best is always in sight.
        Axis = ValueAxis.Of(
            [.. finished.Select(result => result.Values[place].Value), .. pruned.Select(trial => trial.Values[place].Value)], keepsLow: IsLessBetter, keepsHigh: !IsLessBetter);
        Finished =
        [
            .. finished
                .Select(result => new JudgedPoint(
                    NumberOf(result.Trials[0]),
                    result.Configuration,
                    result.Values[place].Value,
                    Axis.PlaceOf(result.Values[place].Value),
                    result.Values[place].StandardError,
                    place == 0 && result.IsLikeBest() == true))
                .OrderBy(point => point.Number),
        ];
        Pruned =
        [
            .. pruned.Select(trial => new JudgedPoint(NumberOf(trial), trial.Configuration, trial.Values[place].Value, Axis.PlaceOf(trial.Values[place].Value), null, false)),
        ];
        Best = Finished.MinBy(point => Objective.Score(point.Value));
        FinishedRange = Axis.RangeOf(Finished.Select(point => point.Value));
        Range = Axis.RangeOf(Finished.Concat(Pruned).Select(point => point.Value));
    }

    public ScanResult Scan { get; }

    public Objective Objective { get; }

    /// <summary>Whether configurations have several trials, so that points are numbered by proposals.</summary>
    public bool IsRepeated { get; }

    /// <summary>By number.</summary>
    public IReadOnlyList<JudgedPoint> Finished { get; }

    /// <summary>How many have finished that are not among them, since no axis reaches to their values.</summary>
    public int Undrawn { get; }

    /// <summary>Each with what it had last reported, by number.</summary>
    public IReadOnlyList<JudgedPoint> Pruned { get; }

    /// <summary>The best of <see cref="Finished"/>, of equal ones the first; null where there is none.</summary>
    public JudgedPoint? Best { get; }

    /// <summary>The objective's axis, logarithmic where values span decades.</summary>
    public ValueAxis Axis { get; }

    /// <summary>The range of places on the axis to show, of finished and pruned trials; null where there is no value.</summary>
    public RobustRange? Range { get; }

    /// <summary>The range of finished trials alone.</summary>
    public RobustRange? FinishedRange { get; }

    public bool IsLessBetter => Objective.Direction == ObjectiveDirection.Minimize;

    /// <summary>Finished points from the best to the worst.</summary>
    public IEnumerable<JudgedPoint> BestFirst => Finished.OrderBy(point => Objective.Score(point.Value));

    /// <summary>What to say where nothing has finished; empty otherwise.</summary>
    public string Notice => Finished.Count > 0 ? ""
        : Scan.Trials.Count == 0 ? "no trial yet"
        : Undrawn > 0 ? $"no finished trial has a {Objective.Metric} that can be drawn"
        : Scan.Trials.Count == 1 ? $"the one trial is {NameOf(Scan.Trials[0].State)}"
        : $"none of {Scan.Trials.Count} trials has finished: "
            + string.Join(", ", Scan.Trials.GroupBy(trial => trial.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {NameOf(group.Key)}"));

    public static JudgedTrials Of(ScanResult scan, int place) => new(scan, place);

    public static string NameOf(TrialState state) => state.ToString().ToLowerInvariant();

    /// <summary>In how many digits values differ that differ on the axis, or among those that finished.</summary>
    public int Digits => Axis.IsLogarithmic ? ShortNumber.UsualDigits
        : new[] { FinishedRange, Range }.OfType<RobustRange>().Select(range => ValueTicks.DigitsBetween(range.Low, range.High)).Append(ShortNumber.UsualDigits).Max();

    /// <summary>A trial's place among the points.</summary>
    public int NumberOf(TrialRecord trial) => IsRepeated ? trial.Proposal : trial.Number;

    /// <summary>The objective's name beside an axis of some length.</summary>
    public string AxisName(float length) => MetricName.Beside(Objective.Metric, Objective.Direction, length);

    /// <summary>The colours of finished trials' values, the better the darker; null where there is no value.</summary>
    public ColorScale? Colors(int? levels = null) =>
        FinishedRange is { } range ? ColorScale.Between(range.Low, range.IsLevel ? range.Low : range.High, IsLessBetter, levels, Axis.IsLogarithmic) : null;
}

/// <summary>A configuration's value by one objective.</summary>
/// <param name="Number">The trial's number, or where trials are repeated the proposal's.</param>
/// <param name="Configuration">What was tried.</param>
/// <param name="Value">One that <see cref="ValueAxis.Reaches"/>.</param>
/// <param name="Place">Where it stands on the objective's axis.</param>
/// <param name="Error">Its standard error; null where it is unknown.</param>
/// <param name="IsLikeBest">Whether it cannot be told from the best by the errors.</param>
internal sealed record JudgedPoint(int Number, Configuration Configuration, double Value, double Place, double? Error, bool IsLikeBest);
