namespace Annotator.Domain.Search;

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

    /// <summary><c>tag:</c></summary>
    public static SearchFilter Tagged(string tag) => new(SearchField.Tag, tag);

    /// <summary><c>user:</c></summary>
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

    /// <summary>
    /// Written at or after a moment: <c>2026</c>, <c>2026-03</c>, <c>2026-03-14</c> (UTC), or an age: <c>7d</c>, <c>2w</c>,
    /// <c>3m</c>, <c>1y</c>.
    /// </summary>
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
