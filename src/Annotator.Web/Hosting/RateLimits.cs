using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Annotator.Web.Hosting;

/// <summary>
/// How much one person, or one address, may ask of the program. Tries to sign in and to sign up are counted in the database, for all
/// instances of the program together; the rest each instance counts for itself, in memory.
/// </summary>
public sealed class RateLimits(AnnotatorOptions options, Attempts attempts, TimeProvider clock) : IConfigureOptions<RateLimiterOptions>
{
    /// <summary>What is said about the wait where a limit does not know it, as that of open pages.</summary>
    private static readonly TimeSpan SomeTime = TimeSpan.FromSeconds(30);

    private readonly PartitionedRateLimiter<Asking> _limiter =
        PartitionedRateLimiter.Create<Asking, Asking>(asking => PartitionOf(asking, options.Limits, attempts, clock));

    public void Configure(RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = _limiter.WithTranslatedKey<HttpContext>(
            http => Asking.Of(http, options, clock.GetUtcNow()), leaveOpen: true);
        limiter.OnRejected = async (rejected, _) =>
        {
            var http = rejected.HttpContext;
            var refusal = Refused(Asking.Of(http, options, clock.GetUtcNow()).Action, rejected.Lease);
            http.Response.Headers.RetryAfter = Math.Ceiling(refusal.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            http.Features.Set<Refusal>(refusal);
            http.Features.Set(await UnsentForm.SentAsync(http));
        };
    }

    /// <summary>Counts what somebody does on an open page, which sends no request for it.</summary>
    /// <exception cref="TooOften">It was done too often.</exception>
    public async Task CountAsync(LimitedAction action, ClaimsPrincipal user, CancellationToken ct)
    {
        using var lease = await _limiter.AcquireAsync(Asking.Of(action, user, "", options, clock.GetUtcNow()), cancellationToken: ct);
        if (!lease.IsAcquired)
            throw Refused(action, lease);
    }

    private static TooOften Refused(LimitedAction action, RateLimitLease lease)
    {
        Telemetry.LimitHit(NameOf(action));
        return new TooOften(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : SomeTime);
    }

    private static RateLimitPartition<Asking> PartitionOf(Asking asking, LimitOptions limits, Attempts attempts, TimeProvider clock)
    {
        var (minute, tenMinutes) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        return asking.Action switch
        {
            LimitedAction.SignIn => Stored(new AttemptLimit("sign-in", limits.SignIn.Address, tenMinutes)),
            LimitedAction.SignUp => Stored(
                new AttemptLimit("sign-up at once", Math.Max(1, limits.SignUp.Address / 3), minute),
                new AttemptLimit("sign-up", limits.SignUp.Address, TimeSpan.FromHours(1))),
            LimitedAction.Write => Bucket(limits.Write, minute),
            LimitedAction.Search => Bucket(limits.Search, minute),
            LimitedAction.Ingest => Bucket(limits.Ingest, tenMinutes),
            LimitedAction.Live or LimitedAction.Circuit => RateLimitPartition.GetConcurrencyLimiter(
                asking, _ => new ConcurrencyLimiterOptions { PermitLimit = Most(limits.Live) }),
            _ => RateLimitPartition.GetNoLimiter(asking),
        };

        int Most(LimitOptions.Rates rates) => asking.Kind switch
        {
            LimitedKind.Person => rates.Person,
            LimitedKind.Newcomer => rates.Newcomer,
            _ => rates.Address,
        };

        // All at once, or as they come back one by one over the time.
        RateLimitPartition<Asking> Bucket(LimitOptions.Rates rates, TimeSpan within)
        {
            var most = Most(rates);
            var back = Math.Max(1, most / 600);
            return RateLimitPartition.GetTokenBucketLimiter(
                asking,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = most, TokensPerPeriod = back, ReplenishmentPeriod = within * back / most,
                });
        }

        RateLimitPartition<Asking> Stored(params IReadOnlyList<AttemptLimit> of) =>
            RateLimitPartition.Get(asking, a => new StoredLimiter(attempts, of, a.Who, clock));
    }

    /// <summary>Its name in metrics.</summary>
    private static string NameOf(LimitedAction action) => action switch
    {
        LimitedAction.SignIn => "sign-in",
        LimitedAction.SignUp => "sign-up",
        _ => action.ToString().ToLowerInvariant(),
    };
}
