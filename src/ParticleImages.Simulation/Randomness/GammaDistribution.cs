using System.Runtime.CompilerServices;

namespace ParticleImages.Simulation;

/// <summary>
/// Gamma-distributed numbers of scale 1 and a shape of at least 1 (mean and variance equal the shape), by the squeeze
/// of Marsaglia and Tsang, ACM Trans. Math. Softw. 26 (2000) 363: about one normal and one uniform number each.
/// </summary>
internal readonly struct GammaDistribution
{
    private readonly double d;
    private readonly double c;

    public GammaDistribution(double shape)
    {
        d = shape - (1.0 / 3);
        c = 1 / Math.Sqrt(9 * d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sample(RandomStream random)
    {
        while (true)
        {
            double normal = random.NextNormal();
            double root = 1 + (c * normal);
            if (root <= 0)
            {
                continue;
            }

            double cube = root * root * root;
            double square = normal * normal;
            double uniform = random.NextUnit();

            // The first condition implies the second and spares its logarithms 98 times in 100.
            if (uniform < 1 - (0.0331 * square * square)
                || PortableMath.Log(uniform) < (0.5 * square) + (d * (1 - cube + PortableMath.Log(cube))))
            {
                return d * cube;
            }
        }
    }
}
