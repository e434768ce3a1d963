
namespace ParticleImages.Networks.Engines.Fused;

/// <summary>
/// Which values dropout keeps: the one place that says so. Every map (layer, event of the batch, channel) has a stream of its own, so what is kept depends neither on the
/// width of vectors nor on threads, nor on what else runs in the process.
/// </summary>
/// <remarks>
/// A stream is sixteen generators xoshiro128+ (Blackman and Vigna, ACM Transactions on Mathematical Software 47, 2021) side by side; value i of a map, counted along columns, rows and frames, takes
/// number i / 16 of generator i % 16. Its upper 23 bits are a fraction of 1; the value is kept, and multiplied by 1 / (1 − rate), where that fraction is at least the rate. A dropout of
/// whole maps asks for the first value of the map's stream.
/// </remarks>
internal static class DropoutMask
{
    /// <summary>Generators side by side.</summary>
    public const int Lanes = 16;

    /// <summary>Words of all generators.</summary>
    public const int StateWords = 4 * Lanes;

    /// <summary>What fills the upper bits so that the others are the fraction of a number from 1 to 2.</summary>
    private const uint One = 0x3F800000;

    /// <summary>The seed of a map's stream.</summary>
    /// <param name="seed">The step's.</param>
    /// <param name="layer">The layer's number among all dropouts of the network.</param>
    /// <param name="event">The event's place in the batch.</param>
    /// <param name="channel">The map's number.</param>
    public static ulong Stream(ulong seed, int layer, int @event, int channel) =>
        SplitMix64.Mix(SplitMix64.Mix(seed, (ulong)layer), ((ulong)@event << 32) | (uint)channel);

    /// <summary>Word w of generator l goes to 16 · w + l.</summary>
    public static void Begin(ulong stream, Span<uint> state)
    {
        var random = new SplitMix64(stream);
        for (int i = 0; i < StateWords; i += 2)
        {
            ulong drawn = random.Next();
            (state[i], state[i + 1]) = ((uint)drawn, (uint)(drawn >> 32));
        }
    }

    /// <summary>What a number from 1 to 2 must not be below for its value to be kept.</summary>
    public static float Threshold(double rate) => (float)(1 + rate);

    /// <summary>What kept values are multiplied by.</summary>
    public static float Factor(double rate) => (float)(1 / (1 - rate));

    /// <summary>The factors of a map's values, one after the other: 0 or 1 / (1 − rate).</summary>
    public static void Fill(ulong stream, double rate, Span<float> factors)
    {
        Span<uint> state = stackalloc uint[StateWords];
        Begin(stream, state);
        (float threshold, float factor) = (Threshold(rate), Factor(rate));
        for (int i = 0; i < factors.Length; i++)
        {
            factors[i] = BitConverter.UInt32BitsToSingle((Next(state, i % Lanes) >> 9) | One) < threshold ? 0 : factor;
        }
    }

    /// <summary>The factor of a whole map.</summary>
    public static float OfMap(ulong stream, double rate)
    {
        Span<float> first = stackalloc float[1];
        Fill(stream, rate, first);
        return first[0];
    }

    private static uint Next(Span<uint> state, int lane)
    {
        ref uint a = ref state[lane];
        ref uint b = ref state[Lanes + lane];
        ref uint c = ref state[(2 * Lanes) + lane];
        ref uint d = ref state[(3 * Lanes) + lane];
        uint drawn = a + d;
        uint moved = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= moved;
        d = uint.RotateLeft(d, 11);
        return drawn;
    }
}
