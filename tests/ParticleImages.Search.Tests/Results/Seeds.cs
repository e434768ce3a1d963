using FsCheck;
using FsCheck.Fluent;

namespace ParticleImages.Search.Tests.Results;

/// <summary>Seeds from all that there are; the usual arbitrary int stays near 0 and would repeat a hundred cases.</summary>
public static class Seeds
{
    public static Arbitrary<int> Any() => Gen.Choose(0, int.MaxValue).ToArbitrary();
}
