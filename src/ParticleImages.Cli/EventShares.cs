using System.CommandLine;
using System.Runtime.InteropServices;

namespace ParticleImages.Cli;

/// <summary>
/// Which events train, validate and test: consecutive ranges of each class, in this order, as <see cref="EventSource.SplitPerClass"/> takes them. Unlike there a share may be asked
/// for, and all others train.
/// </summary>
internal sealed class EventShares
{
    private readonly Option<string?> training = new("--train")
    {
        Description = "Events of each class to train on, a number or a share; by default all that the others leave.",
        HelpName = "N|SHARE",
    };

    private readonly Option<string> validation = new("--validation")
    {
        Description = "Events of each class to judge every epoch by, a number such as 1000 or a share such as 0.2; 0 for none. They follow those to train on.",
        HelpName = "N|SHARE",
        DefaultValueFactory = _ => "0.2",
    };

    private readonly Option<string> test = new("--test")
    {
        Description = "Events of each class to judge the result by, which nothing is fitted to or chosen by. They follow those to validate on.",
        HelpName = "N|SHARE",
        DefaultValueFactory = _ => "0",
    };

    public void AddTo(Command command)
    {
        command.Add(training);
        command.Add(validation);
        command.Add(test);
    }

    /// <exception cref="UsageException">An amount can't be meant.</exception>
    public Amounts Read(ParseResult parsed)
    {
        Amount? train = parsed.GetValue(training) is { } text ? Amount.Parse(training.Name, text) : null;
        return train is { IsNone: true }
            ? throw new UsageException($"{train}: without events there is nothing to train on.")
            : new Amounts(
                train,
                Amount.Parse(validation.Name, parsed.GetValue(validation)!),
                Amount.Parse(test.Name, parsed.GetValue(test)!));
    }

    /// <summary>What was asked for, before any file is open.</summary>
    internal sealed record Amounts(Amount? Train, Amount Validation, Amount Test)
    {
        /// <summary>Views of the events.</summary>
        /// <exception cref="InvalidOperationException">A class has too few events.</exception>
        public (EventSource Train, EventSource Validation, EventSource Test) Of(EventSource events)
        {
            var labels = new int[events.Count];
            events.ReadLabels(0, labels);
            List<int> train = [], validation = [], test = [];
            foreach (int label in new[] { ParticleLabel.Photon, ParticleLabel.Electron })
            {
                int[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label)];
                (int trained, int validated, int tested) = Sizes(rows.Length, ParticleLabel.NameOf(label), events.Name);
                train.AddRange(rows.AsSpan(0, trained));
                validation.AddRange(rows.AsSpan(trained, validated));
                test.AddRange(rows.AsSpan(trained + validated, tested));
            }

            return (View(train), View(validation), View(test));

            EventSource View(List<int> rows)
            {
                rows.Sort();
                return events.Select(CollectionsMarshal.AsSpan(rows));
            }
        }

        private (int Train, int Validation, int Test) Sizes(int events, string name, string source)
        {
            if (events == 0)
            {
                throw new InvalidOperationException($"{source} has no {name}: a training needs events of both classes. Add a file of {name}s.");
            }

            (int validated, int tested) = (Required(Validation), Required(Test));
            long left = (long)events - validated - tested;
            int trained = Train is null ? (int)Math.Max(0, left) : Required(Train);
            return trained <= left && left > 0
                ? (trained, validated, tested)
                : throw new InvalidOperationException(
                    $"{source} has {Sentence.Count(events, name)}; {(Train is null ? "" : $"{Train}, ")}{Validation} and {Test} together ask for "
                    + $"{Sentence.Invariant($"{trained + (long)validated + tested}")}{(Train is null ? " and leave none to train on" : "")}. Ask for fewer, or add files.");

            int Required(Amount amount)
            {
                int taken = amount.Of(events);
                return taken > 0 || amount.IsNone
                    ? taken
                    : throw new InvalidOperationException(
                        $"{amount} of the {Sentence.Count(events, name)} of {source} is no event at all. Ask for a number of events, for a larger share, or add files.");
            }
        }
    }
}
