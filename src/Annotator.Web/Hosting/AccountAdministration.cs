using System.Text.RegularExpressions;
using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Web.Hosting;

/// <summary>
/// What administrators do with accounts, on the page and on the command line. Whatever takes rights away ends the sessions too. There is
/// always an administrator left who can sign in.
/// </summary>
public sealed partial class AccountAdministration(
    IServiceScopeFactory scopes, AccountSessions sessions, AnnotatorOptions options, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>Accounts by username.</summary>
    /// <param name="filter">A part of the username, the display name or the e-mail address; empty for all.</param>
    /// <param name="page">From 1.</param>
    /// <exception cref="Forbidden">The viewer is no administrator.</exception>
    public async Task<(IReadOnlyList<AccountRow> Rows, int Total)> ListAsync(Viewer viewer, string? filter, int page, CancellationToken ct)
    {
        viewer.Require(Permissions.ManageAccounts, Standing.Anywhere);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnnotatorDb>();
        var rows = Rows(db);
        if (filter?.Trim() is { Length: > 0 } part)
        {
            var pattern = $"%{LikeSign().Replace(part, @"\$0")}%";
            rows = rows.Where(r => EF.Functions.ILike(r.Username, pattern, @"\")
                || EF.Functions.ILike(r.Email, pattern, @"\")
                || EF.Functions.ILike(r.DisplayName!, pattern, @"\"));
        }

        return (
            await rows.OrderBy(r => r.Username).ThenBy(r => r.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct),
            await rows.CountAsync(ct));
    }

    /// <exception cref="Forbidden">The viewer is no administrator.</exception>
    /// <exception cref="Missing">There is no account of this name or e-mail address.</exception>
    public async Task<AccountRow> FindAsync(Viewer viewer, string name, CancellationToken ct)
    {
        viewer.Require(Permissions.ManageAccounts, Standing.Anywhere);
        await using var scope = scopes.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var found = await accounts.FindByNameAsync(name.Trim())
            ?? await accounts.FindByEmailAsync(name.Trim())
            ?? throw new Missing("account");
        return await Rows(scope.ServiceProvider.GetRequiredService<AnnotatorDb>()).FirstAsync(r => r.Id == found.Id, ct);
    }

    /// <summary>Nobody can use the account until it is unlocked; its sessions end.</summary>
    public Task LockAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        ChangeAsync(viewer, id, async (_, account, accounts) =>
        {
            account.LockoutEnd = DateTimeOffset.MaxValue;
            return await accounts.UpdateAsync(account);
        }, ct);

    public Task UnlockAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        ChangeAsync(viewer, id, async (_, account, accounts) =>
        {
            account.LockoutEnd = null;
            return await accounts.UpdateAsync(account);
        }, ct);

    /// <summary>Gives the account another password; its sessions end.</summary>
    /// <exception cref="NotDone">The password cannot be one.</exception>
    public Task SetPasswordAsync(Viewer viewer, Guid id, string password, CancellationToken ct) =>
        ChangeAsync(viewer, id, async (_, account, accounts) =>
        {
            foreach (var validator in accounts.PasswordValidators)
            {
                if (await validator.ValidateAsync(accounts, account, password) is { Succeeded: false } refused)
                    return refused;
            }

            account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
            return await accounts.UpdateSecurityStampAsync(account);
        }, ct);

    /// <summary>Gives the account another username; its sessions end, because they show the former one.</summary>
    /// <exception cref="Invalid">The name cannot be a username.</exception>
    /// <exception cref="NotDone">The name is taken, or looks like one that is.</exception>
    public Task RenameAsync(Viewer viewer, Guid id, string name, CancellationToken ct)
    {
        var userid = Registration.NameOf(name, options);
        return ChangeAsync(viewer, id, async (db, account, accounts) =>
        {
            var key = Userid.Key(userid.Username);
            if (await db.People.AnyAsync(p => p.NameKey == key && p.Authority == userid.Authority && p.Id != id, ct))
                return IdentityResult.Failed(accounts.ErrorDescriber.DuplicateUserName(userid.Username));
            if (await Registration.IsTakenAsync(db, userid.Username, id, ct))
                return IdentityResult.Failed(Registration.LooksLikeAnother);
            (await db.People.FirstAsync(p => p.Id == id, ct)).Rename(userid.Username);
            return await accounts.SetUserNameAsync(account, userid.Username);
        }, ct);
    }

    /// <summary>
    /// Removes the account: its sessions end and nobody can sign in with it again. What the person shared stays under their name, which
    /// nobody else can take by signing up.
    /// </summary>
    public Task RemoveAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        ChangeAsync(viewer, id, (_, account, accounts) => accounts.DeleteAsync(account), ct);

    public async Task SignOutAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        viewer.Require(Permissions.ManageAccounts, Standing.Anywhere);
        await sessions.EndAllAsync(id, ct);
    }

    /// <exception cref="Forbidden">The viewer is no administrator.</exception>
    /// <exception cref="Invalid">Nobody would be left to administrate: the field is <c>user</c>.</exception>
    /// <exception cref="Missing">There is no such account.</exception>
    /// <exception cref="NotDone">ASP.NET Core Identity refuses it.</exception>
    private async Task ChangeAsync(
        Viewer viewer, Guid id, Func<AnnotatorDb, Account, UserManager<Account>, Task<IdentityResult>> change, CancellationToken ct)
    {
        viewer.Require(Permissions.ManageAccounts, Standing.Anywhere);
        await using var scope = scopes.CreateAsyncScope();
        var (db, accounts) =
            (scope.ServiceProvider.GetRequiredService<AnnotatorDb>(), scope.ServiceProvider.GetRequiredService<UserManager<Account>>());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // One after the other: of two administrators who lock each other at once, one stays.
        await Registration.LockNamesAsync(db, ct);
        var account = await db.Users.FirstOrDefaultAsync(a => a.Id == id, ct) ?? throw new Missing("account");
        var result = await change(db, account, accounts);
        if (!result.Succeeded)
            throw new NotDone(result.Errors);
        var now = clock.GetUtcNow();
        if (!await db.Users.AnyAsync(a => a.IsAdministrator && (a.LockoutEnd == null || a.LockoutEnd <= now), ct))
            throw new Invalid("user", "last_administrator");
        await transaction.CommitAsync(ct);
        await sessions.EndAllAsync(id, CancellationToken.None);
    }

    private IQueryable<AccountRow> Rows(AnnotatorDb db)
    {
        var now = clock.GetUtcNow();
        return db.Users.AsNoTracking().Join(
            db.People,
            a => a.Id,
            p => p.Id,
            (a, p) => new AccountRow
            {
                Id = a.Id,
                Username = p.Username,
                DisplayName = p.DisplayName,
                Email = a.Email ?? "",
                IsAdministrator = a.IsAdministrator,
                IsLocked = a.LockoutEnd != null && a.LockoutEnd > now,
                Created = a.Created,
                Seen = db.AccountSessions.Where(s => s.PersonId == a.Id).Max(s => (DateTimeOffset?)s.Seen),
            });
    }

    // What stands for something else in a pattern of LIKE.
    [GeneratedRegex(@"[\\%_]", RegexOptions.CultureInvariant, 500)]
    private static partial Regex LikeSign();
}
