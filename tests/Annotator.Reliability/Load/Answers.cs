using System.Collections.Concurrent;
using System.Net;

namespace Annotator.Reliability.Load;

/// <summary>What was answered to writers and readers. While the program or its database is away, only 503 or no answer is right.</summary>
internal sealed class Answers
{
    private readonly ConcurrentQueue<string> _odd = new();
    private int _good;
    private int _away;
    private int _none;

    /// <summary>All below 500; whoever asked notes the odd ones among them.</summary>
    public int Good => _good;

    /// <summary>503, and what a proxy says of a program that is away.</summary>
    public int Away => _away;

    /// <summary>Connections refused, reset or closed.</summary>
    public int None => _none;

    /// <summary>What must never be answered, a line each.</summary>
    public IReadOnlyCollection<string> Odd => _odd;

    public void Count(string asked, HttpStatusCode? status)
    {
        if (status is null)
            Interlocked.Increment(ref _none);
        else if (status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
            Interlocked.Increment(ref _away);
        else if (status < HttpStatusCode.InternalServerError)
            Interlocked.Increment(ref _good);
        else
            Note($"{asked}: {(int)status}");
    }

    public void Note(string odd) => _odd.Enqueue(odd);
}
