namespace Annotator.Domain.Search;

/// <summary>
/// A condition on annotations: terms and filters, joined by and, or, not. ToString gives it as a person types it, and parsing that
/// gives an equal condition.
/// </summary>
public abstract record Condition
{
    private const string Mark = "\"";

    /// <summary>Between quotation marks, those in the text doubled.</summary>
    private protected static string Quoted(string text) =>
        $"{Mark}{text.Replace(Mark, Mark + Mark, StringComparison.Ordinal).Replace("＂", "＂＂", StringComparison.Ordinal)}{Mark}";

    /// <summary>Whether the text parses back to this condition.</summary>
    private protected bool IsTyped(string text) => Equals(SearchQuery.Parse(text).Condition);
}

/// <summary>A word, a phrase or the beginning of a word that the tags, the comment or the passage must hold.</summary>
public sealed record Term(string Text, TermKind Kind = TermKind.Word) : Condition
{
    public override string ToString()
    {
        var typed = Kind == TermKind.Prefix ? Text + "*" : Text;
        return Kind != TermKind.Phrase && IsTyped(typed) ? typed : Quoted(Text);
    }
}

/// <summary>How a term is meant.</summary>
public enum TermKind
{
    /// <summary>A word in any of its forms; characters of a script without spaces anywhere in a text.</summary>
    Word,

    /// <summary>Words in this order and form, nothing but signs between them.</summary>
    Phrase,

    /// <summary>The beginning of a word.</summary>
    Prefix,
}

/// <summary>Whatever the part does not find.</summary>
public sealed record Not(Condition Part) : Condition
{
    /// <summary>The opposite: of a negation what it negates.</summary>
    public static Condition Of(Condition part) => part is Not not ? not.Part : new Not(part);

    public override string ToString()
    {
        var typed = $"-{Part}";
        return Part is Term or SearchFilter && IsTyped(typed) ? typed : $"-({Part})";
    }
}

/// <summary>Every part holds.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    /// <summary>All of the parts in the simplest form: each once, one alone as itself, null for none.</summary>
    public static Condition? Joined(IEnumerable<Condition> parts)
    {
        Condition[] all = [.. parts.SelectMany(p => p is AllOf same ? same.Parts : [p]).Distinct()];
        return all.Length > 1 ? new AllOf(all) : all.FirstOrDefault();
    }

    public bool Equals(AllOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(1, HashCode.Combine);

    public override string ToString() => string.Join(' ', Parts);
}

/// <summary>At least one part holds.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    /// <summary>Any of the parts in the simplest form: each once, one alone as itself, null for none.</summary>
    public static Condition? Joined(IEnumerable<Condition> parts)
    {
        Condition[] any = [.. parts.SelectMany(p => p is AnyOf same ? same.Parts : [p]).Distinct()];
        return any.Length > 1 ? new AnyOf(any) : any.FirstOrDefault();
    }

    public bool Equals(AnyOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(2, HashCode.Combine);

    public override string ToString() => string.Join(" OR ", Parts.Select(p => p is AllOf ? $"({p})" : p.ToString()));
}
