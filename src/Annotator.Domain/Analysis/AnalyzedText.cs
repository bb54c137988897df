using System.Text;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Analysis;

/// <summary>A text to be found by, with the language whose stems it gets.</summary>
/// <param name="Text">Plain text; markup is taken out before.</param>
/// <param name="Language">BCP 47 tag; <c>und</c> for none.</param>
/// <param name="Kind">What the text is of the annotation or source.</param>
public readonly record struct IndexedField(string Text, string Language, FieldKind Kind = FieldKind.Body);

/// <summary>
/// What a field is of an annotation or a source. Its value is the letter that the line of the field begins with in
/// <see cref="AnalyzedText.Words"/>; changing a letter needs a new <see cref="Analyzer.Version"/>.
/// </summary>
public enum FieldKind
{
    Body = 'b',
    Tag = 't',

    /// <summary>The words that an annotation quotes.</summary>
    Passage = 'p',

    /// <summary>A body in another language.</summary>
    Translation = 'r',

    /// <summary>Of a source.</summary>
    Title = 'h',

    /// <summary>Of a source.</summary>
    Author = 'a',
}

/// <summary>The folded words of one field, each between spaces.</summary>
public readonly record struct FieldWords(FieldKind Kind, string Words);

/// <summary>What the index keeps of the fields of one annotation or source.</summary>
/// <param name="Lexemes">
/// Distinct lexemes. Of letters, marks and digits (and the end of C++ and C#), at most 64 UTF-16 units: the words.
/// <c>~en:run</c>: English words with the stem <c>run</c> are there.
/// And lexemes of filters, which begin with a colon, as no word does.
/// </param>
/// <param name="Words">
/// The folded words of the fields, each between spaces and each field on a line of its own, which begins with the letter of its
/// <see cref="FieldKind"/>. <see cref="QueryTerm.Pattern"/> matches words in a row; it never matches the letter, before which there
/// is no space.
/// </param>
public sealed record AnalyzedText(IReadOnlySet<string> Lexemes, string Words)
{
    /// <summary>The fields of <see cref="Words"/>, in their order.</summary>
    public static IEnumerable<FieldWords> FieldsOf(string words) =>
        words.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new FieldWords((FieldKind)line[0], line[1..]));

    internal static AnalyzedText Of(IEnumerable<IndexedField> fields, IEnumerable<string> filters)
    {
        var builder = new Builder(filters);
        foreach (var field in fields)
            builder.Add(field);

        return builder.Built();
    }

    private sealed class Builder
    {
        private readonly HashSet<string> _lexemes;
        private readonly StringBuilder _words = new();
        private readonly Lexemes.Visitor _add;

        /// <param name="filters">Lexemes that are there from the beginning.</param>
        public Builder(IEnumerable<string> filters)
        {
            _lexemes = new(filters, StringComparer.Ordinal);
            var bySpan = _lexemes.GetAlternateLookup<ReadOnlySpan<char>>();
            _add = lexeme => bySpan.Add(lexeme);
        }

        /// <summary>What was added so far.</summary>
        public AnalyzedText Built() => new(_lexemes, _words.ToString());

        /// <summary>Adds the words of a field, their lexemes and, where its language has a stemmer, their stems.</summary>
        public void Add(IndexedField field)
        {
            var stemmer = Stemmers.For(field.Language);
            // Words in ASCII are as they were written but for their case, which stems ignore.
            using var folded = new FoldBuffer(
                field.Text, SearchFolding.Policy, withOrigins: stemmer is not null && !Ascii.IsValid(field.Text));
            var before = default(Segment);
            _words.Append((char)field.Kind).Append(' ');
            for (var position = 0; Segment.TryRead(folded.Text, ref position, out var segment); before = segment)
            {
                Analysis.Lexemes.Visit(folded.Text, segment, _add);
                _words.Append(folded.Text.Slice(segment.Start, segment.Length + segment.Suffix)).Append(' ');
                if (segment.ContinuesAfterHyphen(folded.Text, before))
                {
                    _add(string.Concat(before.In(folded.Text), segment.In(folded.Text)));
                    AddStems(
                        stemmer,
                        segment.Script(folded.Text),
                        string.Concat(before.Written(folded, field.Text), segment.Written(folded, field.Text)));
                }

                AddStems(stemmer, segment.Script(folded.Text), segment.Written(folded, field.Text));
            }

            _words.Append('\n');
        }

        private void AddStems(Stemmer? stemmer, WritingSystem script, ReadOnlySpan<char> word)
        {
            if (stemmer is null || stemmer.Script != script)
                return;

            foreach (var lexeme in stemmer.Of(word).Lexemes)
                _lexemes.Add(lexeme);
        }
    }
}
