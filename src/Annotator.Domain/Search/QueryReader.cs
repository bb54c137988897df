using System.Text;
using Annotator.Domain.Languages;

namespace Annotator.Domain.Search;

/// <summary>
/// Reads a query by descent: a group is a row of alternatives that must all hold, alternatives are operands joined by OR, an operand is
/// a term, a filter or a group, negated or not.
/// </summary>
internal sealed class QueryReader
{
    private const int MostTerms = 64;
    private const int Deepest = 16;

    private readonly QueryText _text;
    private readonly List<Unread> _unread = [];
    private int _terms;
    private int _ignored;

    private QueryReader(string text) => _text = new QueryText(text);

    /// <param name="text">Clean text.</param>
    public static SearchQuery Read(string text)
    {
        var reader = new QueryReader(text);
        var condition = reader.Group(0);
        return new SearchQuery(condition, [.. reader._unread.Distinct()]);
    }

    private Condition? Group(int depth)
    {
        var all = new List<Condition>();
        for (_text.SkipSpace(); !_text.IsAtEnd; _text.SkipSpace())
        {
            if (_text.IsAtClosing)
            {
                if (_ignored == 0 && depth > 0)
                    break;
                if (_ignored == 0)
                    Report(new Unread("unmatched_parenthesis", _text.Sign()));
                else
                    Ignored(-1);
            }
            else if (_text.IsAtOr)
            {
                Report(new Unread("nothing_to_join", _text.Or()));
            }
            else if (Alternatives(depth) is { } part)
            {
                all.Add(part);
            }
        }

        return AllOf.Joined(all);
    }

    private Condition? Alternatives(int depth)
    {
        var any = new List<Condition>();
        Add(Operand(depth), null);
        for (_text.SkipSpace(); _text.IsAtOr; _text.SkipSpace())
        {
            var or = _text.Or();
            _text.SkipSpace();
            Add(_text.IsAtEnd || _text.IsAtClosing || _text.IsAtOr ? null : Operand(depth), or);
        }

        return AnyOf.Joined(any);

        void Add(Condition? operand, string? or)
        {
            if (operand is not null)
                any.Add(operand);
            if (or is not null && _terms <= MostTerms && (operand is null || any.Count == 1))
                Report(new Unread("nothing_to_join", or));
        }
    }

    private Condition? Operand(int depth)
    {
        var isNegated = false;
        while (!_text.IsAtEnd)
        {
            if (_text.TryMinus())
                isNegated = !isNegated;
            else if (_text.IsAtOpening && depth == Deepest)
                Report(new Unread("too_deep", Ignored(1)));
            else
                break;
        }

        if (_text.IsAtEnd || _text.IsAtClosing || (_text.IsAtOr && !isNegated))
            return null;
        var operand = _text.IsAtOpening ? Parenthesized(depth + 1) : Leaf();
        return operand is not null && isNegated ? Not.Of(operand) : operand;
    }

    private Condition? Parenthesized(int depth)
    {
        var opening = _text.Sign();
        var group = Group(depth);
        if (_text.IsAtClosing)
            _text.Sign();
        else if (_terms <= MostTerms)
            Report(new Unread("unmatched_parenthesis", opening));
        return group;
    }

    private string Ignored(int opened)
    {
        var parenthesis = _text.Sign();
        _ignored += opened;
        _text.SkipSpace();
        return parenthesis;
    }

    private Condition? Leaf()
    {
        if (++_terms > MostTerms)
        {
            Report(new Unread("too_many_terms", _text.Rest()));
            return null;
        }

        if (TryQuoted(out var phrase))
            return phrase.Length == 0 ? null : new Term(phrase, TermKind.Phrase);
        return _text.TryField(out var field, out var name) ? Filter(field, name) : Word(_text.Run(isValue: false));
    }

    private Condition? Filter(SearchField field, string name)
    {
        var value = Value(field, out var isQuoted);
        if (Filter(field, value, out var code) is { } filter)
            return filter;
        var typed = name + value;
        Report(new Unread(code, typed));
        if (isQuoted)
            return value.Length == 0 ? null : new Term(typed, TermKind.Phrase);
        return value.Length == 0 ? new Term(typed) : Word(typed);
    }

    // Key and value of a line may each be in quotation marks: field:"Gene name"="two words".
    private string Value(SearchField field, out bool isQuoted)
    {
        isQuoted = TryQuoted(out var value);
        if (!isQuoted)
            value = _text.Run(isValue: true);
        if (field != SearchField.Field)
            return value;
        if (isQuoted && _text.IsAtEquals)
            value += _text.Sign();
        else if (isQuoted || value.Length == 0 || !QueryText.IsEquals(value[^1]))
            return value;
        var isRestQuoted = TryQuoted(out var rest);
        isQuoted |= isRestQuoted;
        return value + (isRestQuoted ? rest : _text.Run(isValue: true));
    }

    private static SearchFilter? Filter(SearchField field, string value, out string code)
    {
        var plain = QueryText.Plain(value).ToLowerInvariant();
        (var read, code) = field switch
        {
            SearchField.After or SearchField.Before =>
                (SearchMoment.TryParse(value, DateTimeOffset.UnixEpoch, out _) ? plain : null, "not_a_date"),
            SearchField.Has => (plain is "replies" ? plain : null, "not_known"),
            SearchField.Is => (plain is "mine" ? plain : null, "not_known"),
            SearchField.Lang or SearchField.SourceLang => (QueryText.Plain(value).Normalize(), ""),
            SearchField.Field => (Line(value), ""),
            _ => (value, ""),
        };
        if (value.Length == 0 || read is "")
            code = "no_value";
        return string.IsNullOrEmpty(read) ? null : new SearchFilter(field, read);
    }

    /// <summary><c>Gene=IDUA</c>, or <c>Gene</c> for any value; empty without a name.</summary>
    private static string Line(string value)
    {
        var equals = value.AsSpan().IndexOfAny('=', '＝');
        var name = (equals < 0 ? value : value[..equals]).Trim();
        var wanted = equals < 0 ? "" : value[(equals + 1)..].Trim();
        return name.Length == 0 || wanted.Length == 0 ? name : $"{name}={wanted}".Normalize();
    }

    private Term Word(string typed)
    {
        var beginning = typed.TrimEnd('*', '＊');
        if (beginning.Length == typed.Length || !QueryText.HasLetters(beginning))
            return new Term(typed, QueryText.IsOr(typed) ? TermKind.Phrase : TermKind.Word);
        if (IsLongEnough(beginning))
            return new Term(beginning, TermKind.Prefix);
        Report(new Unread("short_prefix", typed));
        return new Term(beginning);
    }

    /// <summary>Two letters, or one character of a script without spaces.</summary>
    private static bool IsLongEnough(string beginning)
    {
        var letters = beginning.EnumerateRunes().Where(Rune.IsLetterOrDigit).ToList();
        return letters.Count > 1 || WritingSystems.Of(letters[0]).IsUnspaced();
    }

    private bool TryQuoted(out string quoted)
    {
        var isThere = _text.TryQuoted(out quoted, out var isClosed);
        if (isThere && !isClosed)
            Report(new Unread("unclosed_quote", quoted));
        return isThere;
    }

    private void Report(Unread unread) => _unread.Add(unread);
}
