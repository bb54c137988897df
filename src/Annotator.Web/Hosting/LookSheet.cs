using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Annotator.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Annotator.Web.Hosting;

/// <summary>
/// The theme's variables as a style sheet. MudBlazor writes them into each page; rendered once and served under the hash of
/// its content, they are loaded once.
/// </summary>
public sealed partial class LookSheet(IServiceScopeFactory scopes, ILoggerFactory logging)
{
    private readonly Lazy<Task<string>> _css = new(() => RenderAsync(scopes, logging));

    public async Task<string> HrefAsync() =>
        $"look.css?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await _css.Value)).AsSpan(0, 6))}";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/look.css", async (LookSheet look, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Text(await look._css.Value, "text/css", Encoding.UTF8);
        });

    private static async Task<string> RenderAsync(IServiceScopeFactory scopes, ILoggerFactory logging)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logging);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Look>(ParameterView.Empty)).ToHtmlString());
        return string.Join('\n', Style().Matches(html).Select(m => m.Groups["css"].Value).Distinct(StringComparer.Ordinal));
    }

    [GeneratedRegex("<style[^>]*>(?<css>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Style();
}
