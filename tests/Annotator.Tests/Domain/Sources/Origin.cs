using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Annotator.Tests.Domain.Sources;

/// <summary>A server that answers each connection with the bytes that a test writes.</summary>
internal sealed class Origin : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<string, Stream, Task> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _connections;

    /// <param name="answer">Gets the head of the request and writes all of the answer; then the connection is closed.</param>
    public Origin(Func<string, Stream, Task> answer, IPEndPoint? at = null)
    {
        _answer = answer;
        _listener = new TcpListener(at ?? new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Start();
        _running = RunAsync();
    }

    public Origin(string head, string body = "") : this((_, stream) => WriteAsync(stream, head, body)) { }

    public IPEndPoint Place => (IPEndPoint)_listener.LocalEndpoint;
    public int Connections => _connections;

    public static async Task WriteAsync(Stream stream, string head, string body = "") =>
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 {head.ReplaceLineEndings("\r\n")}\r\nConnection: close\r\n\r\n{body}"), Ct);

    /// <summary>Says nothing more and waits until the other side has had enough.</summary>
    public static Task UntilClosedAsync(Stream stream) => stream.CopyToAsync(Stream.Null, Ct);

    public async ValueTask DisposeAsync()
    {
        // A listener that is stopped while a connection is being handed over refuses to wait for the next one.
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using (client)
        {
            try
            {
                var (buffer, length) = (new byte[16 * 1024], 0);
                while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
                {
                    length += await client.GetStream().ReadAsync(buffer.AsMemory(length), _stop.Token) is var read and > 0
                        ? read
                        : throw new IOException("Closed.");
                }
                await _answer(Encoding.ASCII.GetString(buffer, 0, length), client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side has had enough.
            }
        }
    }
}
