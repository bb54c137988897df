using System.Text;
using Annotator.Domain.Languages;

namespace Annotator.Domain.Exchange;

/// <summary>
/// Detects misaligned lines in a plain feed: after enough pairs in the same two writing systems (say passage Han, comment Latin),
/// a pair in another combination is reported as suspicious.
/// </summary>
internal sealed class LanguagePairHeuristic
{
    /// <summary>Pairs of one combination after which it counts as the usual one.</summary>
    private const int LeastPairs = 3;

    /// <summary>Letters that one ideograph counts for: a Chinese comment full of English names is Chinese.</summary>
    private const int LettersPerIdeograph = 4;

    private readonly Dictionary<(WritingSystem Passage, WritingSystem Comment), int> _pairs = [];
    private (WritingSystem Passage, WritingSystem Comment)? _usual;

    /// <summary>
    /// Counts a pair. Pairs in which passage and comment have the same writing system, or one of them has none, are ignored: they
    /// give no hint of the order of lines.
    /// </summary>
    /// <returns>True for a pair in the usual combination.</returns>
    public bool Count(FeedPair pair)
    {
        if (pair.Comment.Count == 0)
            return false;
        var systems = (Of(pair.Passage[0]), Of(pair.Comment[0]));
        if (systems.Item1 == systems.Item2 || systems.Item1 == WritingSystem.None || systems.Item2 == WritingSystem.None)
            return false;
        _pairs[systems] = _pairs.GetValueOrDefault(systems) + 1;
        var (commonest, count) = _pairs.MaxBy(p => p.Value);
        _usual = count >= LeastPairs ? commonest : null;
        return _usual == systems;
    }

    /// <summary>Whether the line is in the writing system that passages of this feed usually have.</summary>
    public bool IsPassage(FeedLine line) => _usual?.Passage == Of(line);

    /// <summary>Whether the line is in the writing system that comments of this feed usually have.</summary>
    public bool IsComment(FeedLine line) => _usual?.Comment == Of(line);

    /// <summary>Whether two lines look like a comment followed by a passage.</summary>
    public bool IsTurned(FeedLine first, FeedLine second) => IsComment(first) && IsPassage(second);

    // Han and kana count as one: a Japanese line has both.
    private static WritingSystem Of(FeedLine line)
    {
        var counts = new Dictionary<WritingSystem, int>();
        foreach (var rune in (line.Text ?? "").EnumerateRunes().Where(Rune.IsLetter))
        {
            var system = WritingSystems.Of(rune) is WritingSystem.Kana ? WritingSystem.Han : WritingSystems.Of(rune);
            counts[system] = counts.GetValueOrDefault(system) + (system is WritingSystem.Han ? LettersPerIdeograph : 1);
        }

        counts.Remove(WritingSystem.None);
        counts.Remove(WritingSystem.Other);
        return counts.Count == 0 ? WritingSystem.None : counts.MaxBy(c => c.Value).Key;
    }
}
