using System.Threading.RateLimiting;
using Annotator.Domain.People;

namespace Annotator.Web.Hosting;

/// <summary>Counts in the database, and does not ask it again before the time that it has named.</summary>
internal sealed class StoredLimiter(Attempts attempts, IReadOnlyList<AttemptLimit> limits, string who, TimeProvider clock) : RateLimiter
{
    private DateTimeOffset _until;

    private TimeSpan Wait => _until - clock.GetUtcNow();

    // It knows nothing but the time: without that it can go.
    public override TimeSpan? IdleDuration => Wait > TimeSpan.Zero ? null : TimeSpan.MaxValue;

    public override RateLimiterStatistics? GetStatistics() => null;

    // The middleware asks this way first: no answer yet.
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(false, Wait);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        if (Wait is var known && known > TimeSpan.Zero)
            return new Lease(false, known);
        foreach (var limit in limits)
        {
            if (await attempts.CountAsync(limit, who, cancellationToken) is { } wait)
            {
                _until = clock.GetUtcNow() + wait;
                return new Lease(false, wait);
            }
        }

        return new Lease(true, TimeSpan.Zero);
    }

    private sealed class Lease(bool isAcquired, TimeSpan wait) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = wait;
            return string.Equals(metadataName, MetadataName.RetryAfter.Name, StringComparison.Ordinal);
        }
    }
}
