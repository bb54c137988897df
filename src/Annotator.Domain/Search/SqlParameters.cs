using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>Values of a statement, each referred to as <c>{0}</c>, <c>{1}</c> …; nothing that somebody typed becomes SQL.</summary>
internal sealed partial class SqlParameters(SqlParameters? first = null)
{
    private readonly List<object> _values = [.. first?._values ?? []];

    /// <returns>The place of the value in the statement, as <c>{0}</c>.</returns>
    public string Add(object value)
    {
        _values.Add(value);
        return $"{{{_values.Count - 1}}}";
    }

    /// <summary>A query as SQL text, with its parameters among the values.</summary>
    public string Add<T>(IQueryable<T> query)
    {
        using var command = query.CreateDbCommand();
        var names = command.Parameters.Cast<DbParameter>()
            .ToDictionary(p => p.ParameterName.TrimStart('@'), p => Add(p.Value!), StringComparer.Ordinal);
        return Parameter().Replace(command.CommandText, name => names.GetValueOrDefault(name.Groups["name"].Value, name.Value));
    }

    public object[] Values => [.. _values];

    [GeneratedRegex(@"@(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
