using System.Text.RegularExpressions;
using Annotator.Tests.Architecture;

namespace Annotator.Tests.Web;

/// <summary>The same word for the same thing on every screen, as Resources/glossary.md says.</summary>
public sealed partial class GlossaryTests
{
    private const string Glossary = "src/Annotator.Web/Resources/glossary.md";
    private static readonly Dictionary<string, string> English = WordsTests.Texts("");

    [Fact]
    public void No_text_uses_another_word_for_a_term()
    {
        var terms = Terms();
        Assert.Contains(terms, t => t.Never.Count > 0);
        WordsTests.AssertNone(
            from term in terms
            from never in term.Never
            from text in WordsTests.Texts($".{never.Language}")
            where term.IsIn(EnglishOf(text.Key)) && never.Words.Exists(w => text.Value.Contains(w, StringComparison.Ordinal))
                && !Excused(terms, never, text)
            select $"{text.Key}: {text.Value} ({term.Name})");
    }

    [Fact]
    public void Every_term_is_said_by_its_word()
    {
        // Short labels and sentences that speak of it by a pronoun do without; most do not.
        foreach (var term in Terms().Where(t => t.Never.Count > 0))
        {
            var said = WordsTests.Texts(".zh-Hans").Where(t => term.IsIn(EnglishOf(t.Key))).ToList();
            Assert.NotEmpty(said);
            var byItsWord = said.Count(t => term.Chinese.Exists(w => t.Value.Contains(w, StringComparison.Ordinal)));
            Assert.True(2 * byItsWord > said.Count, $"{term.Name} is mostly said otherwise.");
        }
    }

    [Fact]
    public void Chinese_is_followed_by_full_width_punctuation() =>
        WordsTests.AssertNone(WordsTests.Texts(".zh-Hans").Where(t => HalfWidth().IsMatch(t.Value)).Select(t => $"{t.Key}: {t.Value}"));

    [Theory]
    [InlineData("评论:", true)]
    [InlineData("{0}不是有效的 ISBN:校验位不正确。", true)]
    [InlineData("已完成!", true)]
    [InlineData("评论：", false)]
    [InlineData("可用 after:2026-03、after:7d 和 before:", false)]
    public void Half_width_punctuation_is_found(string text, bool isFound) => Assert.Equal(isFound, HalfWidth().IsMatch(text));

    // A word that is never said for one term may be the word of another term in the same sentence.
    private static bool Excused(List<Term> terms, Never never, KeyValuePair<string, string> text) =>
        terms.Exists(t => t.IsIn(EnglishOf(text.Key))
            && t.Chinese.Exists(c => never.Words.Exists(w => c.Contains(w, StringComparison.Ordinal))));

    // A plural form that English does not have stands for its "other".
    private static string EnglishOf(string key) =>
        English.GetValueOrDefault(key) ?? English.GetValueOrDefault($"{key[..key.LastIndexOf('.')]}.other") ?? "";

    private static List<Term> Terms() =>
    [
        .. SourceTree.TextOf(Glossary).ReplaceLineEndings("\n").Split('\n')
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| Term", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Select(c => new Term(c[1], Words(c[3]), NeverOf(c[5]))),
    ];

    private static List<Never> NeverOf(string cell) =>
        [.. Nevers().Matches(cell).Select(m => new Never(m.Groups["language"].Value, Words(m.Groups["words"].Value)))];

    private static List<string> Words(string cell) =>
        [.. cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"[\u3400-\u9fff][,:;?!.(]|[\u3400-\u9fff] ?[A-Z]+:[\u3400-\u9fff]|\}:", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HalfWidth();

    [GeneratedRegex(@"(?<language>[A-Za-z-]+): (?<words>[^;]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Nevers();

    private sealed record Never(string Language, List<string> Words);

    private sealed record Term(string Name, List<string> Chinese, List<Never> Never)
    {
        public bool IsIn(string english) => Words(Name)
            .Exists(n => Regex.IsMatch(english, $@"\b{n}s?\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)));
    }
}
