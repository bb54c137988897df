using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Web.Hosting;

/// <summary>Makes accounts, for the sign-up page and the command line.</summary>
public sealed class Registration(
    UserManager<Account> accounts, AnnotatorDb db, AnnotatorOptions options, SignUpRules rules, TimeProvider clock)
{
    private const long SignUpLock = 0x4A6F_696E;

    public async Task<bool> IsFirstAsync(CancellationToken ct) => !await db.Users.AnyAsync(ct);

    /// <summary>Makes a person and their account together, or neither.</summary>
    /// <returns>The account, or what is wrong with name, e-mail or password, or that the person may not make one.</returns>
    /// <exception cref="Invalid">The name cannot be a username.</exception>
    public async Task<(Account? Account, IReadOnlyList<IdentityError> Errors)> JoinAsync(NewMember member, CancellationToken ct)
    {
        var userid = NameOf(member.Name, options);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockNamesAsync(db, ct);
        var isFirst = await IsFirstAsync(ct);
        if (!isFirst && !member.MayClaim && await RefusalAsync(member, ct) is { } refused)
            return (null, [refused]);
        var key = Userid.Key(userid.Username);
        var person = await db.People.FirstOrDefaultAsync(p => p.NameKey == key && p.Authority == userid.Authority, ct);
        // A person who exists by imported annotations keeps the name, and so does one whose account was removed; only the operator may
        // give it to an account.
        if (person is not null && (!member.MayClaim || await db.Users.AnyAsync(a => a.Id == person.Id, ct)))
            return (null, [new IdentityErrorDescriber().DuplicateUserName(userid.Username)]);
        if (await IsTakenAsync(db, userid.Username, person?.Id, ct)
            || (!isFirst && !member.MayClaim && LookAlikes.IsReserved(userid.Username)))
        {
            return (null, [LooksLikeAnother]);
        }
        if (person is null)
            db.People.Add(person = Person.Named(userid, null, clock.GetUtcNow()));
        person.Claim();
        await db.SaveChangesAsync(ct);
        var account = new Account
        {
            Id = person.Id,
            UserName = userid.Username,
            Email = member.Email.Trim(),
            IsAdministrator = member.IsAdministrator || isFirst,
            Created = clock.GetUtcNow(),
        };
        var result = await accounts.CreateAsync(account, member.Password);
        if (!result.Succeeded)
            return (null, [.. result.Errors]);
        await transaction.CommitAsync(ct);
        return (account, []);
    }

    internal static IdentityError LooksLikeAnother { get; } =
        new() { Code = nameof(LooksLikeAnother), Description = "This name looks like another one that is taken." };

    /// <summary>
    /// Names are given one after the other: of two sign-ups at once on an empty store, only the first becomes administrator.
    /// </summary>
    internal static Task LockNamesAsync(AnnotatorDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({SignUpLock})", ct);

    /// <exception cref="Invalid">The name cannot be a username here.</exception>
    internal static Userid NameOf(string name, AnnotatorOptions options)
    {
        var userid = Userid.Parse(name.Trim(), options.OwnAuthority);
        return userid.Username.Length >= 2
            && !Invisible.IsIn(userid.Username)
            && string.Equals(userid.Authority, options.OwnAuthority, StringComparison.OrdinalIgnoreCase)
                ? userid
                : throw new Invalid("user", "not_a_user_name");
    }

    /// <summary>Whether an account, also one that was removed, has a name that looks like this one.</summary>
    internal static Task<bool> IsTakenAsync(AnnotatorDb db, string username, Guid? except, CancellationToken ct)
    {
        var look = LookAlikes.KeyOf(username);
        return db.People.AnyAsync(p => p.LookKey == look && p.Id != except, ct);
    }

    private async Task<IdentityError?> RefusalAsync(NewMember member, CancellationToken ct) => await rules.ModeAsync(ct) switch
    {
        SignUpMode.Closed => new IdentityError { Code = "SignUpClosed", Description = "Nobody can sign up here." },
        SignUpMode.Invitation when !await rules.UseAsync(db, member.Invitation, ct) =>
            new IdentityError { Code = "InvitationRequired", Description = "One needs an invitation to sign up here." },
        _ => null,
    };
}
