namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>One value at a time: what every processor can, and what the wider ones are tested against.</summary>
internal readonly unsafe struct ScalarLanes : ILanes<float>
{
    private const uint Set = uint.MaxValue;

    public static int Width => 1;

    public static bool HasManyRegisters => false;

    public static float Zero => 0;

    public static float Load(float* from) => *from;

    public static void Store(float vector, float* to) => *to = vector;

    public static float Create(float value) => value;

    public static float Add(float left, float right) => left + right;

    public static float Subtract(float left, float right) => left - right;

    public static float Multiply(float left, float right) => left * right;

    public static float Divide(float left, float right) => left / right;

    public static float MultiplyAdd(float left, float right, float addend) => float.MultiplyAddEstimate(left, right, addend);

    public static float Missing(float left, float right, float product) => (float)(((double)left * right) - product);

    public static float Max(float left, float right) => MathF.Max(left, right);

    public static float IsGreater(float left, float right) => Mask(left > right);

    public static float IsEqual(float left, float right) => Mask(left == right);

    public static float And(float left, float right) => Value(Bits(left) & Bits(right));

    public static float AndNot(float left, float right) => Value(Bits(left) & ~Bits(right));

    public static float Or(float left, float right) => Value(Bits(left) | Bits(right));

    public static float Select(float mask, float whereSet, float otherwise) => Value((Bits(mask) & Bits(whereSet)) | (~Bits(mask) & Bits(otherwise)));

    public static float Sum(float vector) => vector;

    private static float Mask(bool isSet) => Value(isSet ? Set : 0);

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static float Value(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    public static float AddBits(float left, float right) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(left) + BitConverter.SingleToUInt32Bits(right));

    public static float Xor(float left, float right) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(left) ^ BitConverter.SingleToUInt32Bits(right));

    public static float ShiftLeft(float vector, int bits) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(vector) << bits);

    public static float ShiftRight(float vector, int bits) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(vector) >> bits);

    public static float Evens(float first, float second) => first;

    public static float Odds(float first, float second) => second;

    public static float ZipFirst(float evens, float odds) => evens;

    public static float ZipSecond(float evens, float odds) => odds;
}
