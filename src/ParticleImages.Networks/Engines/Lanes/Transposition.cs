using System.Runtime.Intrinsics;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>Turns a matrix over in tiles of a cache line by a cache line, so that every line of memory is touched once, however far the rows are apart.</summary>
internal static unsafe class Transposition
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Tile = 16;

    /// <summary>to[column, row] = from[row, column].</summary>
    /// <param name="from">The matrix.</param>
    /// <param name="fromRow">From one of its rows to the next.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="toRow">From one of the rows there to the next.</param>
    /// <param name="rows">Its rows, at most <see cref="Tile"/>.</param>
    /// <param name="columns">Its columns, any number.</param>
    public static void Run(float* from, nint fromRow, float* to, nint toRow, int rows, int columns)
    {
        float* tile = stackalloc float[Tile * Tile];
        for (int first = 0; first < columns; first += Tile)
        {
            int count = Math.Min(Tile, columns - first);
            for (int row = 0; row < rows; row++)
            {
                if (count == Tile)
                {
                    Vector512.Load(from + (row * fromRow) + first).Store(tile + (row * Tile));
                }
                else
                {
                    new ReadOnlySpan<float>(from + (row * fromRow) + first, count).CopyTo(new Span<float>(tile + (row * Tile), count));
                }
            }

            for (int column = 0; column < count; column++)
            {
                float* into = to + ((first + column) * toRow);
                float* own = tile + column;
                for (int row = 0; row < rows; row++, own += Tile)
                {
                    into[row] = *own;
                }
            }
        }
    }
}
