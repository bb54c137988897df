namespace Annotator.Domain.Kernel;

/// <summary>Who asks: a person with the groups they belong to, or a visitor without an account.</summary>
/// <param name="PersonId">Null for a visitor.</param>
/// <param name="Groups">Public ids of the groups whose annotations the viewer may read; the public group is always among them.</param>
/// <param name="IsAdministrator">May run the installation: import for others, remove the demo library.</param>
/// <param name="IsOperator">The command line on the server itself: reads all that people share, in every group.</param>
public sealed record Viewer(
    Guid? PersonId,
    IReadOnlyList<string> Groups,
    bool IsAdministrator = false,
    bool IsOperator = false
)
{
    /// <summary>The public id of the group that everybody reads, as Hypothesis spells it.</summary>
    public const string PublicGroup = "__world__";

    public static Viewer Visitor { get; } = new(null, [PublicGroup]);

    public static Viewer Operator { get; } =
        new(null, [PublicGroup], IsAdministrator: true, IsOperator: true);

    /// <exception cref="Forbidden">The viewer is a visitor.</exception>
    public Guid RequirePerson() => PersonId ?? throw new Forbidden("sign_in");
}
