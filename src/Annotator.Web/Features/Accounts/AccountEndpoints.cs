using Annotator.Domain.People;
using Microsoft.AspNetCore.Identity;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features.Accounts;

/// <summary>Signs the person out of this browser.</summary>
internal static class AccountEndpoints
{
    public static void Map(RouteGroupBuilder forms) => forms.MapPost("/sign-out", SignOutAsync);

    private static async Task<RedirectHttpResult> SignOutAsync(SignInManager<Account> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/");
    }
}
