using Annotator.Domain.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Annotator.Tests.Domain.Live;

public sealed class ChangeListenerTests(SharedStore shared) : IClassFixture<SharedStore>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    private readonly ChangeHub _hub = new();
    private readonly CancellationTokenSource _end = new();
    private Task _listening = Task.CompletedTask;

    private TestStore Store => shared.Store;

    public async ValueTask InitializeAsync()
    {
        using var first = _hub.Subscribe(Guid.Empty);
        var listener = new ChangeListener(Store.Databases, _hub, TimeProvider.System, NullLogger<ChangeListener>.Instance) { Pause = TimeSpan.FromMilliseconds(100) };
        _listening = listener.RunAsync(_end.Token);
        // It says so when it begins to listen.
        Assert.True(await first.WaitAsync(Patience, Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        _end.Dispose();
    }

    [Fact]
    public async Task Who_subscribes_to_a_source_hears_of_it_and_of_no_other()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var one = await Store.WriteAsync(ada, Drafts.PageNote("One.", Drafts.Unique("One")));
        var other = await Store.WriteAsync(ada, Drafts.PageNote("Other.", Drafts.Unique("Other")));
        await SettleAsync(other.SourceId);
        using var subscription = _hub.Subscribe(one.SourceId);
        await Store.WriteAsync(ada, Drafts.ReplyTo(other, "Elsewhere."));
        Assert.False(await subscription.WaitAsync(Moment, Ct));
        await Store.WriteAsync(ada, Drafts.ReplyTo(one, "Here."));
        Assert.True(await subscription.WaitAsync(Patience, Ct));
    }

    [Fact]
    public async Task The_loss_of_the_connection_lets_everybody_read_again_and_then_hear_on()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Before.", Drafts.Unique("Cut")));
        await SettleAsync(said.SourceId);
        using var subscription = _hub.Subscribe(said.SourceId);
        Assert.Equal(1, await CutAsync());
        Assert.True(await subscription.WaitAsync(Patience, Ct));
        Assert.False(await subscription.WaitAsync(Moment, Ct));
        await Store.WriteAsync(ada, Drafts.ReplyTo(said, "After."));
        Assert.True(await subscription.WaitAsync(Patience, Ct));
    }

    /// <summary>Waits until what is written already has been heard.</summary>
    private async Task SettleAsync(Guid source)
    {
        using var subscription = _hub.Subscribe(source);
        await using var connection = new NpgsqlConnection(Store.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var say = new NpgsqlCommand("select pg_notify($1, $2)", connection) { Parameters = { new() { Value = ChangeNotice.Channel }, new() { Value = source.ToString() } } };
        await say.ExecuteNonQueryAsync(Ct);
        Assert.True(await subscription.WaitAsync(Patience, Ct));
        while (await subscription.WaitAsync(Moment, Ct))
        {
        }
    }

    private async Task<long> CutAsync()
    {
        await using var connection = new NpgsqlConnection(Store.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var cut = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = $1", connection)
        {
            Parameters = { new() { Value = ChangeListener.ApplicationName } },
        };
        return (long)(await cut.ExecuteScalarAsync(Ct))!;
    }
}
