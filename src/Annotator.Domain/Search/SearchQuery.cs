using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Annotator.Domain.Text;

namespace Annotator.Domain.Search;

/// <summary>
/// What somebody looks for: words that must all occur, and filters. Typed as
/// <c>words "exact phrase" tag:ethics lang:ja user:mei source:example.org</c>; values with spaces stand in quotes.
/// </summary>
/// <param name="Terms">Words and phrases; every one must occur in the tags, the body, the passage or the title.</param>
public sealed partial record SearchQuery(IReadOnlyList<string> Terms, IReadOnlyList<SearchFilter> Filters)
{
    public static SearchQuery Empty { get; } = new([], []);

    public bool IsEmpty => Terms.Count == 0 && Filters.Count == 0;

    /// <summary>What an annotation must be like; null for an empty query.</summary>
    public Condition? Condition => IsEmpty ? null : new AllOf([.. Terms.Select(t => new Term(t, TermKind.Phrase)), .. Filters]);

    /// <summary>Reads anything: what is not a filter is a word. Full-width colons and the quotation marks of other languages are understood.</summary>
    public static SearchQuery Parse(string? text)
    {
        var terms = new List<string>();
        var filters = new List<SearchFilter>();
        foreach (Match match in Part().Matches(UserText.Clean(text ?? "")))
        {
            var value = (match.Groups["phrase"].Success ? match.Groups["phrase"] : match.Groups["word"]).Value.Trim();
            if (value.Length == 0)
                continue;
            if (match.Groups["field"].Success && FieldNamed(match.Groups["field"].Value) is { } field)
                filters.Add(new SearchFilter(field, value));
            else
                terms.Add(match.Groups["field"].Success ? $"{match.Groups["field"].Value}:{value}" : value);
        }

        return new SearchQuery([.. terms.Distinct(StringComparer.Ordinal)], [.. filters.Distinct()]);
    }

    public SearchQuery With(SearchFilter filter) => Filters.Contains(filter) ? this : this with { Filters = [.. Filters, filter] };

    public SearchQuery Without(SearchFilter filter) => this with { Filters = [.. Filters.Where(f => f != filter)] };

    public IEnumerable<string> Values(SearchField field) => Filters.Where(f => f.Field == field).Select(f => f.Value);

    public bool Equals(SearchQuery? other) =>
        other is not null && Terms.SequenceEqual(other.Terms, StringComparer.Ordinal) && Filters.SequenceEqual(other.Filters);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The query as one would type it; parses back to an equal query.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var part in Terms.Select(t => t.AsSpan().ContainsAny(Colons) ? Quoted(t) : QuotedIfNeeded(t)).Concat(Filters.Select(f => f.ToString())))
            text.Append(text.Length > 0 ? " " : "").Append(part);
        return text.ToString();
    }

    private static readonly SearchValues<char> Colons = SearchValues.Create(":：");
    private static readonly SearchValues<char> QuotationMarks = SearchValues.Create("\"“”„「」");

    internal static string QuotedIfNeeded(string value) =>
        value.Any(char.IsWhiteSpace) || value.AsSpan().ContainsAny(QuotationMarks) ? Quoted(value) : value;

    // There is always a pair that the value does not end early, for it was read between one.
    private static string Quoted(string value) =>
        !value.Contains('"', StringComparison.Ordinal) ? $"\"{value}\""
        : !value.Contains('”', StringComparison.Ordinal) ? $"“{value}”"
        : $"「{value.Replace("」", "", StringComparison.Ordinal)}」";

    // The colon and the quotation marks are those of the keyboard, of input methods and of telephones.
    [GeneratedRegex("""(?:(?<field>[a-z-]{1,20})[:：])?(?:"(?<phrase>[^"]*)"?|“(?<phrase>[^”]*)”|„(?<phrase>[^“”]*)[“”]|「(?<phrase>[^」]*)」|(?<word>[^\s"“”„「」]+))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();

    private static SearchField? FieldNamed(string name) => name.ToLowerInvariant() switch
    {
        "tag" => SearchField.Tag,
        "lang" => SearchField.Lang,
        "user" => SearchField.User,
        "source" or "url" => SearchField.Source,
        _ => null,
    };
}
