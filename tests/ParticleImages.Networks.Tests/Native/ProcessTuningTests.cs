using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ParticleImages.Networks.Tests;

/// <summary>A program that begins again with a tuned allocator, in real processes.</summary>
public sealed class ProcessTuningTests : IDisposable
{
    private static readonly string[] All = ["MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_"];

    private readonly TemporaryFolder folder = new();

    private static bool IsPossible => OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_program_begins_again_once_as_the_same_process(bool isStartedThroughDotnet)
    {
        Told told = Run([], ["0"], "", isStartedThroughDotnet);

        int[] beginnings = [.. File.ReadLines(folder["beginnings"]).Select(int.Parse)];
        Assert.Equal(IsPossible ? [told.Process, told.Process] : [told.Process], beginnings);
        Assert.Equal(IsPossible, told.HasTunedAllocator);
        Assert.Equal(IsPossible ? All : [], told.Allocator);
    }

    [Property(MaxTest = 12)]
    public Property Whatever_it_was_started_with_survives() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<string[]>().Select(texts => texts.Select(Passable).ToArray()).ToArbitrary(),
        Gen.Choose(0, 255).ToArbitrary(),
        ArbMap.Default.GeneratorFor<string>().Select(text => Passable(text) + "\n").ToArbitrary(),
        (texts, code, input) =>
        {
            string[] arguments = [$"{code}", "", "two words", "\"quoted\" 'twice' \\", "µ → 電子 🙂", "*", "$HOME", "a\nb", .. texts];
            Told told = Run([], arguments, input, isStartedThroughDotnet: code % 2 == 0);

            Assert.Equal(IsPossible, told.HasTunedAllocator);
            Assert.Equal(arguments, told.Arguments);
            Assert.Equal(input, told.Input);
            Assert.Equal(code, told.Code);
            Assert.Equal(folder.Path, told.Folder);
            Assert.Equal("at its end", told.Error.TrimEnd());
        });

    [Fact]
    public void Signals_are_as_they_were()
    {
        Told told = Run([], ["0"], "");
        Told kept = Run([("PARTICLE_IMAGES_ALLOCATOR", "keep")], ["0"], "");

        Assert.Equal(kept.Signals, told.Signals);
    }

    [Theory]
    [InlineData("PARTICLE_IMAGES_ALLOCATOR", "keep")]
    [InlineData("PARTICLE_IMAGES_ALLOCATOR", "Keep")]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.arena_max=2")]
    [InlineData("LD_PRELOAD", "libtcmalloc_minimal.so.4")]
    public void A_user_who_decided_is_obeyed(string variable, string value)
    {
        Told told = Run([(variable, value)], ["5"], "");

        Assert.Single(File.ReadLines(folder["beginnings"]));
        Assert.False(told.HasTunedAllocator);
        Assert.Empty(told.Allocator);
        Assert.Equal(5, told.Code);
    }

    [Fact]
    public void What_a_user_has_set_stays()
    {
        Told one = Run([("MALLOC_ARENA_MAX", "3")], ["0"], "");
        Assert.Equal("3", one.Variables["MALLOC_ARENA_MAX"]);
        Assert.Equal(IsPossible ? All : ["MALLOC_ARENA_MAX"], one.Allocator);
        Assert.Equal(IsPossible, one.HasTunedAllocator);

        File.Delete(folder["beginnings"]);
        Told all = Run([("MALLOC_ARENA_MAX", "3"), ("MALLOC_MMAP_MAX_", "7"), ("MALLOC_TRIM_THRESHOLD_", "")], ["0"], "");
        Assert.Single(File.ReadLines(folder["beginnings"]));
        Assert.False(all.HasTunedAllocator);
        Assert.Equal(("3", "7"), (all.Variables["MALLOC_ARENA_MAX"], all.Variables["MALLOC_MMAP_MAX_"]));
    }

    [Fact]
    public void A_mark_that_a_parent_left_is_not_taken_for_its_own()
    {
        Told told = Run([(ProcessTuning.Marker, "1")], ["0"], "");

        Assert.Equal(IsPossible, told.HasTunedAllocator);
    }

    [Fact]
    public void A_process_that_bears_the_mark_does_not_begin_again()
    {
        if (!IsPossible)
        {
            return;
        }

        // A shell replaced by the program gives it its own number; the settings are missing, so only the mark can end the loop.
        Told told = Run([], ["sh", "-c", $"{ProcessTuning.Marker}=$$ exec \"$0\" \"$@\"", Program(isStartedThroughDotnet: false)[0], "4"], "", program: "env");

        Assert.Single(File.ReadLines(folder["beginnings"]));
        Assert.True(told.HasTunedAllocator);
        Assert.Empty(told.Allocator);
        Assert.Equal(4, told.Code);
    }

    [Fact]
    public void A_name_that_is_no_text_survives()
    {
        if (!IsPossible)
        {
            return;
        }

        // Bytes that are no UTF-8 in an argument and in a variable: the program can't show them, the system can while the program waits for its input.
        const string Script = """
            mkfifo input; exec 9<>input
            export ODD=$(printf 'x\377y')
            "$0" 0 "$ODD" <input >/dev/null 9>&- &
            until grep -qz ^MALLOC_ARENA_MAX= /proc/$!/environ; do sleep .05; done
            tr '\0' '\n' </proc/$!/cmdline | tail -n 1 | od -An -tx1
            tr '\0' '\n' </proc/$!/environ | grep -a ^ODD | od -An -tx1
            exec 9>&-; wait
            """;
        (_, string output, _) = Start("sh", ["-c", Script, Program(isStartedThroughDotnet: false)[0]], [], "");

        Assert.Equal(" 78 ff 79 0a\n 4f 44 44 3d 78 ff 79 0a\n", output);
    }

    private static string Passable(string? text) => (text ?? "").Replace("\0", "", StringComparison.Ordinal).Replace('\r', ' ');

    private static string[] Program(bool isStartedThroughDotnet)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "TunedProgram.exe" : "TunedProgram");
        string dotnet = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return isStartedThroughDotnet ? [dotnet, Path.Combine(AppContext.BaseDirectory, "TunedProgram.dll")] : [program];
    }

    private Told Run((string Name, string Value)[] variables, string[] arguments, string input, bool isStartedThroughDotnet = true, string? program = null)
    {
        string[] command = program is null ? [.. Program(isStartedThroughDotnet), .. arguments] : [program, .. arguments];
        (int code, string output, string error) = Start(command[0], command[1..], variables, input);
        Assert.True(output.StartsWith('{'), $"{output}{error}");
        return JsonSerializer.Deserialize<Told>(output)! with { Code = code, Error = error };
    }

    private (int Code, string Output, string Error) Start(string program, string[] arguments, (string Name, string Value)[] variables, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in (string[])[.. All, ProcessTuning.Switch, ProcessTuning.Marker])
        {
            start.Environment.Remove(name);
        }

        start.Environment["PARTICLE_IMAGES_BEGINNINGS"] = folder["beginnings"];
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        Task<string> error = child.StandardError.ReadToEndAsync();
        child.StandardInput.Write(input);
        child.StandardInput.Close();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, output, error.Result);
    }

    private sealed record Told(
        int Process, string[] Arguments, string Folder, string Input, bool HasTunedAllocator, string[] Signals, Dictionary<string, string> Variables)
    {
        public int Code { get; init; }

        public string Error { get; init; } = "";

        public string[] Allocator => [.. Variables.Keys.Where(name => name.StartsWith("MALLOC_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
