using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Abuse;

/// <summary>
/// One running program for all tests of abuse, with an administrator (Keeper), somebody whose things are private (Owner), and those who
/// must not see them: Stranger, Silenced, and Member, who belongs to another private group than Owner does.
/// </summary>
public sealed class AttackedProgram : IAsyncLifetime
{
    /// <summary>Public id of the private group that Owner belongs to.</summary>
    public const string Circle = "circle";

    public static readonly string[] Strangers = ["Stranger", "Silenced", "Member"];

    private readonly RunningProgram _program = new() { Options = RunningProgram.Unlimited };
    private readonly Dictionary<string, Viewer> _people = new(StringComparer.Ordinal);

    internal IServiceProvider Services => _program.Services;

    /// <summary>All endpoints of the program itself.</summary>
    internal IReadOnlyList<Route> Routes => field ??= Route.Of(Services);

    /// <summary>What only Owner sees.</summary>
    internal IReadOnlyList<Secret> Secrets { get; private set; } = [];

    /// <summary>Public id of a source that everybody sees.</summary>
    internal string OpenSource { get; private set; } = "";

    internal Viewer this[string name] => _people[name];

    public async ValueTask InitializeAsync()
    {
        await _program.InitializeAsync();
        foreach (var name in (string[])["Keeper", "Owner", .. Strangers])
            _people[name] = new Viewer(await _program.JoinAsync(name));
        await InStoreAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            db.Groups.Add(Group.Create(Circle, "vjkhiddengroup", GroupKind.Private, now));
            db.Groups.Add(Group.Create("elsewhere", "Elsewhere", GroupKind.Private, now));
            db.Memberships.Add(Membership.Of(this["Owner"].PersonId!.Value, Circle, now));
            db.Memberships.Add(Membership.Of(this["Member"].PersonId!.Value, "elsewhere", now));
            (await db.People.FindAsync([this["Silenced"].PersonId], Ct))!.Silence();
            return await db.SaveChangesAsync(Ct);
        });
        _people["Owner"] = this["Owner"] with { Reads = [Circle], Writes = [Circle] };
        _people["Keeper"] = this["Keeper"] with { IsAdministrator = true };
        var open = await Service<AnnotationWriter>()
            .CreateAsync(this["Keeper"], Drafts.CommentOn(Drafts.Desperation, "All may read this."), Ct);
        OpenSource = PublicId.Of(open.SourceId);
        Secrets = await Secret.WriteAsync(this);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    /// <summary>Fails where the program logged an error: then it answered 500, or something behind an answer went wrong.</summary>
    internal void AssertNothingBroke()
    {
        // As a message, which the report does not cut short.
        var errors = _program.TakeErrors().Where(e => e.StartsWith("Annotator.", StringComparison.Ordinal))
            .Select(e => string.Join('\n', e.Split('\n').Take(6)))
            .Distinct(StringComparer.Ordinal);
        if (string.Join('\n', errors) is { Length: > 0 } all)
            Assert.Fail(all);
    }

    internal T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    internal async Task<T> InStoreAsync<T>(Func<AnnotatorDb, Task<T>> work)
    {
        await using var db = await Service<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        return await work(db);
    }

    /// <summary>A browser; signed in when it is somebody's.</summary>
    internal async Task<Attacker> BrowserAsync(string? name = null)
    {
        var browser = _program.Browser();
        if (name is not null)
            (await RunningProgram.SignInAsync(browser, name, RunningProgram.Password)).Dispose();
        return new Attacker(browser);
    }
}

/// <summary>The tests that share the program; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class AbuseCollection : ICollectionFixture<AttackedProgram>
{
    public const string Name = "Abuse";
}
