namespace Annotator.Domain.Analysis;

/// <summary>How one thing is found, in a narrow table of its own so that the search reads few pages.</summary>
public abstract class IndexEntry
{
    /// <summary>The <see cref="Analyzer.Version"/> that made the entry.</summary>
    public short Version { get; private set; }

    /// <summary>Time of indexing; changes whenever the content does.</summary>
    public DateTimeOffset Indexed { get; private set; }

    /// <summary><see cref="AnalyzedText.Words"/>.</summary>
    public string Words { get; private set; } = "";

    /// <summary>Lexemes of the words and of filters; without positions.</summary>
    public IReadOnlySet<string> Tokens { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Replaces the content of the entry; <see cref="Version"/> becomes the present one.</summary>
    public void Write(AnalyzedText text, DateTimeOffset now)
    {
        Version = Analyzer.Version;
        Indexed = now;
        Words = text.Words;
        Tokens = text.Lexemes;
    }

    /// <summary>Takes the place of an entry of another table that was made at this moment.</summary>
    internal void Replaces(DateTimeOffset indexed) => Indexed = indexed;
}
