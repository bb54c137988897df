using Annotator.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Annotator.Tests.Support;

/// <summary>
/// The PostgreSQL server of the tests: the one that <c>ANNOTATOR_TEST_DB</c> names (a connection string of a role that may
/// create databases), else an embedded one that all test processes of this user share. Started by the first test that asks.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private static readonly Lazy<Task<EmbeddedPostgresServer>> Embedded = new(StartAsync);

    public static async Task<string> ConnectionStringAsync() =>
        Environment.GetEnvironmentVariable("ANNOTATOR_TEST_DB") is { Length: > 0 } given ? given : (await Embedded.Value).ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (Embedded.IsValueCreated)
            await (await Embedded.Value).DisposeAsync();
    }

    // A folder of its own: this server does not sync to disk, so it must never hold anybody's data.
    private static Task<EmbeddedPostgresServer> StartAsync()
    {
        var root = Path.Combine(Path.GetTempPath(), $"annotator-tests-{Environment.UserName}");
        return EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions { DataRoot = root, Durable = false }, NullLogger.Instance, CancellationToken.None);
    }
}
