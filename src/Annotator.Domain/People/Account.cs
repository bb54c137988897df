using Microsoft.AspNetCore.Identity;

namespace Annotator.Domain.People;

/// <summary>What lets a <see cref="Person"/> sign in here. Its id is the person's id.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public bool IsAdministrator { get; set; }
    public DateTimeOffset Created { get; set; }
}
