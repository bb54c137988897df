using System.Globalization;
using System.Text;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Text;
using CsCheck;

namespace Annotator.Tests.Domain.Passages.Anchoring;

public sealed class AnchorTests
{
    // Letters with and without marks, signs that folding drops, joins or replaces, halves of surrogate pairs.
    private static readonly string[] Signs =
    [
        "a", "b", "the ", "A", "é", "e\u0301", "ﬁ", "Ａ", "\u00AD", "-", "-\n", " ", "\u00A0", "\u200D", "\u202B", "“", "—", "´", "語", "が",
        "か\u3099", "ﾃﾞ", "각",
        "\u1100\u1161\u11A8", "الصمت", "ـ", "กำ", "👩🏽‍🚀", "🇯🇵", "𠮷", "\uD83D", "\uDE00", "\u0301", "\r\n", "\0",
    ];

    private static readonly Gen<string> Anything =
        Gen
            .OneOf(Gen.Int[0, Signs.Length - 1].Select(i => Signs[i]), Gen.Char.Select(c => c.ToString())).Array[0, 120]
            .Select(string.Concat);

    [Theory]
    [InlineData("the proportion of", "We saw the propor-\ntion of it.", "the propor-\ntion of")]
    [InlineData("the propor-tion of", "We saw the proportion of it.", "the proportion of")]
    [InlineData("we expect that", "Here weexpectthat it is.", "weexpectthat")]
    [InlineData("an ofﬁce", "In an office there.", "an office")]
    [InlineData("“It’s here” – he said", "So \"It's here\" - he said.", "\"It's here\" - he said")]
    [InlineData("one two", "zero one\u00A0\n two three", "one\u00A0\n two")]
    [InlineData("ＧＰＴ　４", "the GPT 4 model", "GPT 4")]
    [InlineData("cafe\u0301 noir", "un café noir !", "café noir")]
    [InlineData("soft hyphen", "a so\u00ADft hy\u200Bphen \u202Bhere", "so\u00ADft hy\u200Bphen")]
    [InlineData("ﾃﾞｰﾀ", "このデータは", "データ")]
    public void Copies_that_differ_in_form_only_are_exact(string exact, string text, string expected)
    {
        var found = Anchor.Find(new Quote(exact), SnapshotText.Of(text));
        Assert.Equal((PlacementKind.Exact, expected), (found.Kind, found.Text));
    }

    [Theory]
    [InlineData("It is −5 degrees in the harbour today", "It is 5 degrees in the harbour today")]
    [InlineData("They polish the stones of the old harbour", "They Polish the stones of the old harbour")]
    [InlineData("The résumé of the whole long winter", "The resume of the whole long winter")]
    public void Other_words_are_changed_and_shown(string exact, string text)
    {
        var quote = new Quote(exact);
        var found = Anchor.Find(quote, SnapshotText.Of("Before. " + text + ". After."));
        Assert.Equal((PlacementKind.Changed, text), (found.Kind, found.Text));
        Assert.InRange(found.Confidence, 0.8, 0.999);
        var differences = new Differences().Between(quote.Exact, found.Text);
        Assert.Equal(exact, string.Concat(differences.Where(d => d.Kind != DifferenceKind.Added).Select(d => d.Text)));
    }

    [Fact]
    public void Of_two_places_the_surroundings_decide()
    {
        var text = SnapshotText.Of("Nobody asked about time in the garden. Everybody wrote about time by the river.");
        var found = Anchor.Find(new Quote("about time", "Everybody wrote ", " by the river"), text);
        Assert.Equal((PlacementKind.Exact, 55, 65), (found.Kind, found.Start, found.End));
    }

    [Fact]
    public void Of_two_places_without_surroundings_none_is_taken() =>
        Assert.Equal(Placement.Unplaced, Anchor.Find(new Quote("about time"), SnapshotText.Of("It is about time to write about time.")));

    [Fact]
    public void Of_two_places_the_old_one_is_taken_where_nothing_moved()
    {
        var found = Anchor.Find(new Quote("about time", Start: 26, End: 36), SnapshotText.Of("It is about time to write about time."));
        Assert.Equal((PlacementKind.Exact, 26), (found.Kind, found.Start));
    }

    [Fact]
    public void A_position_beside_two_places_does_not_decide() =>
        Assert.Equal(
            Placement.Unplaced,
            Anchor.Find(new Quote("about time", Start: 20, End: 30), SnapshotText.Of("It is about time to write about time.")));

    [Theory]
    [InlineData("In 1872 the river rose by four metres and the old library was closed. ")]
    [InlineData("In 1875 the river rose by seven metres and the new library was closed. ")]
    public void A_sentence_that_was_removed_is_not_taken_for_its_like(string like)
    {
        const string Removed = "In 1874 the river rose by two metres and the old library was closed. ";
        const string Before = "Nobody had thought of the harbour for twenty winters. ";
        const string After = "The letters were carried up the hill by hand, one at a time. ";
        var quote = new Quote(Removed, Before, After, 200, 200 + Removed.Length);
        Assert.Equal(
            Placement.Unplaced,
            Anchor.Find(quote, SnapshotText.Of("A first page. " + Before + After + "Then it was summer. " + like + "It rained.")));
        Assert.Equal(Removed.Trim(), Anchor.Find(quote, SnapshotText.Of(like + "It rained. " + Before + Removed + After)).Text);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("ab", "b")]
    [InlineData("e\u0301", "e")]
    [InlineData("\u0316\u0301", "b")]
    public void Texts_that_repeat_themselves_come_to_an_end(string repeated, string changed)
    {
        var text = SnapshotText.Of(string.Concat(Enumerable.Repeat(repeated, 300_000)));
        var exact = string.Concat(Enumerable.Repeat(repeated, 400)) + changed + "z" + string.Concat(Enumerable.Repeat(repeated, 400));
        Assert.Equal(Placement.Unplaced, Anchor.Find(new Quote(exact, exact, exact), text));
        Assert.Equal(Placement.Unplaced, Anchor.Find(new Quote(repeated, exact, exact), text));
    }

    [Fact]
    public void A_changed_word_is_found_by_its_surroundings()
    {
        var text = SnapshotText.Of("The old harbour lay in silence. Nobody remembred the winter of the flood, and nobody asked.");
        var found = Anchor.Find(new Quote("remembered", "lay in silence. Nobody ", " the winter of the flood"), text);
        Assert.Equal((PlacementKind.Changed, "remembred"), (found.Kind, found.Text));
    }

    [Fact]
    public void Words_that_took_the_place_of_the_last_ones_are_part_of_the_passage()
    {
        var text = SnapshotText.Of(
            "Before all this. The library keeps every letter that a curious person sent. Then it closes for the winter.");
        var found = Anchor.Find(
            new Quote("The library keeps every letter that a reader wrote", "Before all this. ", ". Then it closes for the winter."), text);
        Assert.Equal((PlacementKind.Changed, "The library keeps every letter that a curious person sent"), (found.Kind, found.Text));
    }

    [Theory]
    [InlineData("Fish is cheap", "is dear. ", " Bread", "Salt is dear. Fish is cheap. Bread is old.")]
    [InlineData("Salt is dear", "", ". Fish is", "Salt is dear. Fish is cheap. Bread is old.")]
    [InlineData("closed the heavy door", "d captain ", " and went ", "Preface. Then the old captain closed the heavy door and went away.")]
    public void Unchanged_words_with_a_short_context_that_is_right_are_exact(string exact, string prefix, string suffix, string text)
    {
        var found = Anchor.Find(new Quote(exact, prefix, suffix), SnapshotText.Of(text));
        Assert.Equal((PlacementKind.Exact, exact), (found.Kind, found.Text));
    }

    [Fact]
    public void A_changed_place_in_its_surroundings_is_taken_before_unchanged_words_elsewhere()
    {
        const string Quoted = "The tenant pays the rent at the start of each month.";
        const string Before = "Section one. ";
        const string After = " Repairs are for the owner. ";
        const string Annex = "Keys are lent. Annex. " + Quoted + " Keys are counted.";
        var quote = new Quote(Quoted, Before, After, Before.Length, Before.Length + Quoted.Length);
        var changed = Quoted.Replace("pays", "shall pay", StringComparison.Ordinal);
        var found = Anchor.Find(quote, SnapshotText.Of(Before + changed + After + Annex));
        Assert.Equal((PlacementKind.Changed, changed, Before.Length), (found.Kind, found.Text, found.Start));
        Assert.Equal(Placement.Unplaced, Anchor.Find(quote, SnapshotText.Of(Before + After.Trim() + " " + Annex)));
    }

    [Theory]
    [InlineData("10 mg")]
    [InlineData("15 mg")]
    [InlineData("")]
    public void A_value_that_was_replaced_is_not_found_beside_it(string value)
    {
        const string Rest = " of the drops in the morning and 5 mg of the drops in the evening.";
        var found = Anchor.Find(new Quote("5 mg", "Give ", Rest[..32], 5, 9), SnapshotText.Of("Give " + value + Rest));
        Assert.True(found.Kind is PlacementKind.Unplaced || found.Start == 5, $"“{found.Text}” at {found.Start}");
    }

    [Theory]
    [InlineData("بسم الله الرحمن الرحيم", "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ")]
    [InlineData("בראשית ברא אלהים", "בְּרֵאשִׁית בָּרָא אֱלֹהִים")]
    [InlineData("The limits of growth", "THE LIMITS OF GROWTH")]
    [InlineData("東京の図書館へ", "東京（とうきょう）の図書館（としょかん）へ")]
    public void Words_in_other_case_or_with_readings_are_changed(string one, string other)
    {
        var found = Anchor.Find(new Quote(one), SnapshotText.Of($"1. {other}. 2."));
        Assert.Equal((PlacementKind.Changed, other), (found.Kind, found.Text));
        Assert.Equal((PlacementKind.Changed, one), Kind(Anchor.Find(new Quote(other), SnapshotText.Of($"1. {one}. 2."))));

        static (PlacementKind, string) Kind(Placement placement) => (placement.Kind, placement.Text);
    }

    [Theory]
    [InlineData(
        "to a new variable will either move it or copy it. Note: compare Rust",
        "to a new variable will either move it or copy it",
        "Assigning a value to a new variable will either move it or copy it. The borrow checker knows.")]
    [InlineData(
        "Salt was measured in barrels of equal size. (my note: check the size)",
        "Salt was measured in barrels of equal size",
        "Once. Salt was measured in barrels of equal size. The tax on it was paid in coin.")]
    [InlineData(
        "NB strange: Salt was measured in barrels of equal size.",
        "Salt was measured in barrels of equal size",
        "It was once so. Salt was measured in barrels of equal size. The tax on it was paid in coin.")]
    public void What_somebody_wrote_beside_a_quote_marks_nothing(string exact, string expected, string text)
    {
        var found = Anchor.Find(new Quote(exact), SnapshotText.Of(text));
        Assert.Equal((PlacementKind.Changed, expected), (found.Kind, found.Text.TrimEnd('.')));
    }

    [Fact]
    public void Positions_are_code_points_of_whole_graphemes()
    {
        var text = SnapshotText.Of("𠮷👩🏽‍🚀 cafe\u0301 ok");
        Assert.Equal(new Placement(PlacementKind.Exact, 6, 11, 0.9, "cafe\u0301"), Anchor.Find(new Quote("café"), text));
        Assert.Equal("👩🏽‍🚀", Anchor.Find(new Quote("🚀"), text).Text);
    }

    [Fact]
    public void A_quote_of_signs_is_found_as_it_is_written()
    {
        var text = SnapshotText.Of("this - that — those");
        Assert.Equal(new Placement(PlacementKind.Exact, 12, 13, 1, "—"), Anchor.Find(new Quote("—", Start: 12, End: 13), text));
        Assert.Equal(Placement.Unplaced, Anchor.Find(new Quote("\u200B"), text));
        Assert.Equal(Placement.Unplaced, Anchor.Find(Quote.Empty, text));
    }

    [Fact]
    public void Any_quote_in_any_text_gives_a_place_of_whole_graphemes_or_none() =>
        Gen.Select(Anything, Anything, Anything, Anything, Gen.Int[-5, 130]).Sample((exact, prefix, suffix, text, start) =>
        {
            var found = Anchor.Find(
                new Quote(exact, prefix, suffix, start, start + exact.Length), SnapshotText.Of(text + exact[..(exact.Length / 2)]));
            AssertWhole(found, text + exact[..(exact.Length / 2)]);
        }, iter: 3_000);

    [Fact]
    public void Words_that_stand_in_several_places_alike_stay_unplaced() =>
        Assert.Equal(
            Placement.Unplaced,
            Anchor.Find(
                new Quote("simplicity"),
                SnapshotText.Of("Simplicity, simplicity, simplicity! I say, let your affairs be as two or three.")));

    [Fact]
    public void Any_stretch_of_any_text_is_found_where_it_stands() =>
        Gen.Select(Anything, Gen.Int[0, 1000], Gen.Int[1, 1000]).Sample((text, from, length) =>
        {
            var bounds = Bounds(text);
            if (bounds.Length < 2)
                return;
            var first = from % (bounds.Length - 1);
            var (start, end) = (bounds[first], bounds[Math.Min(bounds.Length - 1, first + 1 + length % 40)]);
            var (at, until) = (CodePoints(text[..start]), CodePoints(text[..end]));
            var quote = new Quote(
                text[start..end], text[Math.Max(0, start - 32)..start], text[end..Math.Min(text.Length, end + 32)], at, until);
            Assert.Equal(new Placement(PlacementKind.Exact, at, until, 1, text[start..end]), Anchor.Find(quote, SnapshotText.Of(text)));
        }, iter: 3_000);

    private static void AssertWhole(Placement found, string text)
    {
        var (start, end) = (Utf16(text, found.Start), Utf16(text, found.End));
        Assert.Equal(text[start..end], found.Text);
        Assert.InRange(found.Confidence, 0, 1);
        Assert.Equal(found.Kind == PlacementKind.Unplaced, found.Text.Length == 0);
        Assert.Contains(start, Bounds(text));
        Assert.Contains(end, Bounds(text));
    }

    private static int[] Bounds(string text) => [.. StringInfo.ParseCombiningCharacters(text), text.Length];

    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    private static int Utf16(string text, int codePoints)
    {
        var at = 0;
        for (var left = codePoints; left > 0; left--)
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return at;
    }
}
