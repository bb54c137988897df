using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>Accounts and the sign-in cookie.</summary>
internal static class Identity
{
    public static IServiceCollection AddAnnotatorIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                // Length is what makes a password strong; classes of characters only make it hard to type in some scripts.
                options.Password = new PasswordOptions
                {
                    RequiredLength = PasswordRules.MinLength,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                    RequiredUniqueChars = 4,
                };
            })
            .AddEntityFrameworkStores<AnnotatorDb>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/sign-in";
            cookie.ReturnUrlParameter = "back";
            cookie.ExpireTimeSpan = AccountSessions.Longest;
            cookie.Events.OnSigningIn = Sessions.BeginAsync;
            cookie.Events.OnSigningOut = context => Sessions.EndAsync(context.HttpContext);
            cookie.Events.OnValidatePrincipal = Sessions.ValidateAsync;
            // A form whose session has ended is shown again with its text; a redirect would lose it.
            cookie.Events.OnRedirectToLogin = context =>
            {
                if (HttpMethods.IsPost(context.Request.Method))
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                else
                    context.Response.Redirect(context.RedirectUri);
                return Task.CompletedTask;
            };
        });
        services.AddScoped<Registration>().AddScoped<PasswordSignIn>();
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddDataProtection().SetApplicationName("Annotator").PersistKeysToDbContext<AnnotatorDb>();
        return services;
    }
}
