using System.Diagnostics;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>Runs queries of a page with nothing but Npgsql, on one warm connection, and reads every value.</summary>
internal sealed class HandRun : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private HandRun(NpgsqlConnection connection) => _connection = connection;

    public static async Task<HandRun> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        return new HandRun(connection);
    }

    /// <returns>Milliseconds for all of them.</returns>
    public async Task<double> TimeAsync(IReadOnlyList<SentQuery> queries, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var query in queries)
            await RunAsync(query.Text, query, ct);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Prints each query with the least it takes and its plan.</summary>
    public async Task ExplainAsync(IReadOnlyList<SentQuery> queries, CancellationToken ct)
    {
        foreach (var query in queries)
        {
            var least = double.MaxValue;
            for (var i = 0; i < 20; i++)
                least = Math.Min(least, await TimeAsync([query], ct));
            var plan = await RunAsync($"explain (analyze, buffers) {query.Text}", query, ct);
            await Out.LineAsync($"--- {least:N1} ms\n{query.Text}\n{string.Join('\n', plan)}\n");
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <returns>The first value of each row.</returns>
    private async Task<List<object>> RunAsync(string text, SentQuery query, CancellationToken ct)
    {
#pragma warning disable CA2100 // The program's own queries.
        await using var command = new NpgsqlCommand(text, _connection);
#pragma warning restore CA2100
        foreach (var parameter in query.Parameters)
            command.Parameters.Add(parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var first = new List<object>();
        var values = new object[reader.FieldCount];
        while (await reader.ReadAsync(ct))
        {
            reader.GetValues(values);
            first.Add(values[0]);
        }

        return first;
    }
}
