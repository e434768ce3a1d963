namespace ParticleImages.Onnx.Tests;

/// <summary>The ONNX project's own checker, on machines that have it (Debian: python3-onnx).</summary>
internal static class PythonOnnx
{
    public static bool IsPresent { get; } = PythonNumpy.IsPresent && Has();

    public static string Run(string script, params string[] arguments) => PythonNumpy.Run(script, arguments);

    private static bool Has()
    {
        try
        {
            Run("import onnx");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
