using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Annotator.Reliability.Faults;

/// <summary>A network between the program and PostgreSQL that can be cut.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _listening;
    private TaskCompletionSource _whole = Whole();
    private volatile bool _isRefusing;

    public Relay(string server)
    {
        _server = new NpgsqlConnectionStringBuilder(server);
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>Connection string of the server through this network.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
    }.ConnectionString;

    /// <summary>From now on nothing arrives on either side, and nobody is told so.</summary>
    public void Cut() => _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on there is nobody at the other end: connections end, and new ones are refused.</summary>
    public void Refuse()
    {
        _isRefusing = true;
        Reset(_sockets.Keys);
    }

    /// <summary>New connections go through; those of before are dead.</summary>
    public void Mend()
    {
        _isRefusing = false;
        var sockets = _sockets.Keys.ToList();
        _whole.TrySetResult();
        Reset(sockets);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Reset(_sockets.Keys);
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    // Linger time 0: what is under way is lost.
    private static void Reset(IEnumerable<Socket> sockets)
    {
        foreach (var socket in sockets)
            socket.Close(0);
    }

    private static TaskCompletionSource Whole()
    {
        var whole = new TaskCompletionSource();
        whole.SetResult();
        return whole;
    }

    private async Task ListenAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var near = await _listener.AcceptSocketAsync(_end.Token);
            if (_isRefusing)
                near.Close(0);
            else
                _ = ServeAsync(near);
        }
    }

    private async Task ServeAsync(Socket near)
    {
        var isSocket = _server.Host!.StartsWith('/');
        using var far = isSocket
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (near)
        {
            (_sockets[near], _sockets[far]) = (true, true);
            try
            {
                await _whole.Task.WaitAsync(_end.Token);
                EndPoint server = isSocket
                    ? new UnixDomainSocketEndPoint(FormattableString.Invariant($"{_server.Host}/.s.PGSQL.{_server.Port}"))
                    : new DnsEndPoint(_server.Host, _server.Port);
                await far.ConnectAsync(server, _end.Token);
                await await Task.WhenAny(PassAsync(near, far), PassAsync(far, near));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One side has gone.
            }
            finally
            {
                _sockets.TryRemove(near, out _);
                _sockets.TryRemove(far, out _);
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[32 * 1024];
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
        {
            await _whole.Task.WaitAsync(_end.Token);
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _end.Token);
        }
    }
}
