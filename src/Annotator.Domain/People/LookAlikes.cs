using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Text;

namespace Annotator.Domain.People;

/// <summary>
/// Which names look the same to a reader, by the skeletons of UTS #39 (Unicode Security Mechanisms): <c>admin</c>, <c>аdmin</c> with a
/// Cyrillic letter and the full-width <c>ＡＤＭＩＮ</c> have one key.
/// </summary>
public static class LookAlikes
{
    /// <summary>Raised when keys change: those of stored names are then made anew. It is the version of Unicode's table.</summary>
    public const int Version = 17;

    /// <summary>Names that only the program itself may be known by.</summary>
    private static readonly string[] Reserved =
    [
        "admin", "administrator", "annotator", "moderator", "operator", "root", "support", "system", "security", "webmaster",
        "管理员", "系统管理员", "مدير", "المدير",
    ];

    private static readonly Lazy<FrozenDictionary<string, string>> Prototypes = new(ReadPrototypes);
    private static readonly Lazy<FrozenSet<Guid>> ReservedKeys = new(() => Reserved.Select(KeyOf).ToFrozenSet());

    /// <summary>A key that names share when they look the same, without regard to case, width, dots and what is invisible.</summary>
    public static Guid KeyOf(string name) => TextKey.Of(Skeleton(name));

    /// <summary>The keys of a name in its own letters, in small ones and in capitals: a shown name may have any.</summary>
    public static Guid[] KeysOf(string name) =>
        [.. new[] { name, name.ToLowerInvariant(), name.ToUpperInvariant() }.Select(KeyOf).Distinct()];

    /// <summary>Whether a name looks like one that readers take for the site's own.</summary>
    public static bool IsReserved(string name) => KeysOf(name).Any(ReservedKeys.Value.Contains);

    // UTS #39 §4, and without case: a capital looks like other capitals than its small letter does. "М" of Cyrillic is "M" and so "m",
    // "Ι" of Greek is "I" and so "i"; the table alone has "l" for both "I" and "1".
    internal static string Skeleton(string name)
    {
        var plain = Normalization.Of(name, NormalizationForm.FormKC).Replace(".", "", StringComparison.Ordinal);
        var skeleton = new StringBuilder();
        foreach (var rune in Normalization.Of(plain, NormalizationForm.FormD).EnumerateRunes().Where(r => !Invisible.Is(r)))
        {
            var small = rune.IsAscii && Rune.IsUpper(rune) ? rune.ToString()
                : Rune.IsUpper(rune) && Prototype(rune) is "l" ? "i"
                : Prototype(rune);
            foreach (var letter in small.ToLowerInvariant().EnumerateRunes())
                skeleton.Append(Prototype(letter).ToLowerInvariant());
        }

        return Normalization.Of(skeleton.ToString(), NormalizationForm.FormD);
    }

    private static string Prototype(Rune rune) => Prototypes.Value.GetValueOrDefault(rune.ToString()) ?? rune.ToString();

    private static FrozenDictionary<string, string> ReadPrototypes()
    {
        using var table = new StreamReader(
            typeof(LookAlikes).Assembly.GetManifestResourceStream(typeof(LookAlikes), "confusables.txt")!, Encoding.UTF8);
        return table.ReadToEnd().Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(';'))
            .ToFrozenDictionary(parts => Text(parts[0]), parts => Text(parts[1]), StringComparer.Ordinal);
    }

    private static string Text(string codePoints) =>
        string.Concat(codePoints.Split(' ').Select(c => new Rune(int.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
