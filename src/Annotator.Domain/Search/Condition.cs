namespace Annotator.Domain.Search;

/// <summary>What an annotation must be like to be found: terms and filters, joined by and, or, not. As text, what one types.</summary>
public abstract record Condition
{
    private const string Mark = "\"";

    /// <summary>Between quotation marks, those in the text doubled.</summary>
    private protected static string Quoted(string text) => $"{Mark}{text.Replace(Mark, Mark + Mark, StringComparison.Ordinal).Replace("＂", "＂＂", StringComparison.Ordinal)}{Mark}";

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

/// <summary>One condition on what is known about an annotation, typed as <c>field:value</c>.</summary>
public sealed record SearchFilter(SearchField Field, string Value) : Condition
{
    // The first name of a field is the one it is written by.
    private static readonly (string Name, SearchField Field)[] Names =
    [
        ("tag", SearchField.Tag),
        ("lang", SearchField.Lang),
        ("source-lang", SearchField.SourceLang),
        ("user", SearchField.User),
        ("group", SearchField.Group),
        ("source", SearchField.Source),
        ("url", SearchField.Source),
        ("after", SearchField.After),
        ("before", SearchField.Before),
        ("has", SearchField.Has),
        ("is", SearchField.Is),
        ("field", SearchField.Field),
    ];

    public static SearchFilter Tagged(string tag) => new(SearchField.Tag, tag);

    public static SearchFilter By(string username) => new(SearchField.User, username);

    public override string ToString()
    {
        var name = Array.Find(Names, n => n.Field == Field).Name;
        var typed = $"{name}:{Value}";
        return IsTyped(typed) ? typed : $"{name}:{Quoted(Value)}";
    }

    internal static SearchField? FieldNamed(string name)
    {
        var found = Array.FindIndex(Names, n => string.Equals(n.Name, name, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : Names[found].Field;
    }
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

/// <summary>What a search can be narrowed by.</summary>
public enum SearchField
{
    /// <summary>A tag of the annotation, in any spelling that folds alike; <c>ai*</c> for all that begin so.</summary>
    Tag,

    /// <summary>Language of the comment, of the passage where there is none; <c>zh</c> finds <c>zh-Hans</c> too.</summary>
    Lang,

    /// <summary>Language of the passage, of the source where there is none.</summary>
    SourceLang,

    /// <summary>The author: a username or <c>name@authority</c>.</summary>
    User,

    /// <summary>The id of a group, or a part of its name.</summary>
    Group,

    /// <summary>A source: its public id, or a part of an address or of the title, with <c>*</c> for anything.</summary>
    Source,

    /// <summary>Written at or after a moment: <c>2026</c>, <c>2026-03</c>, <c>2026-03-14</c> (UTC), or an age: <c>7d</c>, <c>2w</c>, <c>3m</c>, <c>1y</c>.</summary>
    After,

    /// <summary>Written before a moment.</summary>
    Before,

    /// <summary><c>replies</c>.</summary>
    Has,

    /// <summary><c>mine</c>.</summary>
    Is,

    /// <summary>A line <c>Key: value</c> of the comment, as <c>Gene=IDUA</c>; <c>Gene</c> for any value.</summary>
    Field,
}
