using System.Globalization;

namespace Annotator.Reliability.Support;

/// <summary>Signals to processes, as an operator or the system sends them.</summary>
internal static class Signals
{
    /// <summary>Ends the test where processes cannot be stopped and looked at as on Linux.</summary>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Signals are sent, and the processes of PostgreSQL are found, as Linux has them.");
    }

    /// <param name="signal">Its name without SIG.</param>
    /// <param name="processes">One that has gone meanwhile is no fault.</param>
    public static async Task SendAsync(string signal, params int[] processes)
    {
        // The shell has a kill of its own on every system.
        foreach (var id in processes)
            await ProgramProcess.RunAsync("sh", ["-c", FormattableString.Invariant($"kill -{signal} {id}")], Path.GetTempPath());
    }

    /// <summary>A process and those that it has started, itself first, so that a stopped one starts no more.</summary>
    public static int[] Family(int id) => [id, .. Processes().Where(p => ParentOf(p) == id)];

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder))
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{id}/stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
