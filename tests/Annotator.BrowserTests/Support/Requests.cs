using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Annotator.BrowserTests.Support;

/// <summary>When requests begin and end in the program, by path and query.</summary>
public sealed class Requests : IStartupFilter
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ended = new(StringComparer.Ordinal);

    /// <summary>Ends when the program has begun to answer a request.</summary>
    public Task BeginAsync(string pathAndQuery) => Of(_begun, pathAndQuery).Task.WaitAsync(Ct);

    /// <summary>Ends when the program is through with a request, however that went.</summary>
    public Task EndAsync(string pathAndQuery) => Of(_ended, pathAndQuery).Task.WaitAsync(Ct);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(NoteAsync);
        next(app);
    };

    private async Task NoteAsync(HttpContext http, RequestDelegate next)
    {
        var asked = http.Request.GetEncodedPathAndQuery();
        Of(_begun, asked).TrySetResult();
        try
        {
            await next(http);
        }
        finally
        {
            Of(_ended, asked).TrySetResult();
        }
    }

    private static TaskCompletionSource Of(ConcurrentDictionary<string, TaskCompletionSource> of, string asked) =>
        of.GetOrAdd(asked, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
