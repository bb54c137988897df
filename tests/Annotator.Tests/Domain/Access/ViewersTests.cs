using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Annotator.Tests.Domain.Access;

/// <summary>Rights that change while somebody looks.</summary>
public sealed class ViewersTests(SharedStore shared) : IClassFixture<SharedStore>, IAsyncLifetime
{
    private CancellationTokenSource _end = new();
    private readonly ChangeHub _hub = new();
    private Task _listening = Task.CompletedTask;

    private TestStore Store => shared.Store;

    public ValueTask InitializeAsync()
    {
        Listen();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    [Fact]
    public async Task Rights_follow_memberships_roles_and_the_kind_of_a_group()
    {
        var person = await AccountAsync("Roles");
        await AssertComesAsync(person, v => v is { Reads.Count: 0, Writes.Count: 0 });
        await ChangeAsync(db =>
        {
            db.Groups.Add(Group.Create("roles", "Roles", GroupKind.Private, Store.Clock.GetUtcNow()));
            db.Memberships.Add(Membership.Of(person, "roles", Store.Clock.GetUtcNow()));
        });
        await AssertComesAsync(person, v => v is { Reads: ["roles"], Writes: ["roles"], Moderates.Count: 0 });
        await using (var db = await Store.Databases.CreateDbContextAsync(Ct))
        {
            await db.Memberships.Where(m => m.PersonId == person)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, GroupRole.Moderator), Ct);
        }
        await AssertComesAsync(person, v => v is { Moderates: ["roles"] });
        await ChangeAsync(db => db.Groups.Single(g => g.Id == "roles").Become(GroupKind.Open));
        await AssertComesAsync(person, v => v is { Reads.Count: 0, Writes: ["roles"] });
        await ChangeAsync(db => db.Memberships.Remove(db.Memberships.Single(m => m.PersonId == person)));
        await AssertComesAsync(person, v => v is { Writes.Count: 0 });
    }

    [Fact]
    public async Task Sessions_end_with_the_stamp_and_with_a_lock_out()
    {
        var person = await AccountAsync("Stamps");
        var session = await Store.Sessions.BeginAsync(person, "", Ct);
        Assert.True(await Store.Viewers.IsSignedInAsync(person, session, "first", Ct));
        await ChangeAsync(db => db.Users.Single(a => a.Id == person).SecurityStamp = "second");
        // At once, also before the notification: who has just changed their password goes on.
        Assert.True(await Store.Viewers.IsSignedInAsync(person, session, "second", Ct));
        Assert.False(await Store.Viewers.IsSignedInAsync(person, session, "first", Ct));
        await ChangeAsync(db => db.Users.Single(a => a.Id == person).LockoutEnd = DateTimeOffset.MaxValue);
        await AssertComesAsync(person, v => v.PersonId is null);
        Assert.False(await Store.Viewers.IsSignedInAsync(person, session, "second", Ct));
    }

    [Fact]
    public async Task A_session_ends_alone_or_with_others_of_its_person()
    {
        var (person, other) = (await AccountAsync("Many"), await AccountAsync("One"));
        var (first, second, third) = (await BeginAsync(), await BeginAsync(), await BeginAsync());
        var others = await Store.Sessions.BeginAsync(other, "", Ct);
        Assert.Equal("True True True", await GoOnAsync());
        // Somebody else's cannot be ended.
        await Store.Sessions.EndAsync(other, first, Ct);
        Assert.Equal("True True True", await GoOnAsync());
        await Store.Sessions.EndAsync(person, first, Ct);
        Assert.Equal("False True True", await GoOnAsync());
        await Store.Sessions.EndOthersAsync(person, second, Ct);
        Assert.Equal("False True False", await GoOnAsync());
        await Store.Sessions.EndAllAsync(person, Ct);
        Assert.Equal("False False False", await GoOnAsync());
        Assert.True(await Store.Viewers.IsSignedInAsync(other, others, "first", Ct));
        Assert.False(await Store.Viewers.IsSignedInAsync(person, others, "first", Ct));

        Task<Guid> BeginAsync() => Store.Sessions.BeginAsync(person, "Firefox · Linux", Ct);

        async Task<string> GoOnAsync() => string.Join(
            ' ', await Task.WhenAll(new[] { first, second, third }.Select(s => Store.Viewers.IsSignedInAsync(person, s, "first", Ct))));
    }

    [Fact]
    public async Task A_session_that_another_instance_ends_is_forgotten_here()
    {
        var person = await AccountAsync("Elsewhere");
        var session = await Store.Sessions.BeginAsync(person, "", Ct);
        Assert.True(await Store.Viewers.IsSignedInAsync(person, session, "first", Ct));
        await ChangeAsync(db => db.AccountSessions.Remove(db.AccountSessions.Single(s => s.Id == session)));
        await Until.HoldsAsync(async () => !await Store.Viewers.IsSignedInAsync(person, session, "first", Ct));
    }

    [Fact]
    public async Task When_a_session_was_used_is_noted_once_an_hour_and_old_ones_are_removed()
    {
        var person = await AccountAsync("Seen");
        var session = await Store.Sessions.BeginAsync(person, new string('x', 500), Ct);
        var begun = Store.Clock.GetUtcNow();
        Store.Clock.Advance(TimeSpan.FromMinutes(59));
        await Store.Sessions.SeeAsync(session, Ct);
        Assert.Equal(begun, (await Store.Sessions.ListAsync(person, Ct)).Single().Seen);
        Store.Clock.Advance(TimeSpan.FromMinutes(61));
        await Store.Sessions.SeeAsync(session, Ct);
        Assert.Equal(begun.AddHours(2), (await Store.Sessions.ListAsync(person, Ct)).Single().Seen);
        Store.Clock.Advance(AccountSessions.Longest);
        await Store.Sessions.PruneAsync(Ct);
        Assert.Single(await Store.Sessions.ListAsync(person, Ct));
        Store.Clock.Advance(TimeSpan.FromHours(2));
        await Store.Sessions.PruneAsync(Ct);
        Assert.Empty(await Store.Sessions.ListAsync(person, Ct));
    }

    [Fact]
    public async Task A_person_has_at_most_fifty_sessions()
    {
        var person = await AccountAsync("Robot");
        var first = await Store.Sessions.BeginAsync(person, "", Ct);
        for (var i = 0; i < 50; i++)
        {
            Store.Clock.Advance(TimeSpan.FromSeconds(1));
            await Store.Sessions.BeginAsync(person, "", Ct);
        }

        var kept = await Store.Sessions.ListAsync(person, Ct);
        Assert.Equal(50, kept.Count);
        Assert.DoesNotContain(kept, s => s.Id == first);
    }

    [Fact]
    public async Task Each_change_of_rights_raises_their_version_and_ends_subscriptions()
    {
        var person = await AccountAsync("Versions");
        await AssertComesAsync(person, v => v.PersonId == person);
        var before = await Store.Viewers.OfAsync(person, Ct);
        using var subscription = _hub.Subscribe(before, Guid.CreateVersion7());
        await ChangeAsync(db => db.People.Single(p => p.Id == person).Silence());
        // A listener that has just begun signals all subscriptions once, besides.
        while (!subscription.IsOutdated)
            Assert.True(await subscription.WaitAsync(TimeSpan.FromMinutes(1), Ct));
        await AssertComesAsync(person, v => v.RightsVersion > before.RightsVersion);
    }

    [Fact]
    public async Task Rights_that_changed_while_nobody_listened_end_subscriptions_afterwards()
    {
        var (silenced, other) = (await AccountAsync("Gap"), await AccountAsync("No gap"));
        await AssertComesAsync(silenced, v => v.PersonId == silenced);
        using var outdated = _hub.Subscribe(await Store.Viewers.OfAsync(silenced, Ct), Guid.CreateVersion7());
        using var kept = _hub.Subscribe(await Store.Viewers.OfAsync(other, Ct), Guid.CreateVersion7());
        await EndAsync();
        await ChangeAsync(db => db.People.Single(p => p.Id == silenced).Silence());
        Listen();
        while (!outdated.IsOutdated)
            Assert.True(await outdated.WaitAsync(TimeSpan.FromMinutes(1), Ct));
        Assert.False(kept.IsOutdated);
    }

    private async Task<Guid> AccountAsync(string name)
    {
        var person = (await Store.PersonAsync(name)).RequirePerson();
        await ChangeAsync(db =>
            db.Users.Add(new Account
            {
                Id = person,
                UserName = name,
                Email = $"{name}@library.example",
                NormalizedEmail = name,
                SecurityStamp = "first",
                Created = Store.Clock.GetUtcNow(),
            }));
        return person;
    }

    private void Listen()
    {
        _end = new CancellationTokenSource();
        var listener = new ChangeListener(
            Store.Databases, _hub, Store.Viewers, Store.Outage, TimeProvider.System, NullLogger<ChangeListener>.Instance);
        _listening = listener.RunAsync(_end.Token);
    }

    private async Task EndAsync()
    {
        await _end.CancelAsync();
        await _listening;
        _end.Dispose();
    }

    private async Task ChangeAsync(Action<AnnotatorDb> change)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        change(db);
        await db.SaveChangesAsync(Ct);
    }

    private async Task AssertComesAsync(Guid person, Predicate<Viewer> isSo)
    {
        while (!isSo(await Store.Viewers.OfAsync(person, Ct)))
            await Task.Yield();
    }
}
