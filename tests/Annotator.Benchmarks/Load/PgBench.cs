using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Annotator.Benchmarks.Load;

/// <summary>The statements of pages run by PostgreSQL's own <c>pgbench</c>, as many pages a second as the readers ask for.</summary>
internal static class PgBench
{
    private const int Clients = 16;
    private const int Seconds = 30;

    /// <param name="pages">The statements of each page.</param>
    /// <param name="perSecond">Pages.</param>
    /// <returns>Milliseconds of each page, and seconds of PostgreSQL's processor time for one; null where there is no pgbench.</returns>
    public static async Task<(Spread Times, double Cpu)?> RunAsync(
        PrivateStore store, IReadOnlyList<IReadOnlyList<SentQuery>> pages, double perSecond, CancellationToken ct)
    {
        var server = new PostgresUse(store.Folder);
        var program = Path.Combine(server.Programs, "pgbench");
        if (!File.Exists(program))
            return null;
        var folder = Directory.CreateTempSubdirectory("annotator-pgbench").FullName;
        try
        {
            var start = Start(program, folder, store.ConnectionString, perSecond);
            for (var i = 0; i < pages.Count; i++)
            {
                await File.WriteAllLinesAsync(Path.Combine(folder, $"{i}.sql"), pages[i].Select(q => $"{SqlText.Of(q)};"), ct);
                start.ArgumentList.Add("-f");
                start.ArgumentList.Add($"{i}.sql");
            }

            var before = server.Cpu;
            using var process = Process.Start(start)!;
            var said = process.StandardError.ReadToEndAsync(ct);
            await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {await said}");
            // client, transaction, microseconds, script, …
            var times = Directory.EnumerateFiles(folder, "log.*").SelectMany(File.ReadLines)
                .Select(line => double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000)
                .ToList();
            return (Spread.Of(times), (server.Cpu - before) / times.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ProcessStartInfo Start(string program, string folder, string connectionString, double perSecond)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        return new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = to.Password, ["PGOPTIONS"] = "-c jit=off" },
            ArgumentList =
            {
                "-h", to.Host!, "-p", Text(to.Port), "-U", to.Username!, "-d", to.Database!, "-n", "-M", "prepared", "-c", Text(Clients),
                "-j", "2", "-T", Text(Seconds), "-R", perSecond.ToString("F1", CultureInfo.InvariantCulture), "-l", "--log-prefix", "log",
            },
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A statement with its values in the text.</summary>
internal static class SqlText
{
    public static string Of(SentQuery query)
    {
        var text = new StringBuilder(query.Text.Replace('\n', ' '));
        // The longest name first: one may begin with another.
        foreach (var parameter in query.Parameters.OrderByDescending(p => p.ParameterName.Length))
            text.Replace($"@{parameter.ParameterName.TrimStart('@')}", Literal(parameter));
        return text.ToString();
    }

    private static string Literal(NpgsqlParameter parameter)
    {
        var type = parameter.DataTypeName ?? parameter.PostgresType?.Name;
        var text = parameter.Value is not (DBNull or null) and var value ? Quoted(Plain(value)) : "null";
        return type is null or "unknown" ? text : $"({text}::{type})";
    }

    private static string Plain(object value) => value switch
    {
        string text => text,
        bool yes => yes ? "true" : "false",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        Enum name => Convert.ToInt32(name, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => $"{{{string.Join(',', many.Cast<object>().Select(v =>
            $"\"{Plain(v).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // Without a colon, which pgbench would take for the beginning of a variable.
    private static string Quoted(string text) => $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "''", StringComparison.Ordinal)
        .Replace(":", "\\072", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)}'";
}
