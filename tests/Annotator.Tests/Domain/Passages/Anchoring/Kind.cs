using Annotator.Domain.Passages;
using static Annotator.Tests.Domain.Passages.Anchoring.DocumentChanges;

namespace Annotator.Tests.Domain.Passages.Anchoring;

/// <summary>One way in which a text becomes another, beside those of <see cref="Mutation"/>: what happens in documents.</summary>
/// <param name="Make">Makes the marked texts before and after (<see cref="Trial"/>).</param>
internal sealed record Kind(string Name, Func<Scene, Random, (string Before, string After)> Make)
{
    /// <summary>What is known of a quote.</summary>
    public Func<Quote, Quote> Known { get; init; } = quote => quote;

    /// <summary>The only language it happens in; null: in all.</summary>
    public string? Only { get; init; }

    /// <summary>Whether it is right too when the quote is placed nowhere, as little of it is left where it stood.</summary>
    public bool MayBeNone { get; init; }

    public static IReadOnlyList<Kind> All { get; } =
    [
        new("paragraph swapped", (s, _) => Pair(s, s with { At = s.At == s.Others.Count ? s.At - 1 : s.At + 1 })),
        new("sentence inserted", SentenceInserted),
        new("heading deleted in the quote", HeadingDeleted),
        new("digits changed", DigitsChanged),
        new("letters reformed", (s, r) => Pair(s, s.Written(Reformed(s, r)))),
        new("recognised at 4 %", (s, r) => Pair(s, s.Written(text => Misread(s, text, r, 25)))),
        new("recognised at 8 %", (s, r) => Pair(s, s.Written(text => Misread(s, text, r, 12)))),
        new("soft hyphens", (s, r) => Pair(s, s.Written(text => Hyphenated(text, r)))),
        new("page break in the quote", PageBreak),
        new("footnote numbers", (s, r) => Pair(s, s with { Words = [.. s.Words.Select(w => Noted(s, w, r))] })),
        new("set in capitals", (s, _) => Pair(s, InCapitals(s))) { Only = "English" },
        new("short line, page indented", (s, r) => Line(s, r) is var line ? (line.Marked, "12345678901234" + line.Marked) : default),
        new("10 characters of context, moved", Moved) { Known = quote => Around(quote, 10, 10) },
        new("5 characters of context, moved", Moved) { Known = quote => Around(quote, 5, 5) },
        new("no context, moved", Moved) { Known = quote => new Quote(quote.Exact) },
        new("beginning of the text", (s, r) => Pair(Once(s with { At = 0, Before = "" }, r)))
        {
            Known = quote => Around(quote, 0, 9) with { Start = null, End = null },
        },
        new("twin clause, the quoted one changed", Twin),
        new("phrase elsewhere, the quoted one changed", PhraseElsewhere),
        new("refrain, text moved", (s, r) => Refrain(s, r, 0, isWhole: true, "")),
        new("refrain, position only, moved", (s, r) => Refrain(s, r, 14, isWhole: true, "")) { Known = quote => Around(quote, 0, 0) },
        new("line of a refrain, moved", (s, r) => Refrain(s, r, 14, isWhole: false, "")),
        new("table cell, row inserted above", (s, r) => Table(s, r, "insert")),
        new("furigana added", (s, r) => Pair(s, s.Written(text => Furigana(text, r)))) { Only = "Japanese" },
        new("furigana removed", (s, r) => Pair(s.Written(text => Furigana(text, r)), s)) { Only = "Japanese" },
        new("vowels removed", (s, r) => Pair(s.Written(text => Vowelled(text, r)), s.Written(Bare))) { Only = "Arabic" },
        new("vowels added", (s, r) => Pair(s.Written(Bare), s.Written(text => Vowelled(text, r)))) { Only = "Arabic" },
        new("points removed", (s, r) => Pointed(r) is var (bare, pointed) ? (pointed, bare) : default) { Only = "Hebrew" },
        new("points added", (_, r) => Pointed(r)) { Only = "Hebrew" },
    ];

    /// <summary>The ways in which the quote goes: it is right to place it nowhere, or where it stood.</summary>
    public static IReadOnlyList<Kind> Gone { get; } =
    [
        new("paragraph deleted", (s, _) => (s.Marked, Mutation.RemovedWithParagraph(s).Text)),
        new("words deleted", (s, _) => (s.Marked, Mutation.Removed(s).Text)),
        new("another language", (s, r) => (s.Marked, Scene.Of(Vocabulary.All[s.Vocabulary == Vocabulary.All[0] ? 3 : 0], r).Text)),
        new("other words there", (s, r) => Pair(s, s with { Words = s.Vocabulary.Paragraph(r, s.Words.Count) })) { MayBeNone = true },
        new("twin clause, the quoted one deleted", (s, r) => Twin(s, r).Before is var twin ? (twin, Without(twin)) : default),
        new("refrain, its stanza removed", (s, r) => Refrain(s, r, 0, isWhole: true, "remove")),
        new("refrain removed", (s, r) => Refrain(s, r, 0, isWhole: true, "cut")),
        new("table cell emptied", (s, r) => Table(s, r, "empty")),
        new("table cell replaced", (s, r) => Table(s, r, "replace")) { MayBeNone = true },
        new("value replaced in a sentence", Dose) { MayBeNone = true },
    ];

    public override string ToString() => Name;

    public Trial Trial(Scene scene, Random random) => Make(scene, random) is var (before, after)
        ? Anchoring.Trial.Of(before, after, MayBeNone)
        : throw new InvalidOperationException(Name);

    /// <summary>Whether the kind happens in a language; what happens in Hebrew makes its own texts.</summary>
    public bool IsIn(Vocabulary vocabulary) => Only switch
    {
        null => true,
        "Hebrew" => vocabulary == Vocabulary.All[0],
        _ => vocabulary.Language.StartsWith(Only, StringComparison.Ordinal),
    };
}
