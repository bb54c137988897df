using System.Text.RegularExpressions;
using Annotator.Domain.Search;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>Writes a condition in Groonga's query syntax.</summary>
internal static partial class GroongaQuery
{
    /// <returns>Null for what the syntax or the loaded columns cannot express.</returns>
    public static string? Of(Condition condition) => condition switch
    {
        Term { Kind: TermKind.Prefix } prefix => prefix.Text.All(char.IsLetterOrDigit) ? $"{prefix.Text}*" : null,
        Term term => Quoted(term.Text),
        SearchFilter filter => Labels.Of(filter) is { } label ? $"labels:@{Quoted(label)}" : null,
        // What is not wanted stands behind what is.
        AllOf all => Joined(all.Parts.OrderBy(p => p is Not).Select(p => p is Not not ? Prefixed("-", Of(not.Part)) : Of(p)), " "),
        AnyOf any => Joined(any.Parts.Select(Of), " OR "),
        _ => null,
    };

    /// <summary>Between quotation marks, for a phrase and for the value of an argument alike.</summary>
    public static string Quoted(string text) => $"\"{Special().Replace(text, @"\$0")}\"";

    private static string? Joined(IEnumerable<string?> parts, string operation)
    {
        var written = parts.ToList();
        return written.Contains(null) || written[0]!.StartsWith('-') ? null : $"({string.Join(operation, written)})";
    }

    private static string? Prefixed(string sign, string? part) => part is null ? null : sign + part;

    [GeneratedRegex("""["\\]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Special();
}
