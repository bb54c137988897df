using NpgsqlTypes;

namespace Annotator.Domain.Search.Analysis;

/// <summary>How one thing is found, in a narrow table of its own so that the search reads few pages.</summary>
public abstract class IndexEntry
{
    /// <summary><see cref="Analyzer.Version"/> that made it.</summary>
    public short Version { get; private set; }

    /// <summary>When it was made; another time means other content.</summary>
    public DateTimeOffset Indexed { get; private set; }

    /// <summary><see cref="AnalyzedText.Words"/>.</summary>
    public string Words { get; private set; } = "";

    /// <summary>Lexemes of the words, and marks of what else is known; without positions.</summary>
    public NpgsqlTsVector Tokens { get; private set; } = NpgsqlTsVector.Empty;

    /// <param name="marks">Lexemes that begin with a colon, as no word does.</param>
    public void Write(AnalyzedText text, IEnumerable<string> marks, DateTimeOffset now)
    {
        Version = Analyzer.Version;
        Indexed = now;
        Words = text.Words;
        Tokens = Vector(text.Lexemes.Concat(marks));
    }

    /// <summary>Takes the place of an entry of another table that was made at this moment.</summary>
    internal void Replaces(DateTimeOffset indexed) => Indexed = indexed;

#pragma warning disable CS0618 // Obsolete because it cannot do what to_tsvector does; quoted lexemes are all it is given here.
    private static NpgsqlTsVector Vector(IEnumerable<string> lexemes) =>
        NpgsqlTsVector.Parse(string.Join(' ', lexemes.Select(QueryTerm.Quoted)));
#pragma warning restore CS0618
}
