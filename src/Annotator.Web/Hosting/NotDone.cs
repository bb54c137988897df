using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>ASP.NET Core Identity refuses something about an account.</summary>
public sealed class NotDone(IEnumerable<IdentityError> errors) : Refusal(string.Join(' ', errors.Select(e => e.Description)))
{
    /// <summary>For the texts of the interface, <c>Account.CODE</c>.</summary>
    public IReadOnlyList<string> Codes { get; } = [.. errors.Select(e => e.Code)];
}
