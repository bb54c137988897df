using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Annotator.Reliability.Load;

/// <summary>A person's browser: it keeps cookies, and sends forms as their pages have them.</summary>
/// <param name="site">Where the program is at the moment.</param>
internal sealed class Browser(Func<Uri> site, Func<Answers> answers) : IDisposable
{
    private static readonly HtmlParser Parser = new();

#pragma warning disable RS0030 // The program itself is what is asked.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(2) };
#pragma warning restore RS0030

    public Task<Answer> GetAsync(string path) => AskAsync(HttpMethod.Get, path, null);

    public Task<Answer> SendAsync(Form form) => AskAsync(HttpMethod.Post, form.Path, form.Fields);

    /// <summary>The form of a page.</summary>
    /// <param name="selector">Of the form, in CSS.</param>
    /// <returns>Null when the page has none.</returns>
    public static Form? FormOf(Answer page, string path, string selector)
    {
        if (Parser.ParseDocument(page.Body).QuerySelector(selector) is not IHtmlFormElement form)
            return null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in form.Elements)
        {
            var (name, value) = element switch
            {
                IHtmlInputElement { Type: "checkbox", IsChecked: false } => (null, null),
                IHtmlInputElement input => (input.Name, input.Value),
                IHtmlTextAreaElement area => (area.Name, area.Value),
                IHtmlSelectElement select => (select.Name, select.Value),
                _ => (null, null),
            };
            if (!string.IsNullOrEmpty(name))
                fields[name] = value ?? "";
        }

        return new Form(path, fields);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> AskAsync(HttpMethod method, string path, IReadOnlyDictionary<string, string>? fields)
    {
        var answer = await AnsweredAsync(method, path, fields);
        answers().Count($"{method} {path}", answer.Status);
        return answer;
    }

    private async Task<Answer> AnsweredAsync(HttpMethod method, string path, IReadOnlyDictionary<string, string>? fields)
    {
        using var request = new HttpRequestMessage(method, new Uri(site(), path));
        if (fields is not null)
            request.Content = new FormUrlEncodedContent(fields);
        try
        {
            using var response = await _http.SendAsync(request, Ct);
            var location = response.Headers.Location is { } leads ? new Uri(request.RequestUri!, leads).PathAndQuery : "";
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Ct), location);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && !Ct.IsCancellationRequested)
        {
            return new Answer(null, "", "");
        }
    }
}

/// <param name="Status">Null where there was no whole answer.</param>
/// <param name="Location">Path and query of where a redirect leads.</param>
internal sealed record Answer(HttpStatusCode? Status, string Body, string Location);

/// <summary>A form that can be sent again and again: the id of what it makes is a field of it.</summary>
internal sealed record Form(string Path, Dictionary<string, string> Fields);
