using System.Globalization;
using ParticleImages.Evaluation;

namespace ParticleImages.Terminal;

/// <summary>Epochs as lines of a table that grows, with as many columns as a terminal has room for.</summary>
internal sealed class EpochTable
{
    private static readonly Column[] Known =
    [
        new("epoch", 5, 0, epoch => FormattableString.Invariant($"{epoch.Epoch}")),
        new("loss", 7, 1, epoch => Number(epoch.Loss)),
        new("accuracy", 8, 5, epoch => Number(epoch.Accuracy)),
        new("val_loss", 8, 2, epoch => Number(epoch.ValidationLoss)),
        new("val_accuracy", 12, 4, epoch => Number(epoch.ValidationAccuracy)),
        new("val_auc", 7, 3, epoch => Number(epoch.ValidationArea)),
        new("rate", 8, 7, epoch => FormattableString.Invariant($"{epoch.LearningRate:G3}")),
        new("time", 7, 6, epoch => Pace.Took(TimeSpan.FromSeconds(epoch.Seconds))),
    ];

    private readonly Screen screen;
    private readonly Column[] columns;

    private EpochTable(Screen screen, Column[] columns) => (this.screen, this.columns) = (screen, columns);

    /// <summary>Begins a table with the columns' names.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="example">An epoch; what it lacks gets no column.</param>
    /// <param name="width">Cells in a line.</param>
    public static EpochTable Begin(Screen screen, EpochRecord example, int width)
    {
        int room = width;
        Column[] fitting =
        [
            .. Known.Where(column => !column.IsOfValidation || example.ValidationLoss is not null)
                .OrderBy(column => column.Rank)
                .TakeWhile(column => (room -= column.Width + Sheet.Indent) >= 0),
        ];
        var table = new EpochTable(screen, [.. Known.Where(fitting.Contains)]);
        table.Write(column => column.Name, isNames: true);
        return table;
    }

    /// <summary>An epoch as a sentence, for where there is no table.</summary>
    public static string Sentence(EpochRecord epoch, int epochs)
    {
        string validation = epoch.ValidationLoss is null
            ? ""
            : FormattableString.Invariant($"; validation loss {epoch.ValidationLoss:F4}{Known("accuracy", epoch.ValidationAccuracy)}{Known("AUC", epoch.ValidationArea)}");
        return FormattableString.Invariant(
            $"epoch {epoch.Epoch} of {epochs}: loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:F4}{validation}; learning rate {epoch.LearningRate:G3}; {epoch.Seconds:F1} s");

        static string Known(string name, double? value) => value is { } known ? FormattableString.Invariant($", {name} {known:F4}") : "";
    }

    public void Add(EpochRecord epoch) => Write(column => column.Text(epoch), isNames: false);

    private static string Number(double? value) => value switch
    {
        null => "-",
        { } known when Math.Abs(known) >= 100 => known.ToString("G3", CultureInfo.InvariantCulture),
        { } known => known.ToString("F4", CultureInfo.InvariantCulture),
    };

    private void Write(Func<Column, string> text, bool isNames) => screen.Say(
        new Sheet([[.. columns.Select(column => text(column).PadLeft(column.Width))]]) { HasNames = isNames, IsNumber = _ => true });

    // Ranked by how much it is wanted, 0 most.
    private sealed record Column(string Name, int Width, int Rank, Func<EpochRecord, string> Text)
    {
        public bool IsOfValidation => Name.StartsWith("val_", StringComparison.Ordinal);
    }
}
