using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>
/// Reads a <c>tsquery</c>, as PostgreSQL writes it, as a query of Lucene: quoted lexemes, <c>:*</c> behind beginnings,
/// <c>!</c> before <c>&amp;</c> before <c>|</c>, parentheses.
/// </summary>
internal sealed class LexemeQuery
{
    private readonly string _field;
    private readonly string _text;
    private int _at;

    private LexemeQuery(string field, string text) => (_field, _text) = (field, text);

    /// <exception cref="FormatException">It is none.</exception>
    public static Query Parse(string field, string tsquery)
    {
        var reader = new LexemeQuery(field, tsquery);
        var query = reader.Any();
        return reader.Next() == '\0' ? query : throw reader.Wrong();
    }

    /// <summary>All parts must hold; those that are no <see cref="Not"/> find, the others take away.</summary>
    public static Query All(IReadOnlyList<Query> parts) => Joined(parts, Occur.MUST);

    public static Query Any(IReadOnlyList<Query> parts) => Joined(parts, Occur.SHOULD);

    // Lucene takes away from what something else has found.
    public static Query Not(Query query) => new BooleanQuery { { new MatchAllDocsQuery(), Occur.MUST }, { query, Occur.MUST_NOT } };

    private static Query Joined(IReadOnlyList<Query> parts, Occur occur)
    {
        if (parts.Count == 1)
            return parts[0];
        var joined = new BooleanQuery();
        foreach (var part in parts)
        {
            if (occur == Occur.MUST && part is BooleanQuery { Clauses: [{ Query: MatchAllDocsQuery }, { Occur: Occur.MUST_NOT } without] })
                joined.Add(without.Query, Occur.MUST_NOT);
            else
                joined.Add(part, occur);
        }

        if (joined.Clauses.All(c => c.Occur == Occur.MUST_NOT))
            joined.Add(new MatchAllDocsQuery(), Occur.MUST);
        return joined;
    }

    private Query Any() => Any(Parts('|', () => All(Parts('&', Part))));

    private List<Query> Parts(char sign, Func<Query> read)
    {
        var parts = new List<Query> { read() };
        while (Takes(sign))
            parts.Add(read());
        return parts;
    }

    private Query Part()
    {
        if (Takes('!'))
            return Not(Part());
        if (!Takes('('))
            return Lexeme();
        var inner = Any();
        return Takes(')') ? inner : throw Wrong();
    }

    private Query Lexeme()
    {
        if (!Takes('\''))
            throw Wrong();
        var lexeme = new StringBuilder();
        while (true)
        {
            var c = _at < _text.Length ? _text[_at++] : throw Wrong();
            var isEscape = c == '\\' || (c == '\'' && _at < _text.Length && _text[_at] == '\'');
            if (c == '\'' && !isEscape)
                break;
            lexeme.Append(isEscape && _at < _text.Length ? _text[_at++] : c);
        }

        var term = new Lucene.Net.Index.Term(_field, lexeme.ToString());
        if (!Takes(':'))
            return new TermQuery(term);
        return Takes('*') ? new PrefixQuery(term) : throw Wrong();
    }

    private bool Takes(char sign)
    {
        if (Next() != sign)
            return false;
        _at++;
        return true;
    }

    private char Next()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private FormatException Wrong() => new($"Not understood at {_at}: {_text}");
}
