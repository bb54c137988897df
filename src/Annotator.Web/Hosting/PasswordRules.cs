using System.Collections.Frozen;
using System.Text;
using Annotator.Domain.People;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>
/// Refuses passwords that are too long to be hashed for anybody who asks, and those that are guessed first: common ones, also with
/// digits and signs around them, and the person's own names.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int MinLength = 8;

    /// <summary>UTF-16 units of a password that is looked at at all.</summary>
    public const int MaxLength = 256;

    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        if (password is null)
            return Task.FromResult(IdentityResult.Success);
        if (password.Length > MaxLength)
            return Refused("PasswordTooLong", $"Passwords must have at most {MaxLength} characters.");
        return IsGuessedFirst(password, user)
            ? Refused("PasswordTooCommon", "This password is among those that are guessed first.")
            : Task.FromResult(IdentityResult.Success);
    }

    private static bool IsGuessedFirst(string password, Account user)
    {
        // "Password1!" and "!!password" are "password" with what the rules of other places ask for.
        var word = password.AsSpan().Trim("0123456789!?.,*#$@%&+-_ ").ToString();
        string?[] own = [user.UserName, user.Email, user.Email?.Split('@')[0]];
        return new[] { password, word }.Any(p => Common.Value.Contains(Folded(p)))
            || own.Any(o => string.Equals(o, password, StringComparison.OrdinalIgnoreCase)
                || (o?.Length >= 2 && string.Equals(o, word, StringComparison.OrdinalIgnoreCase)));
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var list = new StreamReader(
            typeof(PasswordRules).Assembly.GetManifestResourceStream(typeof(AnnotatorApp), "Hosting.common-passwords.txt")!, Encoding.UTF8);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(Folded)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    private static string Folded(string password) => password.ToLowerInvariant();

    private static Task<IdentityResult> Refused(string code, string description) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = description }));
}
