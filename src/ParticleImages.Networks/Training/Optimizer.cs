using System.Runtime.CompilerServices;
using ParticleImages.Networks.Training;

namespace ParticleImages.Networks;

/// <summary>How a <see cref="Trainer"/> changes weights by their gradients: a rule and its numbers. Immutable; equal when all numbers are.</summary>
/// <remarks>
/// Rules and default numbers are PyTorch's (Keras' Adam differs by ε 10⁻⁷, its RMSprop by a decay of 0.9). Weight decay is applied to
/// all weights alike, biases and norms included, as PyTorch does for one group of parameters. Numbers that a rule does not have are 0.
/// </remarks>
public sealed record Optimizer
{
    private Optimizer(OptimizerKind kind) => Kind = kind;

    /// <summary>The rule.</summary>
    public OptimizerKind Kind { get; }

    /// <summary>What remains of the mean gradient at a step (Adam and its kin: β₁; SGD and RMSprop: their momentum).</summary>
    public double Momentum { get; private init; }

    /// <summary>What remains of the mean squared gradient at a step (Adam and its kin: β₂; RMSprop: α).</summary>
    public double SquareDecay { get; private init; }

    /// <summary>Added to the root of the mean squared gradient.</summary>
    public double Epsilon { get; private init; }

    /// <summary>Share of itself that a weight loses at a step, times the learning rate (SGD: added to the gradient instead, which is the same without momentum).</summary>
    public double WeightDecay { get; private init; }

    /// <summary>Whether momentum looks ahead (Nesterov).</summary>
    public bool IsNesterov { get; private init; }

    /// <summary>Adam: the trainer's choice unless another is set.</summary>
    /// <param name="beta1">What remains of the mean gradient, at least 0 and below 1.</param>
    /// <param name="beta2">What remains of the mean squared gradient, at least 0 and below 1.</param>
    /// <param name="epsilon">Added to the root; positive.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static Optimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => new(OptimizerKind.Adam)
    {
        Momentum = Share(beta1),
        SquareDecay = Share(beta2),
        Epsilon = Positive(epsilon),
    };

    /// <summary>Adam with decoupled weight decay.</summary>
    /// <param name="weightDecay">Share of itself that a weight loses at a step, times the learning rate; not negative.</param>
    /// <param name="beta1">What remains of the mean gradient, at least 0 and below 1.</param>
    /// <param name="beta2">What remains of the mean squared gradient, at least 0 and below 1.</param>
    /// <param name="epsilon">Added to the root; positive.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static Optimizer AdamW(double weightDecay = 0.01, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => new(OptimizerKind.AdamW)
    {
        Momentum = Share(beta1),
        SquareDecay = Share(beta2),
        Epsilon = Positive(epsilon),
        WeightDecay = NotNegative(weightDecay),
    };

    /// <summary>Adam with Nesterov's momentum, with PyTorch's momentum decay of 0.004.</summary>
    /// <param name="beta1">What remains of the mean gradient, at least 0 and below 1.</param>
    /// <param name="beta2">What remains of the mean squared gradient, at least 0 and below 1.</param>
    /// <param name="epsilon">Added to the root; positive.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static Optimizer NAdam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => new(OptimizerKind.NAdam)
    {
        Momentum = Share(beta1),
        SquareDecay = Share(beta2),
        Epsilon = Positive(epsilon),
    };

    /// <summary>Stochastic gradient descent.</summary>
    /// <param name="momentum">What remains of the sum of gradients at a step, at least 0 and below 1.</param>
    /// <param name="isNesterov">Whether momentum looks ahead; needs one.</param>
    /// <param name="weightDecay">Share of itself that is added to a weight's gradient; not negative.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN, or Nesterov is asked for without momentum.</exception>
    public static Optimizer Sgd(double momentum = 0, bool isNesterov = false, double weightDecay = 0) => new(OptimizerKind.Sgd)
    {
        Momentum = isNesterov && momentum == 0
            ? throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Nesterov's rule looks ahead along the momentum, so it needs one, for example 0.9.")
            : Share(momentum),
        IsNesterov = isNesterov,
        WeightDecay = NotNegative(weightDecay),
    };

    /// <summary>RMSprop.</summary>
    /// <param name="decay">What remains of the mean squared gradient (PyTorch's α, Keras' ρ), at least 0 and below 1.</param>
    /// <param name="momentum">What remains of the sum of scaled gradients at a step, at least 0 and below 1.</param>
    /// <param name="epsilon">Added to the root; positive.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static Optimizer RmsProp(double decay = 0.99, double momentum = 0, double epsilon = 1e-8) => new(OptimizerKind.RmsProp)
    {
        Momentum = Share(momentum),
        SquareDecay = Share(decay),
        Epsilon = Positive(epsilon),
    };

    /// <summary>The rule and its numbers in one line, with points as decimal signs.</summary>
    /// <returns>For example <c>Adam(0.9, 0.999, 1E-08)</c>.</returns>
    public override string ToString() => FormattableString.Invariant(Kind switch
    {
        OptimizerKind.Sgd => $"SGD(momentum {Momentum}{(IsNesterov ? ", Nesterov" : "")}, weight decay {WeightDecay})",
        OptimizerKind.RmsProp => $"RMSprop({SquareDecay}, momentum {Momentum}, {Epsilon})",
        OptimizerKind.AdamW => $"AdamW({Momentum}, {SquareDecay}, {Epsilon}, weight decay {WeightDecay})",
        _ => $"{Kind}({Momentum}, {SquareDecay}, {Epsilon})",
    });

    internal WeightUpdate Begin(int weights) => Kind switch
    {
        OptimizerKind.Sgd => new SgdUpdate(this, weights),
        OptimizerKind.RmsProp => new RmsPropUpdate(this, weights),
        OptimizerKind.NAdam => new NAdamUpdate(this, weights),
        _ => new AdamUpdate(this, weights),
    };

    private static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The share that remains is at least 0 and below 1.");

    private static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "ε is a positive number.");

    private static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A weight decay is 0 or a positive number.");
}
