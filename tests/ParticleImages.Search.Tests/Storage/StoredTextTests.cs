namespace ParticleImages.Search.Tests.Storage;

/// <summary>What tells scans and configurations apart comes back from every store as it was, or is refused where it is set.</summary>
public class StoredTextTests
{
    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        foreach ((string text, int place) in new[] { ("half \uD83D of a pair", 5), ("\uDE00", 0), ("\uD83D\uDE00 and \uD83D", 7) })
        {
            Action[] uses =
            [
                () => Parameter.Boolean(text),
                () => Parameter.OneOf("name", "a", text),
                () => ParameterValue.Of(text),
                () => Scan.Over(SearchSpace.Of(Parameter.Boolean("on"))).About(text),
                () => Scan.Over(SearchSpace.Of(Parameter.Boolean("on"))).Minimize(text),
            ];
            Assert.All(uses, use => Assert.Contains($"at place {place} half of a surrogate pair", Assert.ThrowsAny<ArgumentException>(use).Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_character_is_taken()
    {
        Parameter<string> parameter = Parameter.OneOf("שם 😀", "é", "𝔸 ");
        SearchSpace space = SearchSpace.Of(parameter);

        Assert.Equal(space.Identity, SearchSpace.Parse(space.ToJson()).Identity);
        Assert.Equal("𝔸 ", Configuration.Parse(Configuration.Of(("שם 😀", "𝔸 ")).ToJson())["שם 😀"].AsText());
    }
}
