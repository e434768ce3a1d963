using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ParticleImages.Search;

/// <summary>A positive definite matrix by its Cholesky factor, a row of the lower triangle after the other.</summary>
internal sealed class KernelMatrix
{
    private readonly double[][] factor;

    private KernelMatrix(double[][] factor) => this.factor = factor;

    public double LogDeterminant => 2 * factor.Select((row, i) => Math.Log(row[i])).Sum();

    /// <summary>Factors a matrix of which the lower triangle is given, in place; null where it is not positive definite.</summary>
    public static KernelMatrix? Factor(double[][] lower)
    {
        for (int row = 0; row < lower.Length; row++)
        {
            double[] own = lower[row];
            for (int column = 0; column < row; column++)
            {
                own[column] = (own[column] - Dot(own.AsSpan(0, column), lower[column])) / lower[column][column];
            }

            double rest = own[row] - Dot(own.AsSpan(0, row), own);
            if (!(rest > 0))
            {
                return null;
            }

            own[row] = Math.Sqrt(rest);
        }

        return new KernelMatrix(lower);
    }

    /// <summary>Solves for the factor alone, in place.</summary>
    public void SolveFactor(Span<double> right, int from = 0)
    {
        for (int row = from; row < factor.Length; row++)
        {
            right[row] = (right[row] - Dot(right[from..row], factor[row].AsSpan(from))) / factor[row][row];
        }
    }

    /// <summary>Solves for the matrix, in place.</summary>
    public void Solve(Span<double> right)
    {
        SolveFactor(right);
        for (int row = factor.Length - 1; row >= 0; row--)
        {
            right[row] /= factor[row][row];
            for (int column = 0; column < row; column++)
            {
                right[column] -= factor[row][column] * right[row];
            }
        }
    }

    /// <summary>The lower triangle of the inverse.</summary>
    public double[][] Inverse()
    {
        // Columns of the factor's inverse, each from its diagonal on.
        var columns = new double[factor.Length][];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = new double[factor.Length];
            columns[column][column] = 1;
            SolveFactor(columns[column], column);
        }

        var inverse = new double[factor.Length][];
        for (int row = 0; row < inverse.Length; row++)
        {
            inverse[row] = new double[row + 1];
            for (int column = 0; column <= row; column++)
            {
                inverse[row][column] = Dot(columns[row].AsSpan(row), columns[column].AsSpan(row));
            }
        }

        return inverse;
    }

    /// <summary>The sum of products over the length of the first. Always four at a time, so that every processor comes to the same bits.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ReadOnlySpan<Vector256<double>> some = MemoryMarshal.Cast<double, Vector256<double>>(left);
        ReadOnlySpan<Vector256<double>> others = MemoryMarshal.Cast<double, Vector256<double>>(right[..left.Length]);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < some.Length; i++)
        {
            sums += some[i] * others[i];
        }

        double sum = Vector256.Sum(sums);
        for (int i = some.Length * Vector256<double>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
