namespace ParticleImages.Architecture.Tests;

public sealed class ScalarTests
{
    /// <summary>Holds for every library: a scalar that torch reads is held, so that no garbage collection frees it meanwhile.</summary>
    [Fact]
    public void No_call_makes_a_scalar_that_nothing_holds()
    {
        string torch = Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll");

        Assert.Empty(HiddenScalars.In(torch, Sources.Libraries.Select(library => library.Location)));
        Assert.NotEmpty(HiddenScalars.In(torch, torch));
    }
}
