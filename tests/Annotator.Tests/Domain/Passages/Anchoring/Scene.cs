using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;

namespace Annotator.Tests.Domain.Passages.Anchoring;

/// <summary>A text of paragraphs with a quote in one of them, and where the quote stands after each change.</summary>
/// <param name="Others">The paragraphs without the one that holds the quote.</param>
/// <param name="At">How many of them stand before it.</param>
/// <param name="Before">The paragraph up to the quote.</param>
/// <param name="Words">The quote, word by word.</param>
/// <param name="After">The paragraph from the quote on.</param>
internal sealed record Scene(
    Vocabulary Vocabulary, IReadOnlyList<string> Others, int At, string Before, IReadOnlyList<string> Words, string After)
{
    private const string Gap = "\n\n";

    public static Scene Of(Vocabulary vocabulary, Random random)
    {
        var paragraphs = Enumerable.Range(0, 24).Select(_ => vocabulary.Paragraph(random, random.Next(60, 140))).ToList();
        var at = random.Next(paragraphs.Count);
        var paragraph = paragraphs[at];
        var length = random.Next(8, 50);
        var start = random.Next(paragraph.Count - length + 1);
        paragraphs.RemoveAt(at);
        return new Scene(vocabulary, paragraphs.ConvertAll(string.Concat), at, string.Concat(paragraph.Take(start)),
            paragraph.GetRange(start, length), string.Concat(paragraph.Skip(start + length)));
    }

    public string Quoted => string.Concat(Words);

    public string Text => Head + Quoted + After + string.Concat(Others.Skip(At).Select(p => Gap + p));

    /// <summary>The quote as a client takes it: 32 and more characters around, position in code points.</summary>
    public Quote Quote
    {
        get
        {
            var text = Text;
            var (start, end) = (Head.Length, Head.Length + Quoted.Length);
            return new Quote(
                text[start..end],
                text[Math.Max(0, start - 40)..start],
                text[end..Math.Min(text.Length, end + 40)],
                CodePoints(text[..start]),
                CodePoints(text[..end]));
        }
    }

    /// <summary>Whether a placement is where the quote stands. A changed one may lack an edge that much was inserted beside.</summary>
    public bool Holds(Placement placement)
    {
        var start = CodePoints(Head);
        var end = start + CodePoints(Quoted);
        var common = Math.Min(end, placement.End) - Math.Max(start, placement.Start);
        return common >= (placement.Kind == PlacementKind.Exact
            ? 0.95
            : 0.5) * (Math.Max(end, placement.End) - Math.Min(start, placement.Start));
    }

    private string Head => string.Concat(Others.Take(At).Select(p => p + Gap)) + Before;

    public Scene Written(Func<string, string> how) =>
        this with { Others = [.. Others.Select(how)], Before = how(Before), Words = [how(Quoted)], After = how(After) };

    private static int CodePoints(string text) => text.EnumerateRunes().Count();
}
