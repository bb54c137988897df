namespace Annotator.Domain.Changes;

/// <summary>
/// The id of the browser window or program behind the present request (Hypothesis: the header <c>X-Client-Id</c>). It is stored
/// with each change, so that a program is not sent its own changes over its socket.
/// </summary>
public static class ChangeClient
{
    /// <summary>Longest id, in UTF-16 units: ASCII letters, digits, hyphens and low lines.</summary>
    public const int MaxLength = 64;

    // It belongs to the request, not to what is written: no writer has to hand it on.
    private static readonly AsyncLocal<string?> Request = new();

    /// <summary>Null when the request has none.</summary>
    public static string? Current => Request.Value;

    /// <summary>Sets the id for everything that the caller awaits from now on. Anything that is no client id is ignored.</summary>
    public static void Set(string? clientId) => Request.Value = IsClientId(clientId) ? clientId : null;

    private static bool IsClientId(string? id) =>
        id is { Length: > 0 and <= MaxLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
