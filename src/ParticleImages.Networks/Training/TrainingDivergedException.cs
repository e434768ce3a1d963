using System.Globalization;

namespace ParticleImages.Networks;

/// <summary>A training whose loss became NaN or infinite. The message names the epoch and the step.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <summary>Makes an exception without a message.</summary>
    public TrainingDivergedException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Its cause.</param>
    public TrainingDivergedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Names what is no longer finite and where; step 0 stands for the time after the epoch's last step.</summary>
    internal TrainingDivergedException(int epoch, int step, string what, double learningRate)
        : base($"{what} {(step == 0 ? $"after epoch {epoch}" : $"in epoch {epoch}, step {step}")}"
            + $", at learning rate {learningRate.ToString(CultureInfo.InvariantCulture)}. Lower the learning rate, or look for events with very large energies.")
    {
        Epoch = epoch;
        Step = step;
    }

    /// <summary>The epoch, from 1; 0 if not known.</summary>
    public int Epoch { get; }

    /// <summary>The step within the epoch, from 1; 0 after the last step, or if not known.</summary>
    public int Step { get; }
}
