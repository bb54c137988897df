namespace Annotator.Benchmarks.Search.Truth;

/// <summary>How the rules compare texts.</summary>
internal enum Norm
{
    /// <summary><see cref="PlainFolding.Alike"/>.</summary>
    Alike,

    /// <summary><see cref="PlainFolding.Bare"/>.</summary>
    Bare,
}

/// <summary>A record as the rules see it: its fields are the tags, then the comment, then the quote.</summary>
internal sealed class RuleText
{
    private readonly string[][] _fields;
    private readonly string[] _joined;
    private readonly List<string>[]?[] _words = new List<string>[]?[2];

    public RuleText(CorpusRecord record, PlainFolding folding)
    {
        string[] alike = [.. record.Tags.Select(PlainFolding.Alike), PlainFolding.Alike(record.Text), PlainFolding.Alike(record.Quote)];
        _fields = [alike, Array.ConvertAll(alike, folding.Bare)];
        _joined = Array.ConvertAll(_fields, f => string.Join('\n', f));
        (LangText, LangSource) = (record.LangText, record.LangSource);
    }

    public string LangText { get; }

    public string LangSource { get; }

    public ReadOnlySpan<string> Tags => _fields[0].AsSpan(..^2);

    public string[] Fields(Norm norm) => _fields[(int)norm];

    /// <summary>The language of a field; null for a tag.</summary>
    public string? LanguageOf(int field) =>
        field < Tags.Length ? null : field == Tags.Length ? LangText : LangSource;

    /// <summary>False spares looking at each field.</summary>
    public bool Holds(Norm norm, string value) => _joined[(int)norm].Contains(value, StringComparison.Ordinal);

    /// <summary>The words of each field.</summary>
    public List<string>[] Words(Norm norm) => _words[(int)norm] ??= Array.ConvertAll(Fields(norm), PlainWords.Of);
}
