using Annotator.Domain.Text;

namespace Annotator.Domain.Search;

/// <summary>
/// A query as typed: <c>words "exact phrase" pre* this OR that -without (…) tag:ethics lang:ja after:2026-03</c>. Two queries are
/// equal when their conditions are.
/// </summary>
/// <param name="Condition">What an annotation must be like; null for an empty query.</param>
/// <param name="Unread">Parts that could not be read as typed, each once.</param>
public sealed record SearchQuery(Condition? Condition, IReadOnlyList<Unread> Unread)
{
    public static SearchQuery Empty { get; } = new(null, []);

    public bool IsEmpty => Condition is null;

    /// <summary>Filters that every result fulfils, i.e. those outside of alternatives and negations.</summary>
    public IReadOnlyList<SearchFilter> Filters => [.. Parts.OfType<SearchFilter>()];

    /// <summary>The words and phrases that results may hold, wherever they stand in the query; not what must be absent.</summary>
    public IReadOnlyList<Term> Terms => [.. TermsOf(Condition).Distinct()];

    /// <summary>Parses any text. Parts that are no query syntax count as words and are listed in <see cref="Unread"/>.</summary>
    public static SearchQuery Parse(string? text) => QueryReader.Read(UserText.Clean(text ?? ""));

    /// <summary>The query narrowed by one more filter; the same query when it has the filter already.</summary>
    public SearchQuery With(SearchFilter filter) => WithParts([.. Parts, filter]);

    /// <summary>The query without a filter, where that stands outside of alternatives and negations.</summary>
    public SearchQuery Without(SearchFilter filter) => WithParts(Parts.Where(p => p != filter));

    /// <summary>The query without the filters that every result must fulfil.</summary>
    public SearchQuery WithoutFilters() => WithParts(Parts.Where(p => p is not SearchFilter));

    /// <summary>The query with another term wherever one stands.</summary>
    public SearchQuery Replacing(Term term, Term other) =>
        this with { Condition = Condition is null ? null : Replaced(Condition, term, other) };

    public bool Equals(SearchQuery? other) => other is not null && Equals(Condition, other.Condition);

    public override int GetHashCode() => Condition?.GetHashCode() ?? 0;

    /// <summary>The query as one would type it; parses back to an equal query.</summary>
    public override string ToString() => Condition?.ToString() ?? "";

    private IReadOnlyList<Condition> Parts => Condition switch
    {
        null => [],
        AllOf all => all.Parts,
        _ => [Condition],
    };

    private SearchQuery WithParts(IEnumerable<Condition> parts) => this with { Condition = AllOf.Joined(parts) };

    private static Condition Replaced(Condition condition, Term term, Term other) => condition switch
    {
        Term same when same == term => other,
        AllOf all => AllOf.Joined(all.Parts.Select(p => Replaced(p, term, other)))!,
        AnyOf any => AnyOf.Joined(any.Parts.Select(p => Replaced(p, term, other)))!,
        _ => condition,
    };

    private static IEnumerable<Term> TermsOf(Condition? condition) => condition switch
    {
        Term term => [term],
        AllOf all => all.Parts.SelectMany(TermsOf),
        AnyOf any => any.Parts.SelectMany(TermsOf),
        _ => [],
    };
}

/// <summary>A part of a query that could not be read as typed.</summary>
/// <param name="Code">What is wrong, such as <c>unclosed_quote</c>.</param>
/// <param name="Text">The part as typed.</param>
public sealed record Unread(string Code, string Text);
