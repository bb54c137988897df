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
    public const string Gap = "\n\n";

    public static Scene Of(Vocabulary vocabulary, Random random)
    {
        if (vocabulary.Real is { } real)
            return OfReal(vocabulary, real, random);
        var paragraphs = Enumerable.Range(0, 24).Select(_ => vocabulary.Paragraph(random, random.Next(60, 140))).ToList();
        return Of(vocabulary, paragraphs, random.Next(paragraphs.Count), random.Next(8, 50), random);
    }

    private static Scene OfReal(Vocabulary vocabulary, IReadOnlyList<List<string>> real, Random random)
    {
        var paragraphs = real.ToList();
        int at;
        do
            at = random.Next(paragraphs.Count);
        while (paragraphs[at].Count < 12);
        return Of(vocabulary, paragraphs, at, random.Next(8, Math.Min(50, paragraphs[at].Count)), random);
    }

    private static Scene Of(Vocabulary vocabulary, List<List<string>> paragraphs, int at, int length, Random random)
    {
        var paragraph = paragraphs[at];
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

    /// <summary>The text with the quote between marks (<see cref="Trial"/>).</summary>
    public string Marked
    {
        get
        {
            var quoted = Quoted.TrimEnd();
            return Head + Trial.Opening + quoted + Trial.Closing + Quoted[quoted.Length..] + After
                + string.Concat(Others.Skip(At).Select(p => Gap + p));
        }
    }

    /// <summary>The same text with the first few words of the quote alone quoted.</summary>
    public Scene Short(Random random, int least, int most)
    {
        var count = Math.Min(Words.Count, random.Next(least, most + 1));
        return this with { Words = [.. Words.Take(count)], After = string.Concat(Words.Skip(count)) + After };
    }

    private string Head => string.Concat(Others.Take(At).Select(p => p + Gap)) + Before;

    public Scene Written(Func<string, string> how) =>
        this with { Others = [.. Others.Select(how)], Before = how(Before), Words = [how(Quoted)], After = how(After) };

    private static int CodePoints(string text) => text.EnumerateRunes().Count();
}
