using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Annotator.Tests.Domain.Changes;

public sealed class ChangeListenerTests(SharedStore shared) : IClassFixture<SharedStore>, IAsyncLifetime
{
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromSeconds(20);
    private readonly ChangeHub _hub = new();
    private ChangeListener? _listener;
    private CancellationTokenSource _end = new();
    private Task _listening = Task.CompletedTask;

    private TestStore Store => shared.Store;

    public async ValueTask InitializeAsync()
    {
        using var first = _hub.Subscribe(Viewer.Visitor, Guid.Empty);
        _listener = new ChangeListener(
            Store.Databases, _hub, Store.Viewers, Store.Outage, TimeProvider.System, NullLogger<ChangeListener>.Instance)
            {
                Pause = TimeSpan.FromMilliseconds(100),
            };
        Listen();
        // It says so when it begins to listen.
        Assert.True(await first.WaitAsync(StatementTimeout, Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await DeafenAsync();
        _end.Dispose();
    }

    [Fact]
    public async Task Who_subscribes_to_a_source_hears_of_it_and_of_no_other()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var one = await Store.WriteAsync(ada, Drafts.PageNote("One.", Drafts.Unique("One")));
        var other = await Store.WriteAsync(ada, Drafts.PageNote("Other.", Drafts.Unique("Other")));
        await SettleAsync();
        using var subscription = _hub.Subscribe(ada, one.SourceId);
        await Store.WriteAsync(ada, Drafts.ReplyTo(other, "Elsewhere."));
        await SettleAsync();
        Assert.False(subscription.IsSignalled);
        await Store.WriteAsync(ada, Drafts.ReplyTo(one, "Here."));
        Assert.True(await subscription.WaitAsync(StatementTimeout, Ct));
    }

    [Fact]
    public async Task Outsiders_do_not_hear_of_a_private_group()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}", "salon");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("For all.", Drafts.Unique("Salon")));
        await SettleAsync();
        using var outside = _hub.Subscribe(Viewer.Visitor, said.SourceId);
        using var member = _hub.Subscribe(ada, said.SourceId);
        await Store.WriteAsync(ada, Drafts.PageNote("For the salon.") with { Source = null, SourceId = said.SourceId, GroupId = "salon" });
        Assert.True(await member.WaitAsync(StatementTimeout, Ct));
        Assert.False(outside.IsSignalled);
    }

    [Fact]
    public async Task What_is_committed_while_nobody_listens_is_heard_afterwards_by_whom_it_concerns()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Before.", Drafts.Unique("Gap")));
        var silent = await Store.WriteAsync(ada, Drafts.PageNote("Silence.", Drafts.Unique("Silent")));
        await SettleAsync();
        using var subscription = _hub.Subscribe(Viewer.Visitor, said.SourceId);
        using var nothing = _hub.Subscribe(Viewer.Visitor, silent.SourceId);
        await DeafenAsync();
        await Store.WriteAsync(ada, Drafts.ReplyTo(said, "In the gap."));
        Assert.False(subscription.IsSignalled);
        Listen();
        Assert.True(await subscription.WaitAsync(StatementTimeout, Ct));
        await SettleAsync();
        Assert.False(nothing.IsSignalled);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_opened_again()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Before.", Drafts.Unique("Cut")));
        await SettleAsync();
        using var subscription = _hub.Subscribe(Viewer.Visitor, said.SourceId);
        Assert.Equal(1, await CutAsync());
        await Store.WriteAsync(ada, Drafts.ReplyTo(said, "After."));
        Assert.True(await subscription.WaitAsync(StatementTimeout, Ct));
    }

    [Fact]
    public async Task A_slow_transaction_that_commits_in_a_gap_is_heard_though_later_ids_were_heard_before_it()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var slow = await Store.WriteAsync(ada, Drafts.PageNote("Slow.", Drafts.Unique("Slow")));
        var quick = await Store.WriteAsync(ada, Drafts.PageNote("Quick.", Drafts.Unique("Quick")));
        await SettleAsync();
        using var slowly = _hub.Subscribe(Viewer.Visitor, slow.SourceId);
        using var quickly = _hub.Subscribe(Viewer.Visitor, quick.SourceId);
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        (await db.Annotations.SingleAsync(a => a.Id == slow.Id, Ct)).Delete(Store.Clock.GetUtcNow());
        await db.SaveChangesAsync(Ct);
        // Larger ids, heard while connected and again after a gap: "the last id" would lie beyond the slow one by now.
        await Store.WriteAsync(ada, Drafts.ReplyTo(quick, "Heard at once."));
        Assert.True(await quickly.WaitAsync(StatementTimeout, Ct));
        await DeafenAsync();
        await Store.WriteAsync(ada, Drafts.ReplyTo(quick, "Heard after the gap."));
        Listen();
        Assert.True(await quickly.WaitAsync(StatementTimeout, Ct));
        await SettleAsync();
        await DeafenAsync();
        await transaction.CommitAsync(Ct);
        Listen();
        Assert.True(await slowly.WaitAsync(StatementTimeout, Ct));
        await quickly.WaitAsync(TimeSpan.Zero, Ct);
        await SettleAsync();
        Assert.False(quickly.IsSignalled);
    }

    private void Listen()
    {
        _end = new CancellationTokenSource();
        _listening = _listener!.RunAsync(_end.Token);
    }

    private async Task DeafenAsync()
    {
        await _end.CancelAsync();
        await _listening;
    }

    /// <summary>Waits until everything that is committed by now has been heard.</summary>
    private async Task SettleAsync()
    {
        var source = Guid.CreateVersion7();
        using var subscription = _hub.Subscribe(Viewer.Visitor, source);
        await using (var db = await Store.Databases.CreateDbContextAsync(Ct))
        {
            await ChangeLog.AddAsync(
                db, [Change.OfAnnotation(ChangeAction.Update, source, null, Viewer.PublicGroup, null, Audience.World, Audience.World)], Ct);
        }
        Assert.True(await subscription.WaitAsync(StatementTimeout, Ct));
    }

    private async Task<long> CutAsync()
    {
        await using var connection = new NpgsqlConnection(Store.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var cut = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = $1",
            connection)
        {
            Parameters = { new() { Value = ChangeListener.ApplicationName } },
        };
        return (long)(await cut.ExecuteScalarAsync(Ct))!;
    }
}
