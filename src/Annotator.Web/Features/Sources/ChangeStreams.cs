using System.Collections.Concurrent;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// Counts the open streams, so that nobody takes all connections: <see cref="MaxStreams"/> a person, or an address without an
/// account.
/// </summary>
internal sealed class ChangeStreams
{
    public const int MaxStreams = 20;

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <returns>Null when there are too many; else dispose it when the stream ends.</returns>
    public IDisposable? Open(string who)
    {
        var count = _open.AddOrUpdate(who, 1, (_, open) => open + 1);
        var place = new Place(() => Close(who));
        if (count <= MaxStreams)
            return place;
        place.Dispose();
        return null;
    }

    private void Close(string who)
    {
        var left = _open.AddOrUpdate(who, 0, (_, open) => open - 1);
        if (left == 0)
            _open.TryRemove(KeyValuePair.Create(who, 0));
    }

    private sealed class Place(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
