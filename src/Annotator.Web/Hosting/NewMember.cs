namespace Annotator.Web.Hosting;

/// <summary>Who wants an account.</summary>
/// <param name="MayClaim">
/// The operator makes it: also where sign-up is closed, and for a person who exists only through imported annotations.
/// </param>
/// <param name="Invitation">The word of an invitation, where one is needed.</param>
public sealed record NewMember(
    string Name, string Email, string Password, bool IsAdministrator = false, bool MayClaim = false, string? Invitation = null);
