using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>Gives Lucene lexemes that are made already, one record after another.</summary>
internal sealed class LexemeStream : TokenStream
{
    private readonly ICharTermAttribute _term;
    private IEnumerator<string> _lexemes = Enumerable.Empty<string>().GetEnumerator();

    public LexemeStream() => _term = AddAttribute<ICharTermAttribute>();

    public void Say(IEnumerable<string> lexemes)
    {
        _lexemes.Dispose();
        _lexemes = lexemes.GetEnumerator();
    }

    public override bool IncrementToken()
    {
        ClearAttributes();
        if (!_lexemes.MoveNext())
            return false;
        _term.Append(_lexemes.Current);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _lexemes.Dispose();
        base.Dispose(disposing);
    }
}
