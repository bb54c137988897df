using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Annotator.Web.Hosting;

/// <summary>Requests of the program to itself, which go the way of all others but over no connection.</summary>
internal sealed class OwnRequests(
    IHttpContextFactory contexts,
    IServiceScopeFactory scopes,
    IAntiforgery antiforgery,
    IOptions<AntiforgeryOptions> forms,
    AnnotatorOptions options)
{
    private static readonly Uri Here = new(AnnotatorApp.DefaultUrl);

    private RequestDelegate? _pipeline;

    /// <summary>The first middleware of the program.</summary>
    public RequestDelegate Through(RequestDelegate pipeline) => _pipeline = pipeline;

    /// <summary>Asks for a page, or sends it a form.</summary>
    /// <param name="address">Path and query.</param>
    /// <param name="user">Who asks; null for a visitor.</param>
    /// <param name="form">Fields of the form; null where none is sent.</param>
    /// <exception cref="InvalidOperationException">The answer has another status than the one expected.</exception>
    public async Task AskAsync(string address, int expected, ClaimsPrincipal? user = null, Dictionary<string, string>? form = null)
    {
        if (_pipeline is null)
            throw new InvalidOperationException("The program has not been started.");
        var http = contexts.Create(Features());
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            http.RequestServices = scope.ServiceProvider;
            Describe(http.Request, new Uri(options.PublicAddress ?? Here, address));
            http.User = user ?? http.User;
            if (form is not null)
                await FillInAsync(http, form);
            await _pipeline(http);
            if (http.Response.StatusCode != expected)
                throw new InvalidOperationException($"{address} answers {http.Response.StatusCode}.");
        }
        finally
        {
            contexts.Dispose(http);
        }
    }

    private static FeatureCollection Features()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Protocol = "HTTP/1.1" });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return features;
    }

    private static void Describe(HttpRequest request, Uri address)
    {
        (request.Method, request.Scheme, request.Host) = (HttpMethods.Get, address.Scheme, new HostString(address.Authority));
        (request.Path, request.QueryString) = (address.AbsolutePath, new QueryString(address.Query));
        (request.Headers.AcceptEncoding, request.Headers.Accept) = ("gzip", "text/html");
    }

    private async Task FillInAsync(HttpContext http, Dictionary<string, string> form)
    {
        var tokens = TokensFor(http.User);
        using var content = new FormUrlEncodedContent(form.Append(new(tokens.FormFieldName, tokens.RequestToken ?? "")));
        http.Request.Headers.Cookie = $"{forms.Value.Cookie.Name}={tokens.CookieToken}";
        http.Request.Method = HttpMethods.Post;
        http.Request.ContentType = content.Headers.ContentType?.ToString();
        http.Request.ContentLength = content.Headers.ContentLength;
        http.Request.Body = new MemoryStream(await content.ReadAsByteArrayAsync());
    }

    // Made with another HttpContext than the request: antiforgery keeps in it which cookie came, and would not look again.
    private AntiforgeryTokenSet TokensFor(ClaimsPrincipal user)
    {
        var page = contexts.Create(Features());
        try
        {
            page.Request.Scheme = (options.PublicAddress ?? Here).Scheme;
            page.User = user;
            return antiforgery.GetTokens(page);
        }
        finally
        {
            contexts.Dispose(page);
        }
    }
}
