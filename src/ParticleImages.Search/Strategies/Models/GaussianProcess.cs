namespace ParticleImages.Search;

/// <summary>
/// A Gaussian process over positions in a space (Rasmussen and Williams, MIT Press 2006): Matérn's kernel 5/2 with a length for each axis, and noise. The lengths and the noise are those with
/// the greatest likelihood times a prior, found by Rprop (Blum and Riedmiller, ESANN 2013); the scale follows from them.
/// </summary>
internal sealed class GaussianProcess
{
    private const int Steps = 25;
    private const double LeastNoise = 1e-6;

    private readonly bool[] isOrdered;
    private readonly double[][] places;
    private readonly double[] inverseSquares;
    private readonly KernelMatrix kernel;
    private readonly double[] weights;
    private readonly double scale;

    private GaussianProcess(bool[] isOrdered, double[][] places, double[] values, double[] logs)
    {
        this.isOrdered = isOrdered;
        this.places = places;
        Logs = logs;
        inverseSquares = [.. logs[..^1].Select(log => Math.Exp(-2 * log))];
        kernel = KernelMatrix.Factor(Lower(Math.Exp(logs[^1]))) ?? throw new InvalidOperationException("A kernel matrix with noise is positive definite.");
        weights = [.. values];
        kernel.Solve(weights);
        scale = Math.Max(KernelMatrix.Dot(values, weights) / values.Length, double.Epsilon);
    }

    /// <summary>The logarithms of the lengths and, last, of the noise's share.</summary>
    public double[] Logs { get; }

    /// <summary>Fits a process to values.</summary>
    /// <param name="space">The space.</param>
    /// <param name="places">Where the values were found.</param>
    /// <param name="values">With mean 0 and width about 1.</param>
    public static GaussianProcess Fit(ISearchSpace space, double[][] places, double[] values)
    {
        bool[] isOrdered = [.. space.Parameters.Select(parameter => parameter.IsOrdered || parameter.Count is null)];
        double[][][] distances = [.. Enumerable.Range(0, isOrdered.Length).Select(axis => Distances(places, axis, isOrdered[axis]))];

        // Longer where there are more axes, as distances grow with their number (Hvarfner, Hellsten and Nardi, ICML 2024).
        var prior = new double[isOrdered.Length + 1];
        Array.Fill(prior, Math.Log(0.3 * Math.Sqrt(isOrdered.Length)));
        prior[^1] = Math.Log(1e-4);
        double[] shorter = [.. prior.Select((log, i) => i < isOrdered.Length ? log - 1 : Math.Log(0.05))];

        (double[] Logs, double Loss) best = new[] { prior, shorter }.Select(start => Climb(start, prior, distances, values)).MinBy(found => found.Loss);
        return new GaussianProcess(isOrdered, places, values, best.Logs);
    }

    /// <summary>The same process with other observations.</summary>
    public GaussianProcess With(double[][] otherPlaces, double[] otherValues) => new(isOrdered, otherPlaces, otherValues, Logs);

    /// <summary>What is expected at a place, and how far it may be off.</summary>
    public (double Mean, double Width) At(double[] place)
    {
        var near = new double[places.Length];
        for (int i = 0; i < near.Length; i++)
        {
            double square = 0;
            for (int axis = 0; axis < place.Length; axis++)
            {
                square += Distance(place[axis], places[i][axis], isOrdered[axis]) * inverseSquares[axis];
            }

            near[i] = Matern(square, out _);
        }

        double mean = KernelMatrix.Dot(near, weights);
        kernel.SolveFactor(near);
        return (mean, Math.Sqrt(scale * Math.Max(1 - KernelMatrix.Dot(near, near), 1e-12)));
    }

    // Squared. Where one has no value it is the middle and a step of 1 aside; values without an order are all equally far from each other: distances of points in
    // a Euclidean space all of them, without which the kernel were none.
    private static double Distance(double one, double other, bool isOrdered)
    {
        if (double.IsNaN(one) || double.IsNaN(other))
        {
            return double.IsNaN(one) && double.IsNaN(other) ? 0 : 1 + (isOrdered ? Square((double.IsNaN(one) ? other : one) - 0.5) : 0);
        }

        return isOrdered ? Square(one - other) : one == other ? 0 : 1;
    }

    private static double Square(double number) => number * number;

    private static double[][] Distances(double[][] places, int axis, bool isOrdered) =>
        [.. places.Select((place, row) => places.Take(row).Select(other => Distance(place[axis], other[axis], isOrdered)).ToArray())];

    private static double Matern(double square, out double slope)
    {
        double distance = Math.Sqrt(5 * square);
        double fall = Math.Exp(-distance);

        // By the logarithm of a length, for a squared distance of 1 along its axis.
        slope = 5.0 / 3 * (1 + distance) * fall;
        return (1 + distance + (distance * distance / 3)) * fall;
    }

    private double[][] Lower(double noise) =>
    [
        .. places.Select((place, row) =>
        {
            var line = new double[row + 1];
            for (int column = 0; column < row; column++)
            {
                double square = 0;
                for (int axis = 0; axis < place.Length; axis++)
                {
                    square += Distance(place[axis], places[column][axis], isOrdered[axis]) * inverseSquares[axis];
                }

                line[column] = Matern(square, out _);
            }

            line[row] = 1 + noise;
            return line;
        }),
    ];

    private static (double[] Logs, double Loss) Climb(double[] start, double[] prior, double[][][] distances, double[] values)
    {
        double[] logs = [.. start];
        double[] best = [.. start];
        double least = double.PositiveInfinity;
        var steps = new double[logs.Length];
        Array.Fill(steps, 0.2);
        var before = new double[logs.Length];
        for (int step = 0; step < Steps; step++)
        {
            (double loss, double[] slopes) = Loss(logs, prior, distances, values);
            if (loss < least)
            {
                least = loss;
                logs.CopyTo(best, 0);
            }

            for (int i = 0; i < logs.Length; i++)
            {
                steps[i] = Math.Clamp(steps[i] * (Math.Sign(slopes[i] * before[i]) switch { > 0 => 1.5, < 0 => 0.5, _ => 1 }), 1e-3, 1);
                logs[i] -= steps[i] * Math.Sign(slopes[i]);
                before[i] = slopes[i];
            }

            logs[^1] = Math.Clamp(logs[^1], Math.Log(LeastNoise), 0);
        }

        return (best, least);
    }

    // Less the logarithm of the likelihood at the best scale, and of the prior.
    private static (double Loss, double[] Slopes) Loss(double[] logs, double[] prior, double[][][] distances, double[] values)
    {
        int count = values.Length;
        int axes = distances.Length;
        double noise = Math.Exp(logs[^1]);
        double[] inverseSquares = [.. logs[..^1].Select(log => Math.Exp(-2 * log))];
        var lower = new double[count][];
        var slopeOf = new double[count][];
        for (int row = 0; row < count; row++)
        {
            lower[row] = new double[row + 1];
            slopeOf[row] = new double[row];
            for (int column = 0; column < row; column++)
            {
                double square = 0;
                for (int axis = 0; axis < axes; axis++)
                {
                    square += distances[axis][row][column] * inverseSquares[axis];
                }

                lower[row][column] = Matern(square, out slopeOf[row][column]);
            }

            lower[row][row] = 1 + noise;
        }

        var slopes = new double[logs.Length];
        if (KernelMatrix.Factor(lower) is not { } kernel)
        {
            return (double.PositiveInfinity, slopes);
        }

        double[] weights = [.. values];
        kernel.Solve(weights);
        double scale = Math.Max(KernelMatrix.Dot(values, weights) / count, double.Epsilon);
        double[][] inverse = kernel.Inverse();
        double loss = 0.5 * ((count * Math.Log(scale)) + kernel.LogDeterminant);
        for (int row = 0; row < count; row++)
        {
            // Off the diagonal each pair counts twice, which the half before the sum undoes.
            for (int column = 0; column < row; column++)
            {
                double share = (inverse[row][column] - (weights[row] * weights[column] / scale)) * slopeOf[row][column];
                for (int axis = 0; axis < axes; axis++)
                {
                    slopes[axis] += share * distances[axis][row][column] * inverseSquares[axis];
                }
            }

            slopes[^1] += 0.5 * noise * (inverse[row][row] - (weights[row] * weights[row] / scale));
        }

        for (int i = 0; i < logs.Length; i++)
        {
            // Normal in the logarithm: of width 1 for the lengths, 3 for the noise.
            double width = i < axes ? 1 : 3;
            double off = (logs[i] - prior[i]) / width;
            loss += 0.5 * off * off;
            slopes[i] += off / width;
        }

        return (loss, slopes);
    }
}
