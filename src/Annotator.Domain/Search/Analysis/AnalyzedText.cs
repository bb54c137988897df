using System.Text;

namespace Annotator.Domain.Search.Analysis;

/// <summary>A text to be found by, with the language whose stems it gets.</summary>
/// <param name="Text">Plain text; markup is taken out before.</param>
/// <param name="Language">BCP 47 tag; <c>und</c> for none.</param>
public readonly record struct IndexedField(string Text, string Language);

/// <summary>What the index keeps of the fields of one annotation or source.</summary>
/// <param name="Lexemes">Distinct lexemes, each of at most 64 UTF-16 units.</param>
/// <param name="Words">
/// The folded words of the fields in their order, each between spaces and each field on a line of its own, so that
/// <see cref="QueryTerm.Pattern"/> can tell whether words stand in a row.
/// </param>
public sealed record AnalyzedText(IReadOnlyCollection<string> Lexemes, string Words)
{
    internal static AnalyzedText Of(IEnumerable<IndexedField> fields)
    {
        var lexemes = new HashSet<string>(StringComparer.Ordinal);
        var bySpan = lexemes.GetAlternateLookup<ReadOnlySpan<char>>();
        var words = new StringBuilder();
        foreach (var field in fields)
        {
            using var folded = new FoldBuffer(field.Text);
            words.Append(' ');
            for (var position = 0; Segment.TryRead(folded.Text, ref position, out var segment);)
            {
                Analysis.Lexemes.Visit(folded.Text, segment, (lexeme, _, _) => bySpan.Add(lexeme));
                words.Append(folded.Text.Slice(segment.Start, segment.Length + segment.Suffix)).Append(' ');
            }

            words.Append('\n');
        }

        return new AnalyzedText(lexemes, words.ToString());
    }
}
