using System.Numerics;

namespace ParticleImages.Search;

/// <summary>How many indices a space has, for strategies that walk over them.</summary>
internal static class IndexLimit
{
    public static BigInteger Of(ISearchSpace space, string who) => space.Count ?? throw new NotSupportedException(
        $"{who} wants a finite space; {string.Join(", ", space.Parameters.Where(parameter => parameter.Count is null).Select(parameter => $"'{parameter.Name}'"))} "
        + "has a continuum of values. Give it as a range by count or step, or search at random.");
}
