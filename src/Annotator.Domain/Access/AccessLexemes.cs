using Annotator.Domain.Kernel;

namespace Annotator.Domain.Access;

/// <summary>Who reads an annotation, as lexemes of the search index. They begin with a colon, which no word does.</summary>
internal static class AccessLexemes
{
    /// <summary>
    /// Read by everybody. Rows that an earlier version indexed in the public group do not have it; they are found by
    /// <see cref="For"/> of that group.
    /// </summary>
    public const string World = ":world";

    /// <summary>Kept back by moderation, in a group that is not private.</summary>
    public const string Held = ":held";

    /// <summary>Not shared.</summary>
    public const string Private = ":private";

    /// <summary>Shared in a group, and not kept back.</summary>
    public static string For(string groupId) => ":for:" + groupId;

    /// <summary>Kept back by the moderation of a group.</summary>
    public static string HeldIn(string groupId) => ":held:" + groupId;

    /// <summary>Written in a group, but not shared or kept back.</summary>
    public static string In(string groupId) => ":in:" + groupId;

    /// <summary>
    /// Not shared or kept back: its author reads it. Ids of groups are chosen by imports, so persons have a lexeme of another kind,
    /// which no group can have.
    /// </summary>
    public static string Only(Guid person) => ":only:" + PublicId.Of(person);

    /// <summary>
    /// Written by a person, whoever reads it: for <c>user:</c>, <c>is:mine</c> and for leaving out silenced persons.
    /// </summary>
    public static string By(Guid person) => ":by:" + PublicId.Of(person);
}
