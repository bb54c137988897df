using System.Text.Json;

namespace Annotator.Benchmarks.Search.Truth;

/// <summary>Rules of right answers, as the file of queries spells them, made into conditions on a record.</summary>
/// <param name="rangeLanguages">
/// Whether a language also takes longer tags that begin with it (RFC 4647 §3.3.1, basic filtering). The rules know equality alone,
/// but whoever asks for <c>lang:zh</c> means <c>zh-Hant</c> too: such rows may be found and need not.
/// </param>
internal sealed class Rules(PlainFolding folding, bool rangeLanguages)
{
    // English words stand in texts of these languages.
    private static readonly string[] WithEnglish = ["zh", "zh-Hant", "ja", "ko", "th"];

    /// <exception cref="JsonException">The rule is unknown.</exception>
    public Func<RuleText, bool> Of(JsonElement rule)
    {
        switch (rule.GetProperty("op").GetString())
        {
            case "substr":
                return Substring(Norm.Alike, Value(rule));
            case "substr_fold":
                return Substring(Norm.Bare, Value(rule));
            case "token":
                return Token(Folded(Norm.Alike, Value(rule)));
            case "words":
                return Words(rule);
            case "prefix":
                return Prefix(NormOf(rule), Value(rule));
            case "seq":
                return Sequence([.. Strings(rule, "v").Select(v => Folded(Norm.Bare, v))]);
            case "and":
                var all = Parts(rule);
                return text => Array.TrueForAll(all, part => part(text));
            case "or":
                var any = Parts(rule);
                return text => Array.Exists(any, part => part(text));
            case "not":
                var not = Of(rule.GetProperty("arg"));
                return text => !not(text);
            case "tag":
                var tag = Folded(Norm.Alike, Value(rule));
                return text => text.Tags.Contains(tag);
            case "lang":
                return Language(Value(rule), text => text.LangText.Length > 0 ? text.LangText : text.LangSource);
            case "lang_text":
                return Language(Value(rule), text => text.LangText);
            case "lang_source":
                return Language(Value(rule), text => text.LangSource);
            case var unknown:
                throw new JsonException($"There is no rule {unknown}.");
        }
    }

    private static string Value(JsonElement rule) => rule.GetProperty("v").GetString()!;

    private static IEnumerable<string> Strings(JsonElement rule, string name) =>
        rule.GetProperty(name).EnumerateArray().Select(v => v.GetString()!);

    private static Norm NormOf(JsonElement rule) =>
        rule.TryGetProperty("norm", out var norm) && norm.GetString() is "n2" ? Norm.Bare : Norm.Alike;

    private string Folded(Norm norm, string value) =>
        norm is Norm.Alike ? PlainFolding.Alike(value) : folding.Bare(PlainFolding.Alike(value));

    private Func<RuleText, bool>[] Parts(JsonElement rule) => [.. rule.GetProperty("args").EnumerateArray().Select(Of)];

    private Func<RuleText, bool> Substring(Norm norm, string value)
    {
        var folded = Folded(norm, value);
        return text => text.Holds(norm, folded) && Array.Exists(text.Fields(norm), f => f.Contains(folded, StringComparison.Ordinal));
    }

    private static Func<RuleText, bool> Token(string value) =>
        text => text.Holds(Norm.Alike, value) && Array.Exists(text.Fields(Norm.Alike), field => HasToken(field, value));

    private static bool HasToken(string field, string value)
    {
        for (var at = field.IndexOf(value, StringComparison.Ordinal); at >= 0; at = field.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            if (!PlainWords.IsCut(field, at, at + value.Length))
                return true;
        }

        return false;
    }

    private Func<RuleText, bool> Words(JsonElement rule)
    {
        var norm = NormOf(rule);
        string[] any = [.. Strings(rule, "any").Select(v => Folded(norm, v))];
        var language = rule.TryGetProperty("field_lang", out var named) ? named.GetString() : null;
        return text =>
        {
            if (!Array.Exists(any, v => text.Holds(norm, v)))
                return false;
            var fields = text.Words(norm);
            for (var i = 0; i < fields.Length; i++)
            {
                if (IsIn(language, text.LanguageOf(i)) && fields[i].Exists(w => any.Contains(w)))
                    return true;
            }

            return false;
        };
    }

    private static bool IsIn(string? wanted, string? language) =>
        wanted is null || string.Equals(language, wanted, StringComparison.Ordinal) || (wanted is "en" && WithEnglish.Contains(language));

    private Func<RuleText, bool> Prefix(Norm norm, string value)
    {
        var folded = Folded(norm, value);
        return text => text.Holds(norm, folded)
            && Array.Exists(text.Words(norm), words => words.Exists(w => w.StartsWith(folded, StringComparison.Ordinal)));
    }

    private static Func<RuleText, bool> Sequence(string[] words) =>
        text => Array.TrueForAll(words, w => text.Holds(Norm.Bare, w))
            && Array.Exists(text.Words(Norm.Bare), field => HasSequence(field, words));

    private static bool HasSequence(List<string> field, string[] words) =>
        Enumerable.Range(0, Math.Max(0, field.Count - words.Length + 1)).Any(i => field.Skip(i).Take(words.Length).SequenceEqual(words));

    private Func<RuleText, bool> Language(string value, Func<RuleText, string> of) =>
        text => string.Equals(of(text), value, StringComparison.Ordinal)
            || (rangeLanguages && of(text).StartsWith(value + "-", StringComparison.Ordinal));
}
