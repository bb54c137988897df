using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Web.Hosting;

/// <summary>Who may make an account. The first one of an installation can always be made.</summary>
public enum SignUpMode
{
    Open,

    /// <summary>Whoever has the link of an invitation.</summary>
    Invitation,

    /// <summary>Nobody; operators make accounts on the command line.</summary>
    Closed,
}

/// <summary>Says who may make an account, and keeps invitations.</summary>
public sealed class SignUpRules(IDbContextFactory<AnnotatorDb> databases, AnnotatorOptions options, TimeProvider clock)
{
    public const int MostUses = 1_000;
    public const int MostDays = 365;
    private const string Setting = "sign-up";

    private static readonly TimeSpan LinkLag = TimeSpan.FromSeconds(5);

    private (SignUpMode Mode, long At)? _link;

    /// <summary>Whether a setting of the program says it, so that it cannot be changed on the page.</summary>
    public bool IsFixed => options.SignUp is not null;

    public async Task<SignUpMode> ModeAsync(CancellationToken ct)
    {
        if (options.SignUp is { } mode)
            return mode;
        await using var db = await databases.CreateDbContextAsync(ct);
        var chosen = await db.SiteSettings.AsNoTracking().FirstOrDefaultAsync(s => s.Name == Setting, ct);
        return Enum.TryParse<SignUpMode>(chosen?.Value, out var stored) ? stored : SignUpMode.Open;
    }

    /// <summary>Who may make an account now: the first one of an installation can be made by anybody.</summary>
    public async Task<SignUpMode> OfferedAsync(CancellationToken ct)
    {
        var mode = await ModeAsync(ct);
        if (mode is not SignUpMode.Open)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            mode = await db.Users.AnyAsync(ct) ? mode : SignUpMode.Open;
        }

        _link = (mode, clock.GetTimestamp());
        return mode;
    }

    /// <summary>
    /// The same for a link that every page has, at most five seconds old where another process has changed it: the page that it leads to
    /// asks.
    /// </summary>
    public async Task<SignUpMode> OfferedLatelyAsync(CancellationToken ct) =>
        _link is { } link && clock.GetElapsedTime(link.At) < LinkLag ? link.Mode : await OfferedAsync(ct);

    /// <summary>What <see cref="OfferedAsync"/> found last, for pages that do not wait for it; null where it was never asked.</summary>
    public SignUpMode? LastOffered => _link?.Mode;

    /// <exception cref="Forbidden">The viewer is no administrator.</exception>
    public async Task ChooseAsync(Viewer viewer, SignUpMode mode, CancellationToken ct)
    {
        viewer.Require(Permissions.ManageAccounts, Standing.Anywhere);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"insert into setting (name, value) values ({Setting}, {mode.ToString()}) on conflict (name) do update set value = excluded.value",
            ct);
        _link = null;
    }

    /// <summary>Makes an invitation.</summary>
    /// <returns>The path that lets people make an account; it is not kept.</returns>
    /// <exception cref="Forbidden">The viewer is no administrator.</exception>
    /// <exception cref="Invalid">The field is <c>uses</c> or <c>days</c>.</exception>
    public async Task<string> InviteAsync(Viewer viewer, int uses, int days, CancellationToken ct)
    {
        viewer.Require(Permissions.ManageAccounts, Standing.Anywhere);
        if (uses is < 1 or > MostUses)
            throw new Invalid("uses", "too_many", MostUses);
        if (days is < 1 or > MostDays)
            throw new Invalid("days", "too_many", MostDays);
        var (invitation, word) = Invitation.Of(uses, clock.GetUtcNow(), TimeSpan.FromDays(days));
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Invitations.Add(invitation);
        await db.SaveChangesAsync(ct);
        return $"/sign-up?invitation={word}";
    }

    /// <summary>Whether an invitation lets somebody in; it is not used up by that.</summary>
    public async Task<bool> IsInvitedAsync(string? word, CancellationToken ct)
    {
        var (key, now) = (Invitation.KeyOf(word ?? ""), clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Invitations.AnyAsync(i => i.Key == key && i.Left > 0 && i.Expires > now, ct);
    }

    /// <summary>Uses an invitation in the transaction of the caller, once.</summary>
    /// <returns>False when it is used up, too old, or none.</returns>
    internal async Task<bool> UseAsync(AnnotatorDb db, string? word, CancellationToken ct)
    {
        var (key, now) = (Invitation.KeyOf(word ?? ""), clock.GetUtcNow());
        return await db.Invitations.Where(i => i.Key == key && i.Left > 0 && i.Expires > now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Left, i => i.Left - 1), ct) > 0;
    }

    /// <summary>Removes invitations that nobody can use any more.</summary>
    public async Task PruneAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Invitations.Where(i => i.Left <= 0 || i.Expires <= now).ExecuteDeleteAsync(ct);
    }
}
