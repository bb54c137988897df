using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Web.Hosting;

/// <summary>Makes accounts, for the sign-up page and the command line.</summary>
public sealed class Registration(UserManager<Account> accounts, AnnotatorDb db, AnnotatorOptions options, TimeProvider clock)
{
    private const long SignUpLock = 0x4A6F_696E;

    public async Task<bool> IsFirstAsync(CancellationToken ct) => !await db.Users.AnyAsync(ct);

    /// <summary>Makes a person and their account together, or neither.</summary>
    /// <returns>The account, or what is wrong with name, e-mail or password.</returns>
    /// <exception cref="Invalid">The name cannot be a username.</exception>
    public async Task<(Account? Account, IReadOnlyList<IdentityError> Errors)> JoinAsync(NewMember member, CancellationToken ct)
    {
        var userid = Userid.Parse(member.Name.Trim(), options.OwnAuthority);
        if (userid.Username.Length < 2 || !string.Equals(userid.Authority, options.OwnAuthority, StringComparison.OrdinalIgnoreCase))
            throw new Invalid("user", "not_a_user_name");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Sign-ups run one after the other: of two at once on an empty store, only the first becomes administrator.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({SignUpLock})", ct);
        var key = Userid.Key(userid.Username);
        var person = await db.People.FirstOrDefaultAsync(p => p.NameKey == key && p.Authority == userid.Authority, ct);
        // A person who exists by imported annotations keeps the name; only the operator may give it to an account.
        if (person is not null && (!member.MayClaim || await db.Users.AnyAsync(a => a.Id == person.Id, ct)))
            return (null, [new IdentityErrorDescriber().DuplicateUserName(userid.Username)]);
        if (person is null)
            db.People.Add(person = Person.Named(userid, null, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        var account = new Account
        {
            Id = person.Id,
            UserName = userid.Username,
            Email = member.Email.Trim(),
            IsAdministrator = member.IsAdministrator || await IsFirstAsync(ct),
            Created = clock.GetUtcNow(),
        };
        var result = await accounts.CreateAsync(account, member.Password);
        if (!result.Succeeded)
            return (null, [.. result.Errors]);
        await transaction.CommitAsync(ct);
        return (account, []);
    }
}

/// <summary>Who wants an account.</summary>
/// <param name="MayClaim">Take over a person who exists only through imported annotations.</param>
public sealed record NewMember(string Name, string Email, string Password, bool IsAdministrator = false, bool MayClaim = false);
