using System.Runtime.CompilerServices;

namespace ParticleImages.Plotting.Drawing;

/// <summary>What a unit of the data is, so that pictures can speak of GeV and ns.</summary>
internal sealed record PictureUnits(double Energy, double Time)
{
    /// <summary>50 GeV and 50 ns.</summary>
    public static PictureUnits PublicFiles { get; } = new(50, 50);

    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public static PictureUnits Of(double gigaelectronvolts, double nanoseconds)
    {
        Check(gigaelectronvolts);
        Check(nanoseconds);
        return new PictureUnits(gigaelectronvolts, nanoseconds);
    }

    private static void Check(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "A unit is a finite number above 0.");
        }
    }
}
