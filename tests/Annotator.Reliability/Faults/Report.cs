using System.Collections.Concurrent;
using System.Globalization;
using Annotator.Reliability.Faults;

[assembly: AssemblyFixture(typeof(Report))]

namespace Annotator.Reliability.Faults;

/// <summary>
/// The table of all faults, printed when the last test has ended. <c>dotnet test</c> shows nothing of what tests print: it is kept in a
/// file too.
/// </summary>
public sealed class Report : IDisposable
{
    private static readonly string TableFile = Path.Combine(AppContext.BaseDirectory, "reliability.txt");
    private static readonly ConcurrentQueue<Row> Rows = new();

    // The table of a run before is not taken for that of this one.
    public Report() => File.Delete(TableFile);

    internal static void Add(Row row) => Rows.Enqueue(row);

    public void Dispose()
    {
        if (Rows.IsEmpty)
            return;
        string[] head =
        [
            "fault", "acknowledged", "lost", "doubled", "half", "back after s", "by itself", "answers: good", "503", "none", "odd",
            "log KB",
        ];
        string[][] lines = [head, .. Rows.Select(r => r.Cells)];
        var widths = head.Select((_, i) => lines.Max(l => l[i].Length)).ToArray();
        var table = string.Join('\n', lines.Select(l => string.Join(" | ", l.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()));
        TestContext.Current.SendDiagnosticMessage("{0}", $"\n{table}\n");
        File.WriteAllText(TableFile, table + "\n");
    }
}

/// <summary>What became of one fault.</summary>
internal sealed record Row(string Fault)
{
    public int? Acknowledged { get; init; }
    public Verdict? Verdict { get; init; }

    /// <summary>Seconds from the end of the cause until the first write that no failure followed.</summary>
    public double? Seconds { get; init; }

    /// <summary>What brought it back, or why it was not tried.</summary>
    public string Back { get; init; } = "";
    public Load.Answers? Answers { get; init; }

    /// <summary>Characters that the program printed meanwhile.</summary>
    public long? Printed { get; init; }

    public string[] Cells =>
    [
        Fault, Cell(Acknowledged), Cell(Verdict?.Lost.Count), Cell(Verdict?.Doubled.Count), Cell(Verdict?.Half.Count),
        Seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-", Back, Cell(Answers?.Good), Cell(Answers?.Away), Cell(Answers?.None),
        Cell(Answers?.Odd.Count), Cell(Printed / 1024),
    ];

    private static string Cell(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
