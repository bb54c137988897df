using System.Globalization;

namespace Annotator.Domain.Kernel;

/// <summary>A person's address across installations: <c>acct:name@authority</c>.</summary>
public sealed record Userid(string Username, string Authority)
{
    public const int MaxUsername = 64;
    public const int MaxAuthority = 253;

    /// <summary>Reads <c>acct:name@authority</c>, <c>name@authority</c> or a bare name of <paramref name="ownAuthority"/>.</summary>
    /// <exception cref="Invalid">The field is <c>user</c>.</exception>
    public static Userid Parse(string? text, string ownAuthority)
    {
        var address = (text ?? "").Trim();
        if (address.StartsWith("acct:", StringComparison.OrdinalIgnoreCase))
            address = address[5..];
        var at = address.LastIndexOf('@');
        var (name, authority) = at < 0 ? (address, ownAuthority) : (address[..at], address[(at + 1)..]);
        if (name.Length == 0 || authority.Length == 0)
            throw new Invalid("user", "required");
        if (name.Length > MaxUsername)
            throw new Invalid("user", "too_long", MaxUsername);
        if (authority.Length > MaxAuthority)
            throw new Invalid("user", "too_long", MaxAuthority);
        if (Key(name).Length == 0 || !name.All(IsNameCharacter) || authority.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            throw new Invalid("user", "not_a_user_name");
        return new Userid(name, authority.ToLowerInvariant());
    }

    /// <summary>The form in which names are compared: Hypothesis ignores case and dots.</summary>
    public static string Key(string username) =>
        username.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();

    public override string ToString() => $"acct:{Username}@{Authority}";

    // Marks belong to the letters of Indic and Thai names.
    private static bool IsNameCharacter(char c) =>
        char.IsLetterOrDigit(c)
        || c is '.' or '_' or '-'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
