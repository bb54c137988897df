using Annotator.Domain.Data;
using Annotator.Domain.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>Accounts and the sign-in cookie.</summary>
internal static class Identity
{
    public const int PasswordLength = 8;

    public static IServiceCollection AddAnnotatorIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                // Length is what makes a password strong; classes of characters only make it hard to type in some scripts.
                options.Password = new PasswordOptions
                {
                    RequiredLength = PasswordLength,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                    RequiredUniqueChars = 4,
                };
            })
            .AddEntityFrameworkStores<AnnotatorDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "annotator";
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/sign-in";
            cookie.ReturnUrlParameter = "back";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(90);
            cookie.Events.OnValidatePrincipal = Sessions.ValidateAsync;
        });
        services.AddScoped<Registration>();
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddDataProtection().SetApplicationName("Annotator").PersistKeysToDbContext<AnnotatorDb>();
        return services;
    }
}
