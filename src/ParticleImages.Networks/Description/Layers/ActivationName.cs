namespace ParticleImages.Networks;

/// <summary>Keras' names of the functions.</summary>
internal static class ActivationName
{
    /// <summary>For example <c>leaky_relu</c>.</summary>
    public static string Of(Activation function) => function == Activation.LeakyRelu ? "leaky_relu" : function.ToString().ToLowerInvariant();

    /// <summary>The function of a name, in any case; <c>swish</c> is <c>silu</c>.</summary>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public static Activation Parse(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (name.Equals("swish", StringComparison.OrdinalIgnoreCase))
        {
            return Activation.Silu;
        }

        foreach (Activation function in Enum.GetValues<Activation>())
        {
            if (name.Equals(Of(function), StringComparison.OrdinalIgnoreCase) || name.Equals(function.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return function;
            }
        }

        string reason = name.Equals("softmax", StringComparison.OrdinalIgnoreCase)
            ? "A network ends in Dense(2) without an activation: prediction and loss apply the softmax."
            : $"The functions are {string.Join(", ", Enum.GetValues<Activation>().Select(Of))}, and swish for silu.";
        throw new ArgumentException($"There is no activation '{name}'. {reason}", parameter);
    }
}
