using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace Annotator.Web.Resources;

/// <summary>
/// The texts of the interface in the reader's language. They lie in a file <c>Words.resx</c>, with its translations, in the folder
/// of each feature, and here for what several show. The first word of a key, up to the full stop, stands in one file only.
/// </summary>
public sealed class Words
{
    private const string FileName = ".Words.resources";

    private static readonly FrozenDictionary<string, ResourceManager> Files = Find();

    /// <summary>The text of a key; the key itself when there is none.</summary>
    public string this[string key] => Find(key) ?? key;

    /// <summary>
    /// A text with its places filled in as <see cref="string.Format(IFormatProvider, string, object[])"/> does, in the reader's
    /// culture.
    /// </summary>
    public string this[string key, params object[] arguments] => string.Format(CultureInfo.CurrentCulture, this[key], arguments);

    /// <summary>The text of a key that may not be there.</summary>
    public string? Find(string key) =>
        Files.TryGetValue(First(key), out var file) ? file.GetString(key, CultureInfo.CurrentUICulture) : null;

    /// <summary>A text that depends on a number: <c>key.one</c>, <c>key.few</c> … with the number in its place.</summary>
    public string Count(string key, int number)
    {
        var text = Find($"{key}.{Plural(CultureInfo.CurrentUICulture, number)}") ?? this[$"{key}.other"];
        return string.Format(CultureInfo.CurrentCulture, text, number);
    }

    /// <summary>The plural category of the Unicode CLDR for a whole number, in the languages of the interface.</summary>
    internal static string Plural(CultureInfo culture, int n) => culture.TwoLetterISOLanguageName switch
    {
        "zh" => "other",
        "ar" => n switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ when n % 100 is >= 3 and <= 10 => "few",
            _ when n % 100 >= 11 => "many",
            _ => "other",
        },
        _ => n == 1 ? "one" : "other",
    };

    private static FrozenDictionary<string, ResourceManager> Find()
    {
        var assembly = typeof(Words).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(FileName, StringComparison.Ordinal))
            .Select(name => new ResourceManager(name[..^".resources".Length], assembly))
            .SelectMany(file => Keys(file).Select(First).Distinct(StringComparer.Ordinal), KeyValuePair.Create)
            .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Keys(ResourceManager file) =>
        file
            .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .Select(text => (string)text.Key);

    private static string First(string key) => key[..key.IndexOf('.', StringComparison.Ordinal)];
}
