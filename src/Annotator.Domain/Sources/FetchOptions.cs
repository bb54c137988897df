using System.Net;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources;

/// <summary>Where the program may go when it fetches a page, section <c>Annotator:Fetch</c>.</summary>
public sealed record FetchOptions
{
    /// <summary>Whether pages of the own computer and network may be fetched, from any port.</summary>
    public bool AllowPrivateAddresses { get; init; }

    // What follows is for tests: configuration sets public properties only.
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>In bytes.</summary>
    internal int Limit { get; init; } = Limits.FetchedPage;

    /// <summary>Answers instead of DNS.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>>? Resolve { get; init; }

    /// <summary>The one place that is as good as a public one.</summary>
    internal IPEndPoint? CountsAsPublic { get; init; }
}
