using CustomSearch;
using ParticleImages.Search;
using Samples;

// The search in a program that is not ours: an own axis, an own space and an own strategy, each one small interface, and nothing of the library but
// ParticleImages.Search. It checks what it shows; the exit code is 0 only if everything held.
var checks = new Checks();

checks.Begin("1. An axis of one's own beside ours: in which order to read out eight crystals, and how slowly");
var order = new PermutationParameter("order", crystals: 8);
Parameter<double> pause = Parameter.Steps("pause", 0, 2, step: 0.25);
SearchSpace readout = SearchSpace.Of(order, pause).Where("pause < 1.9");
using ITrialStore readoutStore = TrialStore.InMemory();
ScanResult orders = await Scan.Over(readout).With(SearchStrategy.Tpe(trials: 150, seed: 7)).Minimize("cost").StoreIn(readoutStore).RunAsync(ReadoutCost);
TrialRecord best = Best(orders);
double usual = Cost(new ReadoutOrder("01234567"), 0.5);
checks.Say($"{readout.Count} configurations; the best of {orders.Trials.Count}: {best.Configuration}, cost {best.Values[0].Value:F3}; one crystal after the other costs {usual:F3}");
checks.Hold(readout.Count == 40320 * 9, "the space has 8! · 9 configurations");
checks.Hold(best.Values[0].Value < usual, "an order was found that is better than one crystal after the other");
checks.Hold(readout.Refusal(Configuration.Of(("order", "01234566"), ("pause", 0))) is not null, $"what is no order is refused: {readout.Refusal(Configuration.Of(("order", "01234566"), ("pause", 0)))}");

checks.Begin("2. A whole space of one's own: three thresholds that rise");
var trigger = new TriggerSpace(limit: 100);
checks.Hold(trigger.Count == 1140, "of 20 steps there are 20 · 19 · 18 / 6 = 1140 triples");
using ITrialStore gridStore = TrialStore.InMemory();
ScanResult grid = await Scan.Over(trigger).With(SearchStrategy.Grid()).Maximize("significance").StoreIn(gridStore).RunAsync(Significance);
checks.Hold(grid.Ended == ScanEnd.Complete && grid.Trials.Count == trigger.Count, $"a grid tried all {grid.Trials.Count}");
checks.Hold(grid.Trials.All(trial => trigger.Refusal(trial.Configuration) is null), "in all of them the thresholds rise");
double highest = Best(grid).Values[0].Value;
checks.Say(
    ["low (MeV)", "middle (MeV)", "high (MeV)", "significance"],
    grid.Trials.OrderByDescending(trial => trial.Values[0].Value).Take(3).Select(trial => (string[])[.. trial.Configuration.Select(pair => pair.Value.ToString()), $"{trial.Values[0].Value:F4}"]));
checks.Say($"the best of all: {Best(grid).Configuration} MeV, significance {highest:F4}");

checks.Begin("3. A strategy of one's own: annealing, stopped after 40 of 120 trials and run on");
var annealing = SearchStrategy.Of(new AnnealingStrategy(trials: 120, temperature: 0.2), trials: 120, seed: 11);
using ITrialStore wholeStore = TrialStore.InMemory();
using ITrialStore brokenStore = TrialStore.InMemory();
ScanResult whole = await Anneal(wholeStore).RunAsync(Significance);
ScanResult first = await Anneal(brokenStore).AtMost(40).RunAsync(Significance);
ScanResult rest = await Anneal(brokenStore).RunAsync(Significance);
checks.Hold(first.Ended == ScanEnd.RoundLimit && first.Trials.Count(trial => trial.HasEnded) == 40, "the first run ended after 40 trials");
checks.Hold(rest.Trials.Select(trial => trial.Configuration).SequenceEqual(whole.Trials.Select(trial => trial.Configuration)), "the second went on with the proposals of a run without a break");
checks.Hold(whole.Trials.Select(trial => trial.Configuration).Distinct().Count() == 120, "nothing was tried twice");
double found = Best(whole).Values[0].Value;
checks.Say($"the best of 120: {Best(whole).Configuration} MeV, significance {found:F4}");
checks.Hold(found > 0.98 * highest, $"a tenth of the space led to {100 * found / highest:F1} % of the best");

return checks.End();

Scan Anneal(ITrialStore store) => Scan.Over(trigger).With(annealing).Maximize("significance").StoreIn(store);

double ReadoutCost(Trial trial) => Cost(trial.Get(order), trial.Get(pause));

// What leaks over fades with the pause between two crystals, which costs time.
static double Cost(ReadoutOrder order, double pause) => (order.Crosstalk() * Math.Exp(-pause)) + (0.1 * pause);

// What a made-up trigger keeps of a signal of 60 MeV over the root of the background, which falls with energy, with a rate for each of three streams.
double Significance(Trial trial)
{
    double significance = 0;
    (double low, double middle, double high) = (trial.Get(trigger.Low), trial.Get(trigger.Middle), trial.Get(trigger.High));
    foreach ((double from, double to) in new[] { (low, middle), (middle, high), (high, 200.0) })
    {
        double signal = Kept(from) - Kept(to);
        double background = Math.Exp(-from / 25) - Math.Exp(-to / 25) + 0.01;
        significance += signal * signal / background;
    }

    return Math.Sqrt(significance);
}

static double Kept(double threshold) => 1 / (1 + Math.Exp((threshold - 60) / 12));

static TrialRecord Best(ScanResult result) => result.Trials.Where(trial => trial.State == TrialState.Finished).Aggregate(
    (one, other) => result.Objectives[0].IsBetter(other.Values[0].Value, one.Values[0].Value) ? other : one);
