using System.Globalization;
using Annotator.Web.Resources;
using Microsoft.AspNetCore.Localization;

namespace Annotator.Web.Hosting;

/// <summary>The languages of the interface.</summary>
internal static class Localization
{
    /// <summary>English first: it is complete by definition, the others are held to it by a test.</summary>
    public static IReadOnlyList<CultureInfo> Cultures { get; } =
        [new("en"), new("zh-Hans"), new("ar")];

    public static IServiceCollection AddInterfaceLanguages(this IServiceCollection services) =>
        services.AddLocalization().AddSingleton<Words>().Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture("en");
            options.SupportedCultures = options.SupportedUICultures = [.. Cultures];
            options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
}
