using Annotator.Domain.Search.Analysis;

namespace Annotator.Domain.Search;

/// <summary>
/// A condition as the index can be asked: a <c>tsquery</c> that finds all it should, and where that finds too much, SQL that
/// looks at the row once more.
/// </summary>
/// <param name="Lexical">Null where the lexemes tell nothing.</param>
/// <param name="Sql">A condition on the row <c>e</c> of <c>annotation_search</c>; null where the lexemes tell all.</param>
internal sealed record IndexCondition(string? Lexical, string? Sql)
{
    /// <summary>Holds for every row.</summary>
    public static IndexCondition Anything { get; } = new(null, null);

    public static IndexCondition Nothing { get; } = new(null, "false");

    public static IndexCondition Marked(string mark) => new(QueryTerm.Quoted(mark), null);

    public static IndexCondition Beginning(string mark) => new($"{QueryTerm.Quoted(mark)}:*", null);

    public static IndexCondition AnyMark(IReadOnlyCollection<string> marks) =>
        marks.Count == 0 ? Nothing : new($"({string.Join(" | ", marks.Select(QueryTerm.Quoted))})", null);

    public static IndexCondition And(IReadOnlyList<IndexCondition> parts) =>
        new(Joined(" & ", parts.Select(p => p.Lexical)), Joined(" and ", parts.Select(p => p.Sql)));

    /// <param name="parts">At least one.</param>
    /// <param name="parameters">Takes the values that the SQL refers to.</param>
    public static IndexCondition Or(IReadOnlyList<IndexCondition> parts, SqlParameters parameters) =>
        new(
            parts.Any(p => p.Lexical is null) ? null : Joined(" | ", parts.Select(p => p.Lexical)),
            parts.All(p => p.Sql is null) ? null : Joined(" or ", parts.Select(p => p.Whole(parameters)))
        );

    public static IndexCondition Not(IndexCondition part, SqlParameters parameters) =>
        part.Sql is null && part.Lexical is { } lexical ? new($"!({lexical})", null) : new(null, $"not {part.Whole(parameters)}");

    /// <summary>All of it as SQL, in parentheses.</summary>
    private string Whole(SqlParameters parameters)
    {
        var matches = Lexical is null ? null : $"e.tokens @@ {parameters.Add(Lexical)}::tsquery";
        return $"({Joined(" and ", [matches, Sql]) ?? "true"})";
    }

    private static string? Joined(string separator, IEnumerable<string?> parts)
    {
        string[] given = [.. parts.OfType<string>()];
        return given.Length switch { 0 => null, 1 => given[0], _ => $"({string.Join(separator, given)})" };
    }
}

/// <summary>Values of a statement, each referred to as <c>{0}</c>, <c>{1}</c> …; nothing that somebody typed becomes SQL.</summary>
internal sealed class SqlParameters(SqlParameters? first = null)
{
    private readonly List<object> _values = [.. first?._values ?? []];

    public string Add(object value)
    {
        _values.Add(value);
        return $"{{{_values.Count - 1}}}";
    }

    public object[] Values => [.. _values];
}
