using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Annotator.Tests.Architecture;
using Annotator.Web.Resources;

namespace Annotator.Tests.Web;

public sealed partial class WordsTests
{
    private static readonly string[] Languages = ["zh-Hans", "ar"];
    private static readonly Dictionary<string, string> English = Texts("");

    public static TheoryData<string> Translations => [.. Languages];

    [Theory]
    [MemberData(nameof(Translations))]
    public void Every_English_text_is_translated(string language)
    {
        var translated = Texts($".{language}");
        var missing = English.Keys.Where(k => !IsPlural(k) && !translated.ContainsKey(k));
        AssertNone(missing);
        Assert.DoesNotContain(translated, t => string.IsNullOrWhiteSpace(t.Value));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Every_plural_form_that_the_language_asks_for_is_there(string language)
    {
        var culture = new CultureInfo(language);
        var translated = Texts($".{language}");
        var forms = Enumerable.Range(0, 201).Select(n => Words.Plural(culture, n)).Distinct(StringComparer.Ordinal).ToList();
        var counted = English.Keys.Where(k => k.EndsWith(".other", StringComparison.Ordinal)).Select(k => k[..^".other".Length]);
        AssertNone(counted.SelectMany(k => forms.Select(f => $"{k}.{f}")).Where(k => !translated.ContainsKey(k)));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_has_no_place_that_the_English_text_does_not_fill(string language)
    {
        var unfilled = Texts($".{language}").Where(t => Places(t.Value).Except(Places(EnglishOf(t.Key)), StringComparer.Ordinal).Any());
        AssertNone(unfilled.Select(t => t.Key));
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_exists()
    {
        var asked = Directory.EnumerateFiles(Path.Combine(SourceTree.Home, "src", "Annotator.Web"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Asked().Matches(File.ReadAllText(f)).Select(m => m.Groups["key"].Value))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(asked.Count > 100, "The pattern finds the texts that pages ask for.");
        AssertNone(asked.Where(k => !Exists(k)));
    }

    [Fact]
    public void Every_refusal_can_be_said()
    {
        var codes = Directory.EnumerateFiles(Path.Combine(SourceTree.Home, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Refused().Matches(File.ReadAllText(f)))
            .SelectMany(m => new[] { $"Field.{m.Groups["field"].Value}", $"Refused.{m.Groups["reason"].Value}" })
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Contains("Field.body", codes);
        AssertNone(codes.Where(k => !English.ContainsKey(k)));
    }

    [Fact]
    public void A_text_that_nobody_wrote_is_missed() => Assert.False(Exists("Layout.NobodyWroteThis"));

    private static void AssertNone(IEnumerable<string> found) => Assert.Equal([], found);

    // A part in braces is filled in at run time: some text must begin and end like it.
    private static bool Exists(string key)
    {
        if (English.ContainsKey(key) || English.ContainsKey($"{key}.other"))
            return true;
        var pattern = $"^{Regex.Replace(Regex.Escape(key), @"\\\{.*?}", ".+", RegexOptions.None, TimeSpan.FromSeconds(1))}$";
        return key.Contains('{') && English.Keys.Any(k => Regex.IsMatch(k, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    private static bool IsPlural(string key) => key.EndsWith(".one", StringComparison.Ordinal);

    private static string EnglishOf(string key) =>
        English.TryGetValue(key, out var text) ? text : English[key[..key.LastIndexOf('.')] + ".other"];

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Groups["number"].Value);

    private static Dictionary<string, string> Texts(string suffix) =>
        XDocument.Load(Path.Combine(SourceTree.Home, "src", "Annotator.Web", "Resources", $"Words{suffix}.resx"))
            .Descendants("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex("""(?:\bL|\bwords|\bWords)(?:\.Count\(|\[)\$?"(?<key>[A-Z][^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("new Invalid\\(\"(?<field>[a-z_]+)\", \"(?<reason>[a-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex(@"\{(?<number>\d)(:[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
