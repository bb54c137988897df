using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

/// <summary>
/// A root with a cluster and no running server: initdb is most of a first start, so the tests of a class share one.
/// Each of them leaves it as it was.
/// </summary>
public sealed class MadeCluster : IAsyncLifetime
{
    internal TemporaryRoot Root { get; } = new();

    public bool WasNew { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await using var server = await Root.StartAsync();
        WasNew = server.IsNew;
    }

    public ValueTask DisposeAsync() => Root.DisposeAsync();
}
