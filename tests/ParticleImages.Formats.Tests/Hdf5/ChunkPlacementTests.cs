using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Formats.Hdf5;

namespace ParticleImages.Formats.Tests.Hdf5;

public sealed class ChunkPlacementTests
{
    private static readonly Gen<(int Length, int Chunk)> Axis = Gen.Zip(Gen.Choose(1, 6), Gen.Choose(1, 7));

    [Property(MaxTest = 300)]
    public Property Chunks_of_any_shape_and_element_tile_the_rows() => Prop.ForAll(
        Axis.NonEmptyListOf().Where(axes => axes.Count <= 4).ToArbitrary(),
        Gen.Elements(1, 2, 4, 8).ToArbitrary(),
        (axes, size) =>
        {
            long[] shape = [.. axes.Select(axis => (long)axis.Length)];
            long[] chunkShape = [.. axes.Select(axis => (long)axis.Chunk)];
            var expected = new byte[Product(shape) * size];
            new Random(1).NextBytes(expected);
            var rows = new byte[expected.Length];
            foreach (long[] origin in Origins(shape, chunkShape))
            {
                ChunkPlacement.Place(Cut(expected, shape, origin, chunkShape, size), chunkShape, origin, rows, shape, size);
            }

            Assert.Equal(expected, rows);
        });

    private static IEnumerable<long[]> Origins(long[] shape, long[] chunkShape)
    {
        IEnumerable<long[]> origins = [[]];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            (long length, long chunk) = (shape[axis], chunkShape[axis]);
            origins = [.. origins.SelectMany(
                _ => Enumerable.Range(0, (int)((length + chunk - 1) / chunk)), (origin, place) => (long[])[.. origin, place * chunk])];
        }

        return origins;
    }

    /// <summary>The chunk as a file stores it, element by element; 255 where it stands out over the edge.</summary>
    private static byte[] Cut(byte[] rows, long[] shape, long[] origin, long[] chunkShape, int size)
    {
        var chunk = new byte[Product(chunkShape) * size];
        Array.Fill(chunk, (byte)255);
        for (int element = 0; element < chunk.Length / size; element++)
        {
            long rest = element;
            long source = 0;
            long step = 1;
            bool isWithin = true;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                long place = origin[axis] + (rest % chunkShape[axis]);
                rest /= chunkShape[axis];
                isWithin &= place < shape[axis];
                source += place * step;
                step *= shape[axis];
            }

            if (isWithin)
            {
                rows.AsSpan((int)source * size, size).CopyTo(chunk.AsSpan(element * size));
            }
        }

        return chunk;
    }

    private static int Product(long[] lengths) => (int)lengths.Aggregate(1L, (product, length) => product * length);
}
