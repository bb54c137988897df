using System.Text.RegularExpressions;
using Annotator.Domain.Analysis;

namespace Annotator.Domain.Search;

/// <summary>
/// A condition in the two forms in which PostgreSQL is asked: <c>tsquery</c> for the GIN index, which may find too much, and SQL on
/// the row that removes the surplus.
/// </summary>
/// <param name="Lexicals"><c>tsquery</c> texts that must all match; empty when no lexeme can express the condition.</param>
/// <param name="Sql">A condition on the row <c>e</c> of an index table; null when the lexemes are exact.</param>
internal sealed partial record IndexCondition(IReadOnlyList<string> Lexicals, string? Sql)
{
    /// <summary>Holds for every row.</summary>
    public static IndexCondition Anything { get; } = new([], null);

    /// <summary>Holds for no row.</summary>
    public static IndexCondition Nothing { get; } = new([], "false");

    /// <summary>A condition that a <c>tsquery</c> expresses exactly.</summary>
    public static IndexCondition Of(string lexical) => new([lexical], null);

    /// <summary>Rows that carry a lexeme.</summary>
    public static IndexCondition WithLexeme(string lexeme) => Of(QueryTerm.Quoted(lexeme));

    /// <summary>Rows that carry a lexeme with this beginning.</summary>
    public static IndexCondition WithPrefix(string prefix) => Of($"{QueryTerm.Quoted(prefix)}:*");

    /// <summary>Rows that carry at least one of the lexemes; none for an empty list.</summary>
    public static IndexCondition WithAnyLexeme(IReadOnlyCollection<string> lexemes) =>
        lexemes.Count == 0 ? Nothing : Of($"({string.Join(" | ", lexemes.Select(QueryTerm.Quoted))})");

    /// <summary>Rows for which all parts hold.</summary>
    public static IndexCondition And(IEnumerable<IndexCondition> parts) =>
        new([.. parts.SelectMany(p => p.Lexicals)], Joined(" and ", parts.Select(p => p.Sql)));

    /// <param name="parts">At least one.</param>
    /// <param name="parameters">Takes the values that the SQL refers to.</param>
    public static IndexCondition Or(IReadOnlyList<IndexCondition> parts, SqlParameters parameters) =>
        new(
            parts.Any(p => p.Lexicals.Count == 0) ? [] : [Joined(" | ", parts.Select(p => Joined(" & ", p.Lexicals)))!],
            parts.All(p => p.Sql is null) ? null : Joined(" or ", parts.Select(p => p.Whole(parameters)))
        );

    /// <summary>Rows for which the part does not hold.</summary>
    /// <param name="parameters">Takes the values that the SQL refers to.</param>
    public static IndexCondition Not(IndexCondition part, SqlParameters parameters) =>
        part.Sql is null && part.Lexicals.Count > 0 ? Of($"!({Joined(" & ", part.Lexicals)})") : new([], $"not {part.Whole(parameters)}");

    /// <summary>
    /// The condition as SQL. Each <c>tsquery</c> is an <c>@@</c> of its own: GIN then skips from one to the next, where a single big
    /// one would test each candidate against all lexemes, up to ten times as slow. A query with only negations makes GIN scan the
    /// whole index; it is therefore merged into the first positive one.
    /// </summary>
    public string Where(SqlParameters parameters)
    {
        var isNegation = Lexicals.ToLookup(l => l.StartsWith('!'));
        var (positive, negative) = (isNegation[false].ToList(), isNegation[true]);
        if (positive.Count > 0)
            positive[0] = Joined(" & ", [positive[0], .. negative])!;
        else
            positive.AddRange(negative.Any() ? [Joined(" & ", negative)!] : []);
        return Joined(" and ", positive.Select(l => $"e.tokens @@ {parameters.Add(l)}::tsquery").Append(Sql)) ?? "true";
    }

    /// <summary>Whether there are lexemes to look up: others than those that rows must not have.</summary>
    public bool IsPositive => Lexicals.Any(IsLookedUp);

    /// <summary>
    /// About the largest share of rows that the lexemes leave, 0 to 1: forms of one word are mostly in the same rows, so the commonest
    /// one counts.
    /// </summary>
    /// <param name="share">Of the rows with a lexeme.</param>
    public double ShareBy(Func<string, double> share) =>
        Lexicals.Where(IsLookedUp)
            .Select(l => Lexeme().Matches(l).Max(m => m.Groups["prefix"].Success ? 1 : share(Unquoted(m.Groups["lexeme"].Value))))
            .DefaultIfEmpty(1)
            .Min();

    /// <summary>All of it as one condition, in parentheses.</summary>
    private string Whole(SqlParameters parameters)
    {
        var matches = Lexicals.Count == 0 ? null : $"e.tokens @@ {parameters.Add(Joined(" & ", Lexicals)!)}::tsquery";
        return $"({Joined(" and ", [matches, Sql]) ?? "true"})";
    }

    private static bool IsLookedUp(string lexical) => !Lexeme().Replace(lexical, "").Contains('!', StringComparison.Ordinal);

    private static string Unquoted(string lexeme) =>
        lexeme.Replace("''", "'", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    // As QueryTerm.Quoted writes them.
    [GeneratedRegex(@"'(?<lexeme>(?:[^']|'')*)'(?<prefix>:\*)?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Lexeme();

    private static string? Joined(string separator, IEnumerable<string?> parts)
    {
        string[] given = [.. parts.OfType<string>()];
        return given.Length switch { 0 => null, 1 => given[0], _ => $"({string.Join(separator, given)})" };
    }
}
