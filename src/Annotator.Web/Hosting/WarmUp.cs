using System.Security.Claims;
using System.Transactions;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Annotator.Web.Hosting;

/// <summary>
/// Asks the program itself, once after its start, for the pages that people wait for, and writes a comment that is not stored: what is
/// compiled then is not with the first comment that hundreds of open pages ask for. The program is ready after that; whoever comes
/// earlier is answered all the same.
/// </summary>
internal sealed class WarmUp(
    OwnRequests requests,
    Library library,
    AnnotationWriter writer,
    IDbContextFactory<AnnotatorDb> databases,
    TimeProvider clock,
    ILogger<WarmUp> logger) : IHealthCheck
{
    /// <summary>Name of the check.</summary>
    public const string Name = "warm";

    /// <summary>Connections that are opened ahead: some people come at once when a site is back.</summary>
    private const int Ahead = 8;

    private volatile bool _isPending;

    /// <summary>The program is not ready from now on until it has run. Where nobody calls it, the program is ready without.</summary>
    public void Expect() => _isPending = true;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await requests.AskAsync("/", StatusCodes.Status200OK);
            // The queries and the rendering of a source are compiled with any that there is.
            if (await library.BrowseAsync(Viewer.Visitor, new LibraryQuery(), ct) is { Items: [var first, ..] })
            {
                await requests.AskAsync($"/sources/{first.PublicId}", StatusCodes.Status200OK);
                await requests.AskAsync($"/sources/{first.PublicId}/commentary", StatusCodes.Status200OK);
                await WriteAsync(first.PublicId, ct);
            }
            await Task.WhenAll(Enumerable.Range(0, Ahead).Select(_ => ConnectAsync(ct)));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Nothing depends on it.
            logger.LogWarning(e, "The program could not be warmed up");
        }
        finally
        {
            _isPending = false;
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isPending ? HealthCheckResult.Unhealthy("The program is being warmed up.") : HealthCheckResult.Healthy());

    // As somebody who has an account: where there is none yet, nobody writes in the first second. The form is sent without words, and
    // so refused.
    private async Task WriteAsync(string source, CancellationToken ct)
    {
        if (await AnybodyAsync(ct) is not { } person)
            return;
        var draft = new AnnotationDraft
        {
            Id = PublicId.New(clock), SourceId = PublicId.Parse(source, "source"), Body = "Words.", Shared = false,
        };
        var isolation = new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted };
        // Never completed, so nobody else ever sees what is written in it.
        using (new TransactionScope(TransactionScopeOption.Required, isolation, TransactionScopeAsyncFlowOption.Enabled))
            await writer.CreateAsync(new Viewer(person), draft, ct);
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.ToString())], Name));
        var page = $"/sources/{source}?note=";
        await requests.AskAsync(page, StatusCodes.Status200OK, user);
        await requests.AskAsync(page, StatusCodes.Status400BadRequest, user, new(StringComparer.Ordinal) { ["_handler"] = "composer" });
    }

    private async Task<Guid?> AnybodyAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.OrderBy(a => a.Id).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
    }

    private async Task ConnectAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_sleep(0.05)", ct);
    }
}
