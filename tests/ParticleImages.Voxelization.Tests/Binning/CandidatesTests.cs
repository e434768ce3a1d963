using FsCheck.Xunit;

namespace ParticleImages.Voxelization.Tests;

[Properties(Arbitrary = [typeof(Seeds)], MaxTest = 500)]
public sealed class CandidatesTests
{
    private static readonly float[] Odd =
    [
        0, -0f, float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
    ];

    [Property]
    public void Vectors_and_their_scalar_twin_choose_the_same(int seed)
    {
        var random = new Random(seed);
        float threshold = random.Next(4) switch { 0 => 0, 1 => float.NegativeInfinity, 2 => -random.NextSingle(), _ => random.NextSingle() };
        float[] block = [.. Enumerable.Range(0, Candidates.Block).Select(_ => random.Next(4) switch
        {
            0 => Odd[random.Next(Odd.Length)],
            1 => threshold,
            2 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
            _ => (random.NextSingle() * 2) - 1,
        })];
        Assert.Equal(Candidates.AboveScalar(block, threshold), Candidates.Above(block, threshold));
    }

    [Fact]
    public void A_block_too_short_is_refused() => Assert.Throws<ArgumentException>(() => Candidates.Above(new float[31], 0));
}
