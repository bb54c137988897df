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
    public async Task Sessions_end_with_the_stamp_and_with_a_long_lock_out_but_not_with_wrong_passwords()
    {
        var person = await AccountAsync("Stamps");
        Assert.True(await Store.Viewers.IsSignedInAsync(person, "first", Ct));
        await ChangeAsync(db => db.Users.Single(a => a.Id == person).SecurityStamp = "second");
        // At once, also before the notification: who has just changed their password goes on.
        Assert.True(await Store.Viewers.IsSignedInAsync(person, "second", Ct));
        Assert.False(await Store.Viewers.IsSignedInAsync(person, "first", Ct));
        await ChangeAsync(db => db.Users.Single(a => a.Id == person).LockoutEnd = Store.Clock.GetUtcNow().AddMinutes(5));
        await AssertComesAsync(person, v => v.PersonId == person);
        Assert.True(await Store.Viewers.IsSignedInAsync(person, "second", Ct));
        await ChangeAsync(db => db.Users.Single(a => a.Id == person).LockoutEnd = DateTimeOffset.MaxValue);
        await AssertComesAsync(person, v => v.PersonId is null);
        Assert.False(await Store.Viewers.IsSignedInAsync(person, "second", Ct));
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
        var listener = new ChangeListener(Store.Databases, _hub, Store.Viewers, TimeProvider.System, NullLogger<ChangeListener>.Instance);
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
