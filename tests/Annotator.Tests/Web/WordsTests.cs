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

    [Fact]
    public void Chinese_texts_address_people_in_one_way() =>
        Assert.DoesNotContain(Texts(".zh-Hans"), t => t.Value.Contains('您', StringComparison.Ordinal));

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
        var asked = Pages()
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
    public void A_feature_shows_its_own_texts_and_those_of_all()
    {
        var owners = Files("")
            .SelectMany(f => XDocument.Load(f)
                .Descendants("data")
                .Select(d => (Word: First(d.Attribute("name")!.Value), Folder: Path.GetDirectoryName(f)!)))
            .Distinct().ToList();
        AssertNone(owners.GroupBy(o => o.Word, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
        var folders = owners.Where(o => Path.GetFileName(o.Folder) is not "Resources")
            .ToDictionary(o => o.Word, o => o.Folder, StringComparer.Ordinal);
        AssertNone(
            from file in Pages()
            from Match match in Asked().Matches(File.ReadAllText(file))
            let word = First(match.Groups["key"].Value)
            where folders.TryGetValue(word, out var folder)
                && !file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            select $"{Path.GetFileName(file)} shows {match.Groups["key"].Value}");
    }

    [Fact]
    public void A_text_is_found_in_the_folder_of_its_feature_in_every_language()
    {
        var words = new Words();
        var before = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var language in (string[])["en", .. Languages])
            {
                CultureInfo.CurrentUICulture = new CultureInfo(language);
                foreach (var (key, text) in Texts(language is "en" ? "" : $".{language}"))
                    Assert.Equal(text, words.Find(key));
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        Assert.Null(words.Find("Layout.NobodyWroteThis"));
        Assert.Equal("Nobody.WroteThis", words["Nobody.WroteThis"]);
    }

    [Fact]
    public void A_text_that_nobody_wrote_is_missed() => Assert.False(Exists("Layout.NobodyWroteThis"));

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Home, "src", "Annotator.Web"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string First(string key) => key.Split('.')[0];

    internal static void AssertNone(IEnumerable<string> found) => Assert.Equal([], found);

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

    internal static Dictionary<string, string> Texts(string suffix) =>
        Files(suffix).SelectMany(f => XDocument.Load(f).Descendants("data"))
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Files(string suffix) =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Home, "src", "Annotator.Web"), $"Words{suffix}.resx", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex("""(?:\bL|\bwords|\bWords)(?:\.Count\(|\[)\$?"(?<key>[A-Z][^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("new Invalid\\(\"(?<field>[a-z_]+)\", \"(?<reason>[a-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex(@"\{(?<number>\d)(:[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
