using System.Collections.Frozen;
using System.Globalization;

namespace Annotator.Domain.Languages;

/// <summary>The grammar of RFC 5646 as far as tags of texts use it; extended languages and grandfathered tags are left out.</summary>
internal static class Subtags
{
    private static readonly FrozenSet<string> TwoLetterLanguages = (
            "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu "
            + "fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl "
            + "km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc "
            + "oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk "
            + "tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu")
        .Split(' ')
        .ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Preferred = PreferredCodes().ToFrozenDictionary();

    /// <summary>The tag in canonical casing, or null when it is not well-formed or names no language.</summary>
    public static string? Canonical(string text)
    {
        if (text.Length is < 2 or > 2 * LanguageTag.MaxLength || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;

        var parts = text.ToLowerInvariant().Split('-', '_');
        if (parts.Any(part => part.Length is 0 or > 8) || LanguageCode(parts[0]) is not { } language)
            return null;

        parts[0] = language;
        return IsWellFormed(parts) ? string.Join('-', parts) : null;
    }

    /// <summary>The primary language subtag of a canonical tag: <c>zh</c> of <c>zh-Hant-TW</c>.</summary>
    public static string First(string tag) => tag.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? tag[..end] : tag;

    /// <summary>The script subtag of a canonical tag, or the script that Chinese has in the region of the tag; else null.</summary>
    public static string? Script(string tag)
    {
        var parts = tag.Split('-');
        if (parts.Length > 1 && parts[1].Length == 4 && char.IsAsciiLetter(parts[1][0]))
            return parts[1];

        return parts is ["zh", "TW" or "HK" or "MO", ..] ? "Hant" : parts is ["zh", "CN" or "SG" or "MY", ..] ? "Hans" : null;
    }

    private static string? LanguageCode(string code) => code switch
    {
        _ when !code.All(char.IsAsciiLetter) => null,
        _ when Preferred.TryGetValue(code, out var preferred) => preferred,
        { Length: 2 } => TwoLetterLanguages.Contains(code) ? code : null,
        { Length: 3 } => string.CompareOrdinal(code, "qaa") >= 0 && string.CompareOrdinal(code, "qtz") <= 0 ? null : code,
        _ => null,
    };

    // language [-script] [-region] *(-variant) *(-extension) [-x-private]: casing is set on the way.
    private static bool IsWellFormed(string[] parts)
    {
        var next = 1;
        if (next < parts.Length && parts[next].Length == 4 && parts[next].All(char.IsAsciiLetter))
        {
            parts[next] = char.ToUpperInvariant(parts[next][0]) + parts[next][1..];
            next++;
        }

        if (next < parts.Length && IsRegion(parts[next]))
        {
            parts[next] = parts[next].ToUpperInvariant();
            next++;
        }

        while (next < parts.Length && IsVariant(parts[next]))
            next++;

        return next == parts.Length || AreExtensions(parts.AsSpan(next));
    }

    private static bool IsRegion(string part) =>
        (part.Length == 2 && part.All(char.IsAsciiLetter)) || (part.Length == 3 && part.All(char.IsAsciiDigit));

    private static bool IsVariant(string part) => part.Length >= 5 || (part.Length == 4 && char.IsAsciiDigit(part[0]));

    private static bool AreExtensions(ReadOnlySpan<string> parts)
    {
        var isPrivate = false;
        for (var i = 0; i < parts.Length; i++)
        {
            var isSingleton = !isPrivate && parts[i].Length == 1;
            isPrivate |= isSingleton && parts[i] is "x";
            if ((i == 0 && !isSingleton) || (isSingleton && (i + 1 == parts.Length || (!isPrivate && parts[i + 1].Length == 1))))
                return false;
        }

        return true;
    }

    private static Dictionary<string, string> PreferredCodes()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["iw"] = "he", ["in"] = "id", ["ji"] = "yi", ["jw"] = "jv", ["mo"] = "ro",
            ["cmn"] = "zh", ["arb"] = "ar", ["pes"] = "fa",
            // ISO 639-2/B, the codes of libraries.
            ["ger"] = "de", ["fre"] = "fr", ["chi"] = "zh", ["dut"] = "nl", ["gre"] = "el", ["cze"] = "cs", ["per"] = "fa", ["rum"] = "ro",
            ["ice"] = "is", ["slo"] = "sk", ["alb"] = "sq", ["arm"] = "hy", ["baq"] = "eu", ["bur"] = "my", ["geo"] = "ka", ["mac"] = "mk",
            ["may"] = "ms", ["wel"] = "cy", ["tib"] = "bo", ["mao"] = "mi",
        };
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.NeutralCultures))
        {
            if (culture.Name.Length == 2 && TwoLetterLanguages.Contains(culture.Name))
                codes.TryAdd(culture.ThreeLetterISOLanguageName, culture.Name);
        }

        return codes;
    }
}
