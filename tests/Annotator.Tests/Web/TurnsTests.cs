using System.Collections.Concurrent;
using Annotator.Domain.Data;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Annotator.Tests.Web;

/// <summary>Pages that are asked for by more people than there are connections.</summary>
public sealed class TurnsTests
{
    private const int Connections = 3;

    [Fact]
    public async Task A_page_that_has_begun_is_made_before_others_begin()
    {
        using var made = new Made("Timeout=0");
        var asked = Enumerable.Range(0, 50).Select(n => made.AskAsync(Page(), $"{n}")).ToList();
        for (var first = 0; first < 50; first++)
        {
            // They begin in the order in which they came.
            Assert.Equal(Enumerable.Range(first, Math.Min(Connections, 50 - first)).Select(n => $"{n}"), made.Begun.Order(Numbers));
            made.Finish($"{first}");
            await asked[first];
            await Until.HoldsAsync(() => made.Begun.Count == Math.Min(Connections, 49 - first));
        }
    }

    [Fact]
    public async Task What_is_no_page_waits_for_nobody()
    {
        using var made = new Made("Timeout=0");
        for (var n = 0; n < Connections; n++)
            _ = made.AskAsync(Page(), $"{n}");
        var waits = made.AskAsync(Page(), "page");
        _ = made.AskAsync(new Endpoint(null, new EndpointMetadataCollection(new NeedsNoDatabase()), "style"), "style");
        _ = made.AskAsync(null, "nothing");
        _ = made.AskAsync(Page(new LimitedAttribute(LimitedAction.Ingest)), "text", HttpMethods.Post);
        _ = made.AskAsync(Page(), "error", isError: true);
        Assert.Equal(["0", "1", "2", "error", "nothing", "style", "text"], made.Begun.Order(StringComparer.Ordinal));
        made.FinishAll();
        await Until.HoldsAsync(() => made.Begun.Contains("page"));
        made.FinishAll();
        Assert.Equal(StatusCodes.Status200OK, await waits);
    }

    [Fact]
    public async Task A_page_that_is_being_sent_keeps_nobody_waiting()
    {
        using var made = new Made("Timeout=0");
        for (var n = 0; n < Connections; n++)
            _ = made.AskAsync(Page(), $"{n}");
        _ = made.AskAsync(Page(), "page");
        Assert.DoesNotContain("page", made.Begun);
        await made.StartAnswerAsync("1");
        await Until.HoldsAsync(() => made.Begun.Contains("page"));
        made.FinishAll();
    }

    [Fact]
    public async Task Who_waits_too_long_is_refused_and_nobody_else()
    {
        using var made = new Made("Timeout=1");
        var begun = Enumerable.Range(0, Connections).Select(n => made.AskAsync(Page(), $"{n}")).ToList();
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await made.AskAsync(Page(), "late"));
        Assert.False(made.Outage.IsOn || made.Outage.IsSilent);
        made.FinishAll();
        Assert.All(await Task.WhenAll(begun), status => Assert.Equal(StatusCodes.Status200OK, status));
        var next = made.AskAsync(Page(), "next");
        made.FinishAll();
        Assert.Equal(StatusCodes.Status200OK, await next);
    }

    private static Comparer<string> Numbers { get; } = Comparer<string>.Create((a, b) => int.Parse(a, null).CompareTo(int.Parse(b, null)));

    private static Endpoint Page(params object[] more) =>
        new(null, new EndpointMetadataCollection([new ComponentTypeMetadata(typeof(TurnsTests)), .. more]), "page");

    /// <summary>Pages that are made for as long as the test wants.</summary>
    private sealed class Made : IDisposable, IDbContextFactory<AnnotatorDb>
    {
        private readonly ConcurrentDictionary<string, (TaskCompletionSource End, Starting Answer)> _begun = new(StringComparer.Ordinal);
        private readonly string _settings;
        private readonly Turns _turns;

        public Made(string settings)
        {
            _settings = settings;
            Outage = new DatabaseOutage(
                new DatabaseProbe(this, new DatabaseAnswers()), TimeProvider.System, NullLogger<DatabaseOutage>.Instance);
            _turns = new Turns(MakeAsync, this, Outage);
        }

        public DatabaseOutage Outage { get; }

        public ICollection<string> Begun => _begun.Keys;

        public AnnotatorDb CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<AnnotatorDb>();
            AnnotatorDb.Configure(options, $"Host=nowhere;Maximum Pool Size={Connections};{_settings}");
            return new AnnotatorDb(options.Options);
        }

        /// <returns>The status of the answer.</returns>
        public async Task<int> AskAsync(Endpoint? endpoint, string name, string method = "GET", bool isError = false)
        {
            var http = new DefaultHttpContext { TraceIdentifier = name };
            http.Features.Set<IHttpResponseFeature>(new Starting());
            if (isError)
                http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature());
            http.Request.Method = method;
            http.SetEndpoint(endpoint);
            await _turns.InvokeAsync(http);
            return http.Response.StatusCode;
        }

        public Task StartAnswerAsync(string name) => _begun[name].Answer.Start();

        public void Finish(string name)
        {
            if (_begun.TryRemove(name, out var page))
                page.End.SetResult();
        }

        public void FinishAll()
        {
            foreach (var name in _begun.Keys.ToList())
                Finish(name);
        }

        public void Dispose()
        {
            FinishAll();
            _turns.Dispose();
            Outage.Dispose();
        }

        private Task MakeAsync(HttpContext http)
        {
            var end = new TaskCompletionSource();
            _begun[http.TraceIdentifier] = (end, (Starting)http.Features.GetRequiredFeature<IHttpResponseFeature>());
            return end.Task;
        }
    }

    /// <summary>An answer that begins when the test says so.</summary>
    private sealed class Starting : HttpResponseFeature
    {
        public Func<Task> Start { get; private set; } = () => Task.CompletedTask;

        public override void OnStarting(Func<object, Task> callback, object state) => Start = () => callback(state);
    }
}
