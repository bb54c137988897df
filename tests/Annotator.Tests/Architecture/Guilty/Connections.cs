namespace Annotator.Tests.Architecture.Guilty.Connections
{
    internal sealed class Callout(HttpClient http)
    {
        public async Task<string> AskAsync(Uri address, CancellationToken ct) => await http.GetStringAsync(address, ct);
    }
}

namespace Annotator.Tests.Architecture.Guilty.Connections.Sources
{
    internal sealed class Fetcher(HttpClient http)
    {
        public async Task<string> FetchAsync(Uri address, CancellationToken ct)
        {
            using var answer = await http.GetAsync(address, ct);
            return await answer.Content.ReadAsStringAsync(ct);
        }
    }

    internal sealed class NotTheFetcher
    {
        public static bool IsOpen(object socket) => ((System.Net.Sockets.Socket)socket).Connected;
    }
}

namespace Annotator.Tests.Architecture.Guilty.Connections.EmbeddedPostgres
{
    internal sealed class Client
    {
        public static bool IsOpen(System.Net.Sockets.TcpClient client, System.Net.Sockets.TcpListener listener) =>
            client.Connected && listener.Pending();
    }
}
