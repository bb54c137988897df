using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Util;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Lines of a page that belong together.</summary>
/// <param name="Size">Of the type, in points.</param>
internal sealed record PdfParagraph(int Page, double Size, IReadOnlyList<string> Lines);

/// <summary>Finds words, lines and columns in the letters of a page, which a PDF keeps in any order.</summary>
internal static class PdfLayout
{
    // What looks at pairs of words or blocks would take minutes on pages that hold more; such pages are read from the top down.
    private const int MostWords = 8_000;
    private const int MostLetters = 40_000;
    private const int MostBlocks = 400;
    private const int MostInOnePlace = 50;

    private static readonly NearestNeighbourWordExtractor Words = new(new() { MaxDegreeOfParallelism = 1 });
    private static readonly DocstrumBoundingBoxes Segmenter = new(new() { MaxDegreeOfParallelism = 1 });
    private static readonly UnsupervisedReadingOrderDetector Order = new(
        5, UnsupervisedReadingOrderDetector.SpatialReasoningRules.ColumnWise, useRenderingOrder: true);

    /// <summary>The paragraphs of a page in reading order.</summary>
    public static IEnumerable<PdfParagraph> Paragraphs(Page page) =>
        from block in Blocks(page)
        from lines in Split(block.TextLines)
        let size = Size(lines)
        let texts = lines.Select(PdfLine.Text).Where(t => t.Length > 0).ToList()
        where texts.Count > 0
        select new PdfParagraph(page.Number, size, texts);

    // Bold type is often made by drawing a letter again where it is.
    private static List<Letter> LettersOf(Page page) =>
        [.. page.Letters.DistinctBy(l => (l.Value, Math.Round(l.StartBaseLine.X), Math.Round(l.StartBaseLine.Y)))];

    private static bool IsCrowded(List<Letter> letters) =>
        letters.Count > MostLetters
            || letters.CountBy(l => (Math.Round(l.StartBaseLine.X), Math.Round(l.StartBaseLine.Y))).Any(c => c.Value > MostInOnePlace);

    private static List<Word> WordsOf(List<Letter> letters, bool isCrowded)
    {
        IWordExtractor extractor = isCrowded ? DefaultWordExtractor.Instance : Words;
        try
        {
            return Written(extractor.GetWords(letters));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return Written(DefaultWordExtractor.Instance.GetWords(letters));
        }
    }

    private static List<Word> Written(IEnumerable<Word> words) => [.. words.Where(w => !string.IsNullOrWhiteSpace(w.Text))];

    private static IEnumerable<TextBlock> Blocks(Page page)
    {
        var letters = LettersOf(page);
        var isCrowded = IsCrowded(letters);
        var words = WordsOf(letters, isCrowded);
        if (words.Count is 0)
            return [];
        if (isCrowded || words.Count > MostWords)
            return TopDown(words);
        try
        {
            var blocks = Segmenter.GetBlocks(words);
            return blocks.Count > MostBlocks ? TopDown(words) : Order.Get(blocks);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return TopDown(words);
        }
    }

    private static IEnumerable<TextBlock> TopDown(List<Word> words)
    {
        var lines = new List<TextLine>();
        var line = new List<Word>();
        foreach (var word in words.OrderByDescending(Baseline))
        {
            if (line.Count > 0 && Baseline(line[0]) - Baseline(word) > word.Letters[0].PointSize / 2)
                End();
            line.Add(word);
        }

        End();
        return lines.Select(l => new TextBlock([l]));

        void End()
        {
            lines.Add(new TextLine([.. line.OrderBy(w => w.BoundingBox.Left)]));
            line.Clear();
        }
    }

    private static double Baseline(Word word) => word.Letters[0].StartBaseLine.Y;

    // A paragraph begins at a line that is set in, after one that is not and ends a sentence.
    private static IEnumerable<List<TextLine>> Split(IReadOnlyList<TextLine> lines)
    {
        var left = lines.Min(l => l.BoundingBox.Left);
        var part = new List<TextLine>();
        foreach (var line in lines)
        {
            if (part.Count > 0 && IsIndented(line, left) && !(part.Count > 1 && IsIndented(part[^1], left)) && EndsSentence(part[^1]))
            {
                yield return part;
                part = [];
            }

            part.Add(line);
        }

        yield return part;
    }

    private static bool IsIndented(TextLine line, double left) =>
        line.TextOrientation == TextOrientation.Horizontal && line.BoundingBox.Left - left > 0.7 * line.Words[0].Letters[0].PointSize;

    private static bool EndsSentence(TextLine line) =>
        line.Text.TrimEnd() is [.., '.' or '!' or '?' or ':' or '”' or '"' or '’' or '»' or ')' or '。' or '！' or '？'];

    private static double Size(List<TextLine> lines) =>
        lines.SelectMany(l => l.Words).SelectMany(w => w.Letters).CountBy(l => Math.Round(2 * l.PointSize) / 2).MaxBy(c => c.Value).Key;
}
