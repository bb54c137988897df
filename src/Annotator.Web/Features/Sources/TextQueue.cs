using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Annotator.Web.Features.Sources;

/// <summary>How many texts are read before one that somebody has sent, for the page that waits for it.</summary>
public sealed class TextQueue
{
    private readonly ConcurrentDictionary<Guid, int> _ahead = new();

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/sources/text/queue/{ticket:guid}", Ahead);

    /// <param name="ticket">Made up by the form; whoever does not have it cannot ask.</param>
    /// <returns>Keeps the number that it is given until it is disposed of.</returns>
    public Place Show(Guid ticket) => new(this, ticket);

    // As text: 0 for one that is being read, nothing for one that is not there.
    private static Results<ContentHttpResult, NoContent> Ahead(Guid ticket, TextQueue queue) =>
        queue._ahead.TryGetValue(ticket, out var ahead)
            ? TypedResults.Text(ahead.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : TypedResults.NoContent();

    /// <summary>A text in the queue.</summary>
    public sealed class Place(TextQueue queue, Guid ticket) : IProgress<int>, IDisposable
    {
        public void Report(int value) => queue._ahead[ticket] = value;

        public void Dispose() => queue._ahead.TryRemove(ticket, out _);
    }
}
