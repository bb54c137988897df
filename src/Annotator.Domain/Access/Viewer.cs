using Annotator.Domain.Kernel;

namespace Annotator.Domain.Access;

/// <summary>
/// The one on whose behalf something is read or written: a person with their rights, a visitor without an account, or the operator
/// at the command line.
/// </summary>
/// <param name="PersonId">Null for a visitor and for the operator.</param>
public sealed record Viewer(Guid? PersonId)
{
    /// <summary>The public id of the group that everybody reads, as Hypothesis spells it.</summary>
    public const string PublicGroup = "__world__";

    public static Viewer Visitor { get; } = new((Guid?)null);

    public static Viewer Operator { get; } = new((Guid?)null) { IsAdministrator = true, IsOperator = true };

    /// <summary>
    /// Public ids of the private groups that the person belongs to and therefore reads. Groups that everybody reads are not listed:
    /// a list of them would grow with the installation.
    /// </summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Public ids of the groups that the person belongs to and writes in. Public and open groups take anybody signed in.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>Public ids of the groups that the person owns or moderates.</summary>
    public IReadOnlyList<string> Moderates { get; init; } = [];

    /// <summary>May run the installation: import for others, remove the demo library, moderate every group that is not private.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>The command line on the server itself: reads all that people share, in every group.</summary>
    public bool IsOperator { get; init; }

    /// <summary><c>person.rights_version</c> at the time when the rights were read. Other rights have a higher one.</summary>
    public long RightsVersion { get; init; }

    /// <exception cref="Forbidden">The viewer is a visitor.</exception>
    public Guid RequirePerson() => PersonId ?? throw new Forbidden("sign_in");

    /// <summary>Whether a permission is given; for pages, which show what is possible.</summary>
    public bool May(Permission permission, Standing on) => permission.IsGiven(this, on);

    /// <summary>Refuses what a permission is not given for; for writers.</summary>
    /// <exception cref="Forbidden">
    /// The permission is not given; <c>sign_in</c> for a visitor, else <see cref="Permission.Code"/>.
    /// </exception>
    public void Require(Permission permission, Standing on)
    {
        if (!May(permission, on))
            throw new Forbidden(PersonId is null && !IsOperator ? "sign_in" : permission.Code);
    }
}
