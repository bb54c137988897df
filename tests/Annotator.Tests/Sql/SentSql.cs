using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Annotator.Tests.Sql;

/// <summary>Notes the statements that a store sends; parameters stand in them by name.</summary>
internal sealed class SentSql : DbCommandInterceptor
{
    private readonly List<(string Text, IReadOnlyList<NpgsqlParameter> Parameters)> _sent = [];

    /// <summary>What was sent since the last time it was asked, one statement after the other.</summary>
    public string Take() =>
        string.Concat(TakeStatements().Select(s => s.Text.ReplaceLineEndings("\n").Trim() + ";\n\n")).TrimEnd('\n') + "\n";

    /// <summary>The same with the parameters.</summary>
    public IReadOnlyList<(string Text, IReadOnlyList<NpgsqlParameter> Parameters)> TakeStatements()
    {
        var sent = _sent.ToArray();
        _sent.Clear();
        return sent;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        _sent.Add((command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(p => p.Clone())]));
        return ValueTask.FromResult(result);
    }
}
