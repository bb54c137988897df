using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Annotator.Web.Resources;

/// <summary>The texts of the interface in the reader's language, from <c>Words.resx</c> and its translations.</summary>
public sealed class Words(IStringLocalizer<Words> texts)
{
    public string this[string key] => texts[key];

    public string this[string key, params object[] arguments] =>
        string.Format(CultureInfo.CurrentCulture, texts[key].Value, arguments);

    /// <summary>The text of a key that may not be there.</summary>
    public string? Find(string key) => texts[key] is { ResourceNotFound: false } found ? found.Value : null;

    /// <summary>A text that depends on a number: <c>key.one</c>, <c>key.few</c> … with the number in its place.</summary>
    public string Count(string key, int number)
    {
        var text = texts[$"{key}.{Plural(CultureInfo.CurrentUICulture, number)}"];
        return string.Format(CultureInfo.CurrentCulture, (text.ResourceNotFound ? texts[$"{key}.other"] : text).Value, number);
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
}
