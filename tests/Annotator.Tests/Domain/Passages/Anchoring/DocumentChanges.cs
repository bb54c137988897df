using System.Text;
using Annotator.Domain.Passages;

namespace Annotator.Tests.Domain.Passages.Anchoring;

/// <summary>Makes the texts of each <see cref="Kind"/>: the marked text before and after.</summary>
internal static class DocumentChanges
{
    public static (string, string) Pair(Scene before, Scene? after = null) => (before.Marked, (after ?? before).Marked);

    public static Quote Around(Quote quote, int before, int after) => quote with
    {
        Prefix = quote.Prefix[^Math.Min(before, quote.Prefix.Length)..],
        Suffix = quote.Suffix[..Math.Min(after, quote.Suffix.Length)],
    };

    public static string Without(string text)
    {
        var from = text.IndexOf(Trial.Opening, StringComparison.Ordinal);
        return text[..from] + text[(text.IndexOf(Trial.Closing, StringComparison.Ordinal) + 1)..];
    }

    public static string Quoting(string text) => Trial.Opening + text + Trial.Closing;

    public static (string, string) SentenceInserted(Scene scene, Random random)
    {
        var length = (int)(scene.Quoted.Length * (0.2 + 0.4 * random.NextDouble()));
        return Pair(scene, Inserted(scene, random, scene.Vocabulary.OfLength(random, length)));
    }

    public static (string, string) PageBreak(Scene scene, Random random)
    {
        var header = string.Concat(scene.Vocabulary.Paragraph(random, random.Next(3, 6)));
        return Pair(scene, Inserted(scene, random, $"\n\n{random.Next(400)}\n\n{header}\n\n"));
    }

    public static string Hyphenated(string text, Random random) =>
        string.Concat(text.Select(c => char.IsLetter(c) && random.Next(9) == 0 ? $"{c}\u00AD" : $"{c}"));

    public static string Noted(Scene scene, string word, Random random) =>
        random.Next(8) == 0 ? word.TrimEnd() + random.Next(1, 40) + scene.Vocabulary.Space : word;

    public static Scene InCapitals(Scene scene) =>
        scene with { Before = Capitals(scene.Before), Words = [Capitals(scene.Quoted)], After = Capitals(scene.After) };

    public static Scene Inserted(Scene scene, Random random, string inserted)
    {
        var words = scene.Words.ToList();
        words.Insert(random.Next(1, words.Count), inserted);
        return scene with { Words = words };
    }

    public static (string, string) HeadingDeleted(Scene scene, Random random)
    {
        var at = random.Next(scene.Words.Count / 3, 1 + scene.Words.Count * 2 / 3);
        var before = scene.Words.Take(at).ToList();
        var after = scene.Words.Skip(at).ToList();
        var heading = scene.Vocabulary.Paragraph(random, random.Next(2, 5));
        return Pair(
            scene with { Words = [.. before, Scene.Gap, .. heading, Scene.Gap, .. after] },
            scene with { Words = [.. before, Scene.Gap, .. after] });
    }

    public static (string, string) DigitsChanged(Scene scene, Random random)
    {
        var numbered = scene.Words.Select(w => random.Next(5) == 0 ? (w, random.Next(10, 3000)) : (w, 0)).ToList();
        return Pair(
            scene with { Words = [.. numbered.Select(n => n.Item2 > 0 ? n.w + n.Item2 + scene.Vocabulary.Space : n.w)] },
            scene with { Words = [.. numbered.Select(n => n.Item2 > 0 ? n.w + random.Next(10, 3000) + scene.Vocabulary.Space : n.w)] });
    }

    // The same letter becomes the same other letter everywhere.
    public static Func<string, string> Reformed(Scene scene, Random random)
    {
        var letters = scene.Text.Where(char.IsLetter).Distinct().ToArray();
        var others = letters.ToArray();
        random.Shuffle(others);
        var reform = letters.Zip(others).Where(_ => random.Next(100) < 15).ToDictionary(p => p.First, p => p.Second);
        return text => string.Concat(text.Select(c => reform.GetValueOrDefault(c, c)));
    }

    public static string Misread(Scene scene, string text, Random random, int oneIn) =>
        string.Concat(text.EnumerateRunes().Select(r =>
            random.Next(oneIn) == 0 && Rune.IsLetter(r) ? scene.Vocabulary.Word(random).EnumerateRunes().First() : r));

    public static string Capitals(string text) => text.ToUpperInvariant();

    public static Scene Line(Scene scene, Random random) =>
        scene with { Before = "", Words = scene.Vocabulary.Paragraph(random, random.Next(3, 7)), After = "" };

    public static (string, string) Moved(Scene scene, Random random)
    {
        var quoted = Once(scene, random);
        var first = string.Concat(scene.Vocabulary.Paragraph(random, 30));
        return Pair(quoted, quoted with { Others = [first, .. quoted.Others], At = quoted.At + 1 });
    }

    // As few words as stand once in the text.
    public static Scene Once(Scene scene, Random random)
    {
        for (var words = random.Next(2, 8); ; words++)
        {
            var quoted = scene.Short(random, words, words);
            var exact = quoted.Quoted.TrimEnd();
            var at = quoted.Text.IndexOf(exact, StringComparison.Ordinal);
            if (words >= scene.Words.Count || quoted.Text.IndexOf(exact, at + 1, StringComparison.Ordinal) < 0)
                return quoted;
        }
    }

    public static (string Before, string After) Twin(Scene scene, Random random)
    {
        var quoted = scene.Short(random, 8, 14);
        var changed = quoted.Words.ToList();
        changed[random.Next(1, changed.Count - 1)] = scene.Vocabulary.Word(random) + scene.Vocabulary.Space;
        string[] others = [.. quoted.Others];
        var twin = (quoted.At + 1 + random.Next(others.Length - 1)) % others.Length;
        var cut = others[twin].Length / 2;
        while (cut > 0 && char.IsLowSurrogate(others[twin][cut]))
            cut--;
        others[twin] = others[twin][..cut] + scene.Vocabulary.Stop + scene.Vocabulary.Space + quoted.Quoted + others[twin][cut..];
        var two = quoted with { Others = others };
        return Pair(two, two with { Words = changed });
    }

    public static (string, string) PhraseElsewhere(Scene scene, Random random)
    {
        var quoted = scene.Short(random, 4, 6);
        var changed = quoted.Words.ToList();
        changed[random.Next(1, changed.Count)] = scene.Vocabulary.Word(random) + scene.Vocabulary.Space;
        string[] others = [.. quoted.Others];
        var elsewhere = random.Next(others.Length);
        var (before, after) = (scene.Vocabulary.Paragraph(random, 12), scene.Vocabulary.Paragraph(random, 12));
        others[elsewhere] = string.Concat(before) + quoted.Quoted + string.Concat(after);
        var two = quoted with { Others = others };
        return Pair(two, two with { Words = changed });
    }

    // Five stanzas with a refrain of two lines after each; quoted is the refrain, or its second line, of one of the inner ones.
    public static (string, string) Refrain(Scene scene, Random random, int shift, bool isWhole, string how)
    {
        string[] stanzas = [.. Enumerable.Range(0, 5).Select(_ => Lines(4))];
        var refrain = Lines(isWhole ? 2 : 3).TrimEnd();
        var lines = refrain.Split('\n');
        var marked = isWhole
            ? Quoting(refrain)
            : string.Join('\n', lines.Select((line, i) => i == 1 ? Quoting(line) : line));
        var quoted = random.Next(1, 4);
        var before = string.Concat(stanzas.Select((stanza, i) => stanza + (i == quoted ? marked : refrain) + "\n\n"));
        return (before, how switch
        {
            "remove" => string.Concat(stanzas.Select((stanza, i) => i == quoted ? "" : stanza + refrain + "\n\n")),
            "cut" => string.Concat(stanzas.Select((stanza, i) => stanza + (i == quoted ? "" : refrain) + "\n\n")),
            _ => (shift > 0 ? string.Concat(Enumerable.Repeat("#", shift)) : Lines(4)) + before,
        });

        string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => Line(random.Next(4, 7)) + "\n"));

        string Line(int words) => string.Concat(scene.Vocabulary.Paragraph(random, words)).TrimEnd();
    }

    // Twelve rows of a name and four small numbers. Quoted is one of the numbers.
    public static (string, string) Table(Scene scene, Random random, string how)
    {
        var rows = Enumerable.Range(0, 12).Select(_ => Row()).ToList();
        var (row, column) = (random.Next(2, 11), random.Next(4));
        var after = rows.ToList();
        var cells = rows[row].Cells.ToArray();
        var value = cells[column];
        rows[row] = With(Quoting(value));
        switch (how)
        {
            case "insert":
                after[row] = rows[row];
                after.Insert(random.Next(row - 1, row + 1), Row());
                break;
            case "empty":
                after[row] = With("");
                break;
            default:
                string other;
                do
                    other = Cell();
                while (other.Equals(value, StringComparison.Ordinal));
                after[row] = With(Quoting(other));
                break;
        }

        var intro = string.Concat(scene.Vocabulary.Paragraph(random, 30)) + "\n\n";
        return (intro + Written(rows), intro + Written(after));

        (string Name, string[] Cells) With(string cell) => (rows[row].Name, [.. cells.Select((c, i) => i == column ? cell : c)]);

        string Cell() => $"{random.Next(1, 40)}";

        (string Name, string[] Cells) Row() => (
            string.Concat(scene.Vocabulary.Paragraph(random, 2)).Trim(), [.. Enumerable.Range(0, 4).Select(_ => Cell())]);

        static string Written(IEnumerable<(string Name, string[] Cells)> rows) =>
            string.Concat(rows.Select(r => r.Name + "\t" + string.Join('\t', r.Cells) + "\n"));
    }

    // "5 mg of … in the morning and 5 mg of … in the evening": two halves phrased alike.
    public static (string, string) Dose(Scene scene, Random random)
    {
        var (value, other) = (random.Next(2, 9), random.Next(10, 60));
        var space = scene.Vocabulary.Space;
        var (give, like, morning, evening) = (Words(2), Words(4), Words(3), Words(3));
        var head = string.Concat(scene.Others.Take(3).Select(p => p + Scene.Gap));
        var rest = space + like + morning + value + "mg" + space + like + evening + Scene.Gap + scene.Others[4];
        return (head + give + Quoting($"{value}mg") + rest, head + give + Quoting($"{other}mg") + rest);

        string Words(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => scene.Vocabulary.Word(random) + space));
    }

    public static string Furigana(string text, Random random)
    {
        var written = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            written.Append(text[i]);
            if (IsKanji(text[i]) && (i + 1 == text.Length || !IsKanji(text[i + 1])))
                written.Append('（').Append([.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Kana())]).Append('）');
        }

        return written.ToString();

        char Kana() => (char)random.Next('あ', 'わ');

        static bool IsKanji(char c) => c is >= '\u4e00' and <= '\u9fff';
    }

    public static string Vowelled(string text, Random random) => string.Concat(
        Bare(text).Select(c => c is >= '\u0621' and <= '\u064A' && random.Next(5) > 0 ? $"{c}{(char)random.Next(0x64B, 0x653)}" : $"{c}"));

    public static string Bare(string text) => string.Concat(text.Where(c => c is not (>= '\u064B' and <= '\u0652')));

    public static (string Bare, string Pointed) Pointed(Random random)
    {
        var scene = Scene.Of(Vocabulary.Hebrew, random);
        var pointed = scene.Written(text => string.Concat(
            text.Select(c => c is >= '\u05D0' and <= '\u05EA' && random.Next(5) > 0 ? $"{c}{(char)random.Next(0x5B0, 0x5BC)}" : $"{c}")));
        return (scene.Marked, pointed.Marked);
    }
}
