using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>The program's own commands run by <c>psql</c>, timed by itself, with the values of parameters written into them.</summary>
internal sealed partial class Psql : IRival
{
    private readonly Child _child;
    private readonly Dictionary<SearchCase, List<string>> _statements = [];

    private Psql(Child child) => _child = child;

    public string Name => "psql";

    public double Allowed => 1.5;

    /// <returns>Null where there is no psql.</returns>
    public static async Task<Psql?> StartAsync(
        string connectionString, IReadOnlyDictionary<SearchCase, IReadOnlyList<SentQuery>> sent, CancellationToken ct)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        if (Child.Start("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1"],
            [
                ("PGHOST", server.Host), ("PGPORT", server.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", server.Username),
                ("PGPASSWORD", server.Password), ("PGDATABASE", server.Database), ("PGCLIENTENCODING", "UTF8"), ("LC_ALL", "C"),
            ]) is not { } child)
        {
            await Out.LineAsync($"psql is left out: it is not on the PATH. Debian: apt-get install postgresql-client");
            return null;
        }

        var psql = new Psql(child);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        foreach (var (query, commands) in sent)
        {
            var statements = psql._statements[query] = [];
            foreach (var command in commands)
                statements.Add(await WrittenOutAsync(connection, command, ct));
        }

        await child.Input.WriteAsync("\\o /dev/null\n\\timing on\n");
        return psql;
    }

    public async Task<Run?> AskAsync(SearchCase query, CancellationToken ct)
    {
        var milliseconds = 0.0;
        foreach (var statement in _statements[query])
            milliseconds += double.Parse((await _child.AskAsync(statement, ct)).Split(' ')[1], CultureInfo.InvariantCulture);
        return new Run(milliseconds);
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static async Task<string> WrittenOutAsync(NpgsqlConnection connection, SentQuery command, CancellationToken ct)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, parameter) in command.Parameters.Index())
        {
            var name = parameter.ParameterName.Length > 0
                ? parameter.ParameterName.TrimStart('@')
                : (number + 1).ToString(CultureInfo.InvariantCulture);
            var value = parameter.Clone();
            value.ParameterName = "value";
            // PostgreSQL itself knows best how to write a value of any type.
            await using var literal = new NpgsqlCommand(
                "select quote_nullable(@value::text) || '::' || pg_typeof(@value)", connection) { Parameters = { value } };
            values[name] = (string?)await literal.ExecuteScalarAsync(ct) ?? "null";
        }

        return Parameter().Replace(command.Text, m => values.GetValueOrDefault(m.Groups["name"].Value, m.Value)).TrimEnd(';', '\n', ' ')
            + ";";
    }

    [GeneratedRegex(@"[@$](?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();
}
