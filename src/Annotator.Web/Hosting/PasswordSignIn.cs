using System.Security.Cryptography;
using Annotator.Domain.People;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>
/// Signs in with a name or an e-mail address and a password. Whether there is such an account shows neither in the answer nor in the
/// time that it takes, nor which name belongs to which address. Wrong passwords count for a network address and what was typed as the name,
/// together: nobody can keep somebody else out.
/// </summary>
public sealed class PasswordSignIn(
    UserManager<Account> accounts,
    SignInManager<Account> signIn,
    IPasswordHasher<Account> hasher,
    Attempts attempts,
    TimeProvider clock)
{
    /// <summary>Wrong passwords of one address for one name.</summary>
    public static readonly AttemptLimit Limit = new("sign-in of a name", 5, TimeSpan.FromMinutes(5));

    // What the password is compared with where there is nothing to compare it with.
    private static string? _nobodysHash;

    /// <summary>Signs in, or says why not.</summary>
    /// <param name="name">A username, or an e-mail address.</param>
    /// <param name="address">Of the client; see <see cref="ClientAddress"/>.</param>
    public async Task<SignInOutcome> EnterAsync(string name, string password, string address, CancellationToken ct)
    {
        var isEmail = name.Contains('@', StringComparison.Ordinal);
        var account = isEmail ? await accounts.FindByEmailAsync(name) : await accounts.FindByNameAsync(name);
        // A name and the e-mail address of the same account count apart: together they would tell that they belong together. With the
        // account's stamp, so that a new password begins anew.
        var who = $"{address}\n{(isEmail ? accounts.NormalizeEmail(name) : accounts.NormalizeName(name))}\n{account?.SecurityStamp}";
        if (await attempts.CountAsync(Limit, who, ct) is { } wait)
            return new SignInOutcome(SignInResult.LockedOut, wait);
        if (!await IsRightAsync(account, password))
            return new SignInOutcome(SignInResult.Failed);
        await attempts.ForgetAsync(Limit, who, ct);
        // Said only to who knows the password.
        if (account!.LockoutEnd > clock.GetUtcNow())
            return new SignInOutcome(SignInResult.NotAllowed);
        await signIn.SignInAsync(account, isPersistent: true);
        return new SignInOutcome(SignInResult.Success);
    }

    private async Task<bool> IsRightAsync(Account? account, string password)
    {
        var nobodysHash = _nobodysHash ??= hasher.HashPassword(new Account(), RandomNumberGenerator.GetHexString(32));
        if (password.Length > PasswordRules.MaxLength)
            return false;
        if (account?.PasswordHash is not null)
            return await accounts.CheckPasswordAsync(account, password);
        hasher.VerifyHashedPassword(new Account(), nobodysHash, password);
        return false;
    }
}

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="Result">
/// <see cref="SignInResult.Failed"/> for a wrong name or password, <see cref="SignInResult.LockedOut"/> after too many of them,
/// <see cref="SignInResult.NotAllowed"/> when an administrator has locked the account.
/// </param>
/// <param name="Wait">After too many, until the next attempt is looked at.</param>
public sealed record SignInOutcome(SignInResult Result, TimeSpan Wait = default);
