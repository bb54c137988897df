using System.Text;

namespace Annotator.Tests.Domain.Passages.Anchoring;

/// <summary>The ways in which a text changes between two readings. At least 70 % of the quoted characters stay.</summary>
internal static class Mutation
{
    private const double MostChanged = 0.3;

    public static IReadOnlyDictionary<string, Func<Scene, Random, Scene>> All { get; } = new Dictionary<string, Func<Scene, Random, Scene>>(
        StringComparer.Ordinal)
    {
        ["insert"] = (scene, random) => Words(Around(scene, random), random, isInserting: true, isDeleting: false),
        ["delete"] = (scene, random) => Words(Around(scene, random), random, isInserting: false, isDeleting: true),
        ["replace"] = (scene, random) => Words(Around(scene, random), random, isInserting: true, isDeleting: true),
        ["replace a stretch"] = (scene, random) => Stretch(Around(scene, random), random),
        ["misspell"] = Misspell,
        ["reorder"] = Reorder,
        ["duplicate"] = Duplicate,
        ["re-encode"] = (scene, random) => scene.Written(text => Encoded(text, random)),
        ["re-wrap"] = (scene, random) => scene.Written(text => Wrapped(text, random)),
        ["much"] = (scene, random) =>
            Reorder(
                Words(Around(scene, random), random, isInserting: true, isDeleting: true), random).Written(text => Wrapped(text, random)),
    };

    public static Scene Removed(Scene scene) => scene with { Words = [] };

    public static Scene RemovedWithParagraph(Scene scene) => scene with { Before = "", Words = [], After = "" };

    // Paragraphs come and go before the quote, so that its old position says little.
    private static Scene Around(Scene scene, Random random)
    {
        var others = scene.Others.ToList();
        var at = scene.At;
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var place = random.Next(at + 1);
            if (random.Next(2) == 0 && place < at)
            {
                others.RemoveAt(place);
                at--;
            }
            else
            {
                others.Insert(place, string.Concat(scene.Vocabulary.Paragraph(random, random.Next(20, 90))));
                at++;
            }
        }

        return scene with { Others = others, At = at };
    }

    private static Scene Words(Scene scene, Random random, bool isInserting, bool isDeleting)
    {
        var words = scene.Words.ToList();
        var budget = (int)(MostChanged * scene.Quoted.Length);
        for (var tries = 0; tries < 100 && budget > 0; tries++)
        {
            var at = isDeleting ? random.Next(words.Count) : random.Next(1, words.Count);
            var written = isInserting ? scene.Vocabulary.Word(random) + scene.Vocabulary.Space : "";
            var cost = Math.Max(written.Length, isDeleting ? words[at].Length : 0);
            if (cost > budget)
                continue;
            budget -= cost;
            if (isDeleting)
                words.RemoveAt(at);
            words.Insert(at, written);
        }

        return scene with { Words = words };
    }

    private static Scene Stretch(Scene scene, Random random)
    {
        var words = scene.Words.ToList();
        var start = random.Next(words.Count);
        var (count, length) = (0, 0);
        while (start + count < words.Count && length + words[start + count].Length <= MostChanged * scene.Quoted.Length)
            length += words[start + count++].Length;
        words.RemoveRange(start, count);
        words.Insert(start, length == 0 ? "" : scene.Vocabulary.OfLength(random, length / 2));
        return scene with { Words = words };
    }

    // As text recognition does: every tenth character is another.
    private static Scene Misspell(Scene scene, Random random) => scene.Written(text =>
        string.Concat(
            text.EnumerateRunes()
                .Select(r => random.Next(10) == 0 && Rune.IsLetter(r) ? scene.Vocabulary.Word(random).EnumerateRunes().First() : r)));

    private static Scene Reorder(Scene scene, Random random)
    {
        string[] others = [.. scene.Others];
        random.Shuffle(others);
        return scene with { Others = others, At = random.Next(others.Length + 1) };
    }

    // Two like paragraphs next to each other are both the one that was there: the copy stands elsewhere.
    private static Scene Duplicate(Scene scene, Random random)
    {
        var others = scene.Others.ToList();
        var place = random.Next(others.Count - 1);
        place += place >= scene.At - 1 ? 2 : 0;
        place = Math.Min(place, others.Count);
        others.Insert(place, scene.Before + scene.Quoted + scene.After);
        return scene with { Others = others, At = place < scene.At ? scene.At + 1 : scene.At };
    }

    private static string Encoded(string text, Random random) => random.Next(4) switch
    {
        0 => text.Normalize(NormalizationForm.FormD),
        1 => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c == ' ' ? '\u3000' : c)),
        2 => text.Replace('“', '"').Replace('”', '"').Replace('’', '\'').Replace('-', '\u2010').Replace(' ', '\u00A0'),
        _ => string.Concat(text.Select((c, i) => i % 7 == 3 && c == ' ' ? " \u200B\u202B" : c.ToString())),
    };

    private static string Wrapped(string text, Random random)
    {
        var wrapped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isInWord = i > 0
                && i + 1 < text.Length
                && char.IsLetter(text[i - 1])
                && char.IsLetter(text[i])
                && char.IsLetter(text[i + 1]);
            if (isInWord && text[i] < '\u0600' && random.Next(60) == 0)
                wrapped.Append("-\n");
            wrapped.Append(text[i] == ' ' ? random.Next(12) switch { 0 => "\n", 1 => "", 2 => "  ", _ => " " } : text[i].ToString());
        }

        return wrapped.ToString();
    }
}
