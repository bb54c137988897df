namespace Annotator.Web.Hosting;

/// <summary>An account in the list of administrators.</summary>
public sealed record AccountRow
{
    public required Guid Id { get; init; }
    public required string Username { get; init; }
    public required string? DisplayName { get; init; }
    public required string Email { get; init; }
    public required bool IsAdministrator { get; init; }
    public required bool IsLocked { get; init; }
    public required DateTimeOffset Created { get; init; }

    /// <summary>When a session was used last, give or take an hour; null while the person is signed in nowhere.</summary>
    public required DateTimeOffset? Seen { get; init; }
}
