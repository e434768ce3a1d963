namespace ParticleImages.Search;

/// <summary>
/// A density over a space from configurations: around each a kernel, the product of one along each axis, and a flat one beside them. An axis of which a configuration has no value
/// is flat in its kernel, and counts only for configurations that have a value of it.
/// </summary>
internal sealed class ParzenEstimator
{
    private const double Negligible = -50;

    private readonly double[][] places;
    private readonly Axis[] axes;

    // By kernel and axis: the logarithm of what makes the kernel's integral 1.
    private readonly double[] norms;

    /// <param name="space">The space.</param>
    /// <param name="places">Where the kernels stand: positions along the axes, NaN where there is none.</param>
    public ParzenEstimator(ISearchSpace space, double[][] places)
    {
        this.places = places;

        // Scott's rule, about a third of what it says of an even distribution: the good ones are not spread evenly. Chosen on Branin's and Hartmann's functions.
        double width = 0.1 * Math.Pow(places.Length, -1.0 / (space.Parameters.Count + 4));
        axes = [.. space.Parameters.Select(parameter => Axis.Of(parameter, width, places.Length))];
        norms = new double[places.Length * axes.Length];
        for (int kernel = 0; kernel < places.Length; kernel++)
        {
            for (int axis = 0; axis < axes.Length; axis++)
            {
                norms[(kernel * axes.Length) + axis] = axes[axis].LogNorm(places[kernel][axis]);
            }
        }
    }

    /// <summary>Draws a point. An axis that the chosen kernel knows nothing of is drawn evenly.</summary>
    public void Draw(ref SplitMix64 random, Span<double> positions)
    {
        int kernel = random.Below(places.Length + 1);
        for (int axis = 0; axis < positions.Length; axis++)
        {
            double centre = kernel < places.Length ? places[kernel][axis] : double.NaN;
            positions[axis] = double.IsNaN(centre) ? random.Fraction() : axes[axis].Draw(ref random, centre);
        }
    }

    /// <summary>The logarithm of the density at a configuration's place, beside that of an even distribution.</summary>
    public double LogDensity(double[] at)
    {
        // The flat kernel's logarithm is 0.
        double greatest = 0;
        var logs = new double[places.Length];
        for (int kernel = 0; kernel < logs.Length; kernel++)
        {
            logs[kernel] = LogKernel(kernel, at);
            greatest = Math.Max(greatest, logs[kernel]);
        }

        double sum = Math.Exp(-greatest);
        foreach (double log in logs)
        {
            // All of the others together would not change the last digits.
            sum += log - greatest > Negligible ? Math.Exp(log - greatest) : 0;
        }

        return greatest + Math.Log(sum / (logs.Length + 1));
    }

    private double LogKernel(int kernel, double[] at)
    {
        double[] place = places[kernel];
        ReadOnlySpan<double> ownNorms = norms.AsSpan(kernel * axes.Length, axes.Length);
        double log = 0;
        for (int axis = 0; axis < at.Length; axis++)
        {
            // NaN where one of them has no value.
            double distance = at[axis] - place[axis];
            if (!double.IsNaN(distance))
            {
                log += ownNorms[axis] + axes[axis].LogShape(distance);
            }
        }

        return log;
    }

    /// <summary>What kernels are along one axis: normal within the interval where neighbours are alike, else the value itself more often than any other.</summary>
    private sealed record Axis(bool IsOrdered, double Width, double Staying, double LogSame, double LogOther)
    {
        private double Curvature { get; } = -0.5 / (Width * Width);

        public static Axis Of(IParameter parameter, double width, int kernels)
        {
            // A continuum without order has no values that come again; its neighbours are all that can be alike.
            if (parameter.IsOrdered || parameter.Count is null)
            {
                // A kernel much narrower than a cell would never leave it.
                return new Axis(true, Math.Max(width, parameter.Count is { } cells ? 0.5 / cells : 0), 0, 0, 0);
            }

            // As if each kernel had seen its own value once and every value a little, the less the more kernels there are.
            double values = parameter.Count.Value;
            double each = 1.0 / (kernels + 1);
            double staying = 1 / (1 + (values * each));
            double other = (1 - staying) / values;
            return new Axis(false, 0, staying, Math.Log(values * (staying + other)), Math.Log(values * other));
        }

        public double LogNorm(double centre) => !IsOrdered || double.IsNaN(centre)
            ? 0
            : -Math.Log(Width * Math.Sqrt(2 * Math.PI) * (NormalNumbers.Below((1 - centre) / Width) - NormalNumbers.Below(-centre / Width)));

        public double LogShape(double distance) => IsOrdered ? Curvature * distance * distance : distance == 0 ? LogSame : LogOther;

        public double Draw(ref SplitMix64 random, double centre) =>
            IsOrdered ? NormalNumbers.NextWithin(ref random, centre, Width)
            : random.Fraction() < Staying ? centre
            : random.Fraction();
    }
}
