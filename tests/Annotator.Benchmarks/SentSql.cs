using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>A query as the program sent it.</summary>
internal sealed record SentQuery(string Text, IReadOnlyList<NpgsqlParameter> Parameters);

/// <summary>Notes the queries of a page.</summary>
internal sealed class SentSql : DbCommandInterceptor
{
    private List<SentQuery>? _noted;

    public async Task<IReadOnlyList<SentQuery>> OfAsync(Func<Task> request)
    {
        var noted = _noted = [];
        await request();
        _noted = null;
        return noted;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        _noted?.Add(new SentQuery(command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(p => p.Clone())]));
        return ValueTask.FromResult(result);
    }
}
