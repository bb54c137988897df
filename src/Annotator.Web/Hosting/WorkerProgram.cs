using System.Runtime.InteropServices;

namespace Annotator.Web.Hosting;

/// <summary>How this very program is started once more, for a command in a process of its own.</summary>
internal static class WorkerProgram
{
    /// <summary>
    /// The program and its first arguments: the executable itself where that is what runs, else <c>dotnet Annotator.Web.dll</c>.
    /// In a test host another program runs, and ours lies beside it.
    /// </summary>
    public static IReadOnlyList<string> Command { get; } = Find();

    private static IReadOnlyList<string> Find()
    {
        var own = typeof(WorkerProgram).Assembly;
        var running = Environment.ProcessPath ?? throw new InvalidOperationException("The path of the program is not known.");
        if (own.Location.Length == 0
            || string.Equals(Path.GetFileNameWithoutExtension(running), own.GetName().Name, StringComparison.Ordinal))
        {
            return [running];
        }
        return [
            string.Equals(Path.GetFileNameWithoutExtension(running), "dotnet", StringComparison.Ordinal) ? running : DotNet(),
            own.Location,
        ];
    }

    // The path of dotnet itself: three folders above the runtime, shared/Microsoft.NETCore.App/10.0.x/.
    private static string DotNet() =>
        Path.GetFullPath(
            Path.Combine(
                RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
