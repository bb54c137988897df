using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lingua;
using Statistics = Lingua.LanguageDetector;

namespace Annotator.Domain.Languages;

/// <summary>
/// Detects the language of a comment or text. The script decides where only one language uses it; Lingua's letter statistics decide
/// between languages that share one. Texts too short or too close to call get the author's usual language, or <c>und</c>. Thread-safe.
/// </summary>
public sealed class LanguageDetector
{
    // Characters of the text that are read, from the beginning; 120 give 99 % right answers, many more only cost time.
    private const int MaxLength = 240;

    // Texts shorter than this (characters) need a clearer margin: even the best detectors are wrong in one of six of them.
    private const int ShortLength = 20;

    // Texts shorter than this (characters) are not given to Lingua: a word or an abbreviation is the same in many languages.
    private const int LeastLength = 8;

    // Fewer letters than this do not outweigh the language of the text that they are a part of.
    private const int TellingLength = 80;

    // Least distance between the likeliest two of Lingua's probabilities, which sum to 1.
    private const double ClearMargin = 0.1;
    private const double ClearMarginOfShort = 0.5;

    private static readonly Language[] Offered =
    [
        Language.English, Language.German, Language.French, Language.Spanish, Language.Portuguese, Language.Italian, Language.Dutch,
        Language.Swedish, Language.Danish, Language.Bokmal, Language.Finnish, Language.Icelandic, Language.Polish, Language.Czech,
        Language.Hungarian, Language.Romanian, Language.Turkish, Language.Vietnamese, Language.Indonesian, Language.Catalan,
        Language.Russian, Language.Ukrainian, Language.Bulgarian, Language.Arabic, Language.Persian, Language.Urdu, Language.Hindi,
        Language.Marathi,
    ];

    private static readonly FrozenDictionary<Language, string> Codes =
        Offered.ToFrozenDictionary(language => language, language => LanguageInfo.IsoCode6391(language).ToString().ToLowerInvariant());

    private readonly Lock _lock = new();
    private Statistics? _statistics;
    private int _users;
    private long _used;

    /// <summary>
    /// Loads the statistics (some 60 MB, half a second) in the background, for a text that will come soon; it would wait otherwise.
    /// </summary>
    public Task WarmUpAsync() => Task.Run(() => Using(_ => true));

    /// <summary>Gives the memory of the statistics back when no text has needed them for some time.</summary>
    /// <returns>Whether there was something to give back.</returns>
    public bool Rest(TimeSpan unused)
    {
        lock (_lock)
        {
            if (_statistics is null || _users > 0 || Stopwatch.GetElapsedTime(_used) < unused)
                return false;
            _statistics.UnloadLanguageModels();
            _statistics = null;
            return true;
        }
    }

    /// <param name="text">Markdown; code, addresses and markup in it do not count.</param>
    /// <param name="usual">The language the author mostly writes in; preferred in doubt.</param>
    /// <param name="other">The next best guess, as the language of the quoted passage.</param>
    public LanguageTag Detect(string text, LanguageTag? usual = null, LanguageTag? other = null)
    {
        var prose = Prose.Of(text, MaxLength);
        var scripts = ScriptCount.Of(prose);
        var script = scripts.Prevailing(usual);
        return script switch
        {
            WritingSystem.None => LanguageTag.Undetermined,
            WritingSystem.Han => scripts.IsJapanese ? HanText.Japanese : HanText.Language(prose, ShortLength, usual, other),
            WritingSystem.Latin or WritingSystem.Cyrillic or WritingSystem.Arabic or WritingSystem.Devanagari =>
                Weigh(prose, script, usual, other),
            _ => Scripts.SoleLanguage(script) ?? LanguageTag.Undetermined,
        };
    }

    /// <summary>
    /// The language of a part of a text: that of the whole, unless the part is in another script or has letters enough to tell.
    /// </summary>
    /// <param name="whole">Null when it is not known.</param>
    public LanguageTag DetectPart(string text, LanguageTag? whole)
    {
        var prose = Prose.Of(text, MaxLength);
        var script = ScriptCount.Of(prose).Prevailing(whole);
        return Fitting(whole, script) is { } same && WordsOf(prose, script).Length < TellingLength ? same : Detect(text, null, whole);
    }

    private LanguageTag Weigh(string prose, WritingSystem script, LanguageTag? usual, LanguageTag? other)
    {
        var words = WordsOf(prose, script);
        var isCard = Prose.IsCard(prose);
        var isShort = words.Length < ShortLength || isCard;
        if (isShort && (Fitting(usual, script) ?? Fitting(other, script)) is { } hint)
            return hint;
        if (words.Length < LeastLength || isCard)
            return InDoubt(script);
        if (FunctionWords.Language(words, script == WritingSystem.Latin) is { } language)
            return language;
        // Sorted, the likeliest first.
        var likeliest = Using(statistics => statistics.ComputeLanguageConfidenceValues(words).Take(2).ToArray());
        if (likeliest is not [{ Value: > 0 } best, var next])
            return InDoubt(script);
        return best.Value - next.Value >= (isShort ? ClearMarginOfShort : ClearMargin) ? TagOf(best.Key)
            : IsOneOf(usual, best.Key, next.Key) ? usual!.Value
            : IsOneOf(other, best.Key, next.Key) ? other!.Value
            : InDoubt(script);
    }

    // Those who come while the statistics are loaded wait for the same.
    private T Using<T>(Func<Statistics, T> ask)
    {
        Statistics statistics;
        lock (_lock)
        {
            statistics = _statistics ??=
                LanguageDetectorBuilder.FromLanguages(Offered).WithLowAccuracyMode().WithPreloadedLanguageModels().Build();
            _users++;
        }

        try
        {
            return ask(statistics);
        }
        finally
        {
            lock (_lock)
            {
                _users--;
                _used = Stopwatch.GetTimestamp();
            }
        }
    }

    // Lingua counts every letter, so that terms of another script would mislead it.
    private static string WordsOf(string prose, WritingSystem script)
    {
        var words = new StringBuilder(prose.Length);
        foreach (var rune in prose.EnumerateRunes())
        {
            if (WritingSystems.Of(rune) == script
                || rune.Value is '\'' or '’'
                || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                words.Append(rune);
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString();
    }

    private static LanguageTag? Fitting(LanguageTag? language, WritingSystem script) =>
        language is { IsUndetermined: false } tag && Scripts.Of(tag) == script ? tag : null;

    // Most that is written in Devanagari is Hindi; the other shared scripts have no such language.
    private static LanguageTag InDoubt(WritingSystem script) =>
        script == WritingSystem.Devanagari ? TagOf(Language.Hindi) : LanguageTag.Undetermined;

    private static bool IsOneOf(LanguageTag? language, Language first, Language second) =>
        language is { } tag && ((string[])[Codes[first], Codes[second]]).Contains(tag.Language, StringComparer.Ordinal);

    private static LanguageTag TagOf(Language language) => LanguageTag.Parse(Codes[language]);
}
