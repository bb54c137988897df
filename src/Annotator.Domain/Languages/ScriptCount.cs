namespace Annotator.Domain.Languages;

/// <summary>Counts the words of a text per script. Words, not letters: a Latin term then weighs no more than a Chinese word.</summary>
internal sealed class ScriptCount
{
    // Share of words, 0 to 1, from which the author's usual script wins over a commoner one: a Chinese sentence of three words with
    // many English terms is still Chinese.
    private const float LeastShare = 0.2f;

    private readonly float[] _words = new float[(int)WritingSystem.Other];
    private int _han;
    private int _kana;

    /// <summary>True from one kana per six Han characters: Chinese prose may quote a kana or two, Japanese prose has many.</summary>
    public bool IsJapanese => _kana > 0 && _kana * 6 >= _han;

    /// <summary>Counts the words of a text.</summary>
    public static ScriptCount Of(string text)
    {
        var count = new ScriptCount();
        var before = WritingSystem.None;
        foreach (var rune in text.EnumerateRunes())
        {
            var system = WritingSystems.Of(rune);
            if (system == WritingSystem.Other
                || (system == WritingSystem.None && rune.Value is '-' or '_' or '\'' or '’' or 0x200C or 0x200D or 0xAD))
            {
                continue;
            }

            count._han += system == WritingSystem.Han ? 1 : 0;
            count._kana += system == WritingSystem.Kana ? 1 : 0;
            count._words[(int)(system == WritingSystem.Kana ? WritingSystem.Han : system)] += Weight(system, before);
            before = system;
        }

        return count;
    }

    /// <summary>
    /// The script with the most words (Japanese counts as Han); the second where the author usually writes in it and it has a fair
    /// share.
    /// </summary>
    public WritingSystem Prevailing(LanguageTag? usual)
    {
        var most = WritingSystem.None;
        for (var system = WritingSystem.Latin; system < WritingSystem.Other; system++)
            most = _words[(int)system] > _words[(int)most] ? system : most;

        // English terms stand in texts of every language; the reverse is rare, so a habit of Latin script proves nothing.
        var habit = usual is { IsUndetermined: false } language ? Scripts.Of(language) : WritingSystem.Latin;
        return habit != WritingSystem.Latin && _words[(int)habit] > LeastShare * _words.Sum() ? habit : most;
    }

    // Average characters per word in scripts without spaces.
    private static float Weight(WritingSystem system, WritingSystem before) => system switch
    {
        WritingSystem.None => 0,
        WritingSystem.Han => 0.6f,
        WritingSystem.Kana => 0.4f,
        WritingSystem.Hangul => 0.4f,
        _ when system.IsUnspaced() => 0.2f,
        _ when system == before => 0,
        // Terms and names in Latin letters stand in texts of every language.
        WritingSystem.Latin => 0.7f,
        _ => 1,
    };
}
