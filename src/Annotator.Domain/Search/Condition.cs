namespace Annotator.Domain.Search;

/// <summary>What an annotation must be like to be found: terms and filters, joined by and, or, not.</summary>
public abstract record Condition;

/// <summary>A word, a phrase or the beginning of a word that the tags, the comment or the passage must hold.</summary>
public sealed record Term(string Text, TermKind Kind = TermKind.Word) : Condition;

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
    public static SearchFilter Tagged(string tag) => new(SearchField.Tag, tag);

    public static SearchFilter By(string username) => new(SearchField.User, username);

    /// <summary>As one types it.</summary>
    public override string ToString() => $"{Field.ToString().ToLowerInvariant()}:{SearchQuery.QuotedIfNeeded(Value)}";
}

/// <summary>Whatever the part does not find.</summary>
public sealed record Not(Condition Part) : Condition;

/// <summary>Every part holds.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    public bool Equals(AllOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(1, HashCode.Combine);
}

/// <summary>At least one part holds.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    public bool Equals(AnyOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(2, HashCode.Combine);
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

    /// <summary>Written at or after a moment: <c>2026</c>, <c>2026-03</c>, <c>2026-03-14</c> (UTC).</summary>
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
