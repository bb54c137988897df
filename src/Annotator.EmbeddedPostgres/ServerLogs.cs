using System.Text.RegularExpressions;

namespace Annotator.EmbeddedPostgres;

/// <summary>What a server has written into its log files since this object was made.</summary>
internal sealed partial class ServerLogs(ClusterFolder cluster)
{
    private const int MostLines = 4;

    private readonly Dictionary<string, long> _lengths =
        Directory.EnumerateFiles(cluster.Logs).ToDictionary(file => file, file => new FileInfo(file).Length, StringComparer.Ordinal);

    /// <summary>The last lines that say why it did not start, without their times; empty when there are none.</summary>
    public string Reasons()
    {
        var reasons = Directory.EnumerateFiles(cluster.Logs).SelectMany(NewLines).Where(line => Reason().IsMatch(line));
        return string.Join("; ", reasons.TakeLast(MostLines).Select(line => Stamp().Replace(line, "").Trim()));
    }

    private string[] NewLines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var known = _lengths.GetValueOrDefault(file);
        stream.Position = known <= stream.Length ? known : 0;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // The server speaks English, because it is started with LC_ALL=C.
    [GeneratedRegex(
        @"\b(FATAL|PANIC|ERROR):|HINT:(?!.*Future log output)|LOG:.*(unrecognized|invalid)|could not",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Reason();

    [GeneratedRegex(@"^[0-9-]{10} [0-9:.]+ \S+ \[[0-9]+\] ", RegexOptions.None, 1000)]
    private static partial Regex Stamp();
}
