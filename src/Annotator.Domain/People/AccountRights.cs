namespace Annotator.Domain.People;

/// <summary>The rights of a person with an account.</summary>
/// <param name="SecurityStamp">
/// ASP.NET Core Identity's stamp, which the cookies of the person's sessions carry; another one ends them.
/// </param>
/// <param name="LockoutEnd">The person is locked out until this time; null when they are not.</param>
/// <param name="Version"><see cref="Person.RightsVersion"/>.</param>
/// <param name="Sessions">Ids of the sessions that have not ended.</param>
public sealed record AccountRights(
    bool IsAdministrator, string? SecurityStamp, DateTimeOffset? LockoutEnd, long Version, IReadOnlyList<Guid> Sessions);
