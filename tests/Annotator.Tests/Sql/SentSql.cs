using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Annotator.Tests.Sql;

/// <summary>Notes the text of the statements that a store sends; parameters stand in them by name.</summary>
internal sealed class SentSql : DbCommandInterceptor
{
    private readonly List<string> _sent = [];

    /// <summary>What was sent since the last time it was asked, one statement after the other.</summary>
    public string Take()
    {
        var sent = string.Concat(_sent.Select(s => s.ReplaceLineEndings("\n").Trim() + ";\n\n"));
        _sent.Clear();
        return sent.TrimEnd('\n') + "\n";
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _sent.Add(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
