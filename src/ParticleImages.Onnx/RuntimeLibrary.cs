using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ParticleImages.Onnx;

/// <summary>
/// ONNX Runtime before its first use. The official builds report on their use to Microsoft unless they are told not to before they begin (Privacy.md
/// in the package), and a library must not decide that for a physicist's program: it stays off unless the environment already says otherwise.
/// </summary>
internal static partial class RuntimeLibrary
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    private static readonly Lock Gate = new();

    /// <summary>Loads the native library.</summary>
    /// <exception cref="DllNotFoundException">There is none for this machine.</exception>
    public static void Enter()
    {
        lock (Gate)
        {
            // What a program that uses ONNX Runtime on its own has chosen is its business.
            if (OrtEnv.IsCreated)
            {
                return;
            }

            bool isChosen = Environment.GetEnvironmentVariable(Switch) is not null;
            try
            {
                if (!isChosen)
                {
                    Set();
                }

                OrtEnv runtime = OrtEnv.Instance();
                if (!isChosen)
                {
                    runtime.DisableTelemetryEvents();
                }
            }
            catch (Exception problem) when (problem is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
            {
                throw new DllNotFoundException(
                    $"ONNX Runtime's native library can't be loaded on {RuntimeInformation.RuntimeIdentifier}: {problem.GetBaseException().Message} The package "
                    + "Microsoft.ML.OnnxRuntime brings it for Windows and Linux (x64, arm64) and for macOS (arm64); reference it from the program itself.",
                    problem);
            }
        }
    }

    private static void Set()
    {
        // .NET's own environment is a copy, which native code does not see outside Windows.
        Environment.SetEnvironmentVariable(Switch, "1");
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironment(Switch, "1", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
