using ParticleImages.Networks.Engines.Activations;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>Activation functions of the engines, in every width of vectors, against formulas in double of one value.</summary>
public sealed unsafe class ActivationKernelTests
{
    // Every 32 768th of all float32 values, and around each whole multiple of 1/16 up to 32: about 196 000 values.
    private static readonly float[] Everywhere = [.. Finite(), .. Around()];

    public static TheoryData<Activation, int> FunctionsAndWidths
    {
        get
        {
            var data = new TheoryData<Activation, int>();
            foreach (Activation function in Enum.GetValues<Activation>())
            {
                foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
                {
                    data.Add(function, (int)width);
                }
            }

            return data;
        }
    }

    /// <summary>Holds for every finite float32: values to a unit in the last place, derivatives too wherever they do not cross 0.</summary>
    [Theory]
    [MemberData(nameof(FunctionsAndWidths))]
    public void Functions_and_derivatives_are_those_of_double_rounded_once(Activation function, int width)
    {
        (float[] values, float[] derivatives) = Run(function, (LaneWidth)width, Everywhere);

        for (int i = 0; i < Everywhere.Length; i++)
        {
            float x = Everywhere[i];
            (double value, double derivative) = ActivationReference.Of(function, x);
            Assert.True(IsClose(values[i], value, 0), $"{function}({x:R}) is {value:R}, not {values[i]:R}.");

            // Where a derivative is a sum of two terms that cancel, the digits of the larger term count.
            double cancelled = function is Activation.Gelu or Activation.Silu or Activation.Mish ? 4e-12 * Math.Min(Math.Abs(x), 1) : 0;
            Assert.True(IsClose(derivatives[i], derivative, cancelled), $"{function}'({x:R}) is {derivative:R}, not {derivatives[i]:R}.");
        }
    }

    /// <summary>Holds for every width: an unfinished network must not depend on the processor's vectors by more than rounding, nor at all where there is no number.</summary>
    [Theory]
    [MemberData(nameof(FunctionsAndWidths))]
    public void NaN_and_infinity_come_out_as_from_one_value_at_a_time(Activation function, int width)
    {
        float[] given = [float.NaN, 1, -float.NaN, -1, float.PositiveInfinity, 0, float.NegativeInfinity, -0f, 2, float.NaN];
        (float[] values, float[] derivatives) = Run(function, (LaneWidth)width, given);
        (float[] one, float[] slopes) = Run(function, LaneWidth.Scalar, given);

        for (int i = 0; i < given.Length; i++)
        {
            Assert.True(IsSame(values[i], one[i]), $"{function}({given[i]}) is {one[i]:R} of one value and {values[i]:R} in a vector.");
            Assert.True(IsSame(derivatives[i], slopes[i]), $"{function}'({given[i]}) is {slopes[i]:R} of one value and {derivatives[i]:R} in a vector.");
            Assert.True(float.IsNaN(values[i]) || !float.IsNaN(given[i]), $"{function} makes {values[i]} of NaN.");
        }
    }

    /// <summary>Holds for any number of values in a row: those are replaced, what lies between rows is not touched, and no value depends on its neighbours.</summary>
    [Theory]
    [MemberData(nameof(FunctionsAndWidths))]
    public void Only_the_values_of_rows_are_replaced(Activation function, int width)
    {
        const int Rows = 3;
        const float Untouched = -77;
        for (int count = 1; count <= 19; count++)
        {
            int stride = count + 3;
            var values = new float[Rows * stride];
            var derivatives = new float[Rows * stride];
            Array.Fill(derivatives, Untouched);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = i % stride < count ? MathF.Sin(i) * 3 : Untouched;
            }

            float[] given = [.. values];
            fixed (float* v = values, d = derivatives)
            {
                ActivationKernels.Of((LaneWidth)width).Run(function, v, d, Rows, count, stride);
            }

            for (int i = 0; i < values.Length; i++)
            {
                (float[] value, float[] derivative) = i % stride < count ? Run(function, (LaneWidth)width, [given[i]]) : ([Untouched], [Untouched]);
                Assert.Equal(value[0], values[i]);
                Assert.Equal(derivative[0], derivatives[i]);
            }
        }
    }

    private static (float[] Values, float[] Derivatives) Run(Activation function, LaneWidth width, float[] given)
    {
        float[] values = [.. given];
        var derivatives = new float[given.Length];
        fixed (float* v = values, d = derivatives)
        {
            ActivationKernels.Of(width).Run(function, v, d, 1, given.Length, given.Length);
        }

        return (values, derivatives);
    }

    private static bool IsSame(float a, float b) => (float.IsNaN(a) && float.IsNaN(b)) || a == b || Math.Abs(a - b) <= MathF.BitIncrement(Math.Abs(b)) - Math.Abs(b);

    // Half a unit is rounding; the other half is for values that double puts on the other side of the middle.
    private static bool IsClose(float found, double expected, double allowed)
    {
        var rounded = (float)expected;
        double unit = float.IsInfinity(rounded) ? 0 : MathF.BitIncrement(Math.Abs(rounded)) - (double)Math.Abs(rounded);
        return found == rounded || Math.Abs(found - expected) <= unit + allowed;
    }

    private static IEnumerable<float> Finite() =>
        Enumerable.Range(0, 1 << 17).Select(i => BitConverter.UInt32BitsToSingle(((uint)i << 15) | 12345)).Where(float.IsFinite);

    private static IEnumerable<float> Around() =>
        Enumerable.Range(-512, 1025).Select(i => i / 16f).SelectMany(x => Enumerable.Range(-32, 64).Select(step => x + (step * 1e-4f)));
}
