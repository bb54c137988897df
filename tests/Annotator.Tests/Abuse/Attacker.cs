using System.Net;
using System.Text;

namespace Annotator.Tests.Abuse;

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string? Location)
{
    /// <summary>Neither shown nor done: refused, not there, or sent to sign in.</summary>
    public bool IsDenied =>
        Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            or HttpStatusCode.Gone or HttpStatusCode.Conflict
        || (Status is HttpStatusCode.Redirect && Location?.Contains("/sign-in", StringComparison.Ordinal) == true);
}

/// <summary>Somebody's browser that sends whatever it is told to, with a valid antiforgery token where a form needs one.</summary>
internal sealed class Attacker(HttpClient browser) : IDisposable
{
    private const string TokenField = "__RequestVerificationToken";

    // Streams of changes do not end; what is longer is not read.
    private const int MostRead = 4 * 1024 * 1024;

    private string? _token;

    public void Dispose() => browser.Dispose();

    public Task<Answer> GetAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Uri(address)));

    /// <summary>Sends a form as the pages of the program do.</summary>
    public async Task<Answer> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = new KeyValuePair<string, string>(TokenField, await TokenAsync());
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, Uri(address))
        {
            Content = new FormUrlEncodedContent([.. fields, token]),
        });
    }

    /// <summary>A token that is valid with this browser's cookies.</summary>
    public async Task<string> TokenAsync() =>
        _token ??= (await browser.GetStringAsync(Uri("/sign-in"), Ct)).Split($"name=\"{TokenField}\" value=\"")[1].Split('"')[0];

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            var isStream = answer.Content.Headers.ContentType?.MediaType is "text/event-stream";
            return new Answer(answer.StatusCode, isStream ? "" : await BodyAsync(answer), answer.Headers.Location?.OriginalString);
        }
    }

    /// <summary>An address whose path and query are sent as they are.</summary>
    public static Uri Uri(string address) => new(address, UriKind.Relative);

    private static async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(Ct);
        using var reader = new StreamReader(body, Encoding.UTF8);
        var read = new char[MostRead];
        return new string(read, 0, await reader.ReadBlockAsync(read, Ct));
    }
}
