namespace Annotator.Domain.Kernel;

/// <summary>
/// A refusal of the domain. Every edge translates refusals once, into a page, a problem document or a line on a terminal; the
/// message here is the English one.
/// </summary>
public abstract class Refusal(string message) : Exception(message);

/// <summary>The thing does not exist, or the viewer may not see that it does.</summary>
public sealed class Missing(string what) : Refusal($"There is no such {what}, or you may not see it.")
{
    /// <summary>What was asked for: <c>source</c>, <c>annotation</c>, …</summary>
    public string What => what;
}

/// <summary>The viewer sees the thing but may not do this with it.</summary>
public sealed class Forbidden(string action) : Refusal($"You may not do this: {action}.")
{
    /// <summary>A code such as <c>edit</c>, <c>delete</c> or <c>sign_in</c>.</summary>
    public string Action => action;
}

/// <summary>The same person, or the same address, has done this too often lately.</summary>
public sealed class TooOften(TimeSpan wait)
    : Refusal($"This was done too often; it may be done again in {Math.Ceiling(wait.TotalSeconds)} s.")
{
    /// <summary>Until it may be done again.</summary>
    public TimeSpan Wait => wait;
}

/// <summary>A field has a value that cannot be stored.</summary>
/// <param name="field">The field as people and interfaces name it: <c>body</c>, <c>tags</c>, <c>uri</c>, <c>quote</c> …</param>
/// <param name="reason">A code: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>lone_surrogate</c> …</param>
/// <param name="limit">The number behind <paramref name="reason"/>, where there is one.</param>
public sealed class Invalid(string field, string reason, int? limit = null)
    : Refusal(limit is null ? $"{field}: {Words(reason)}" : $"{field}: {Words(reason)} (limit {limit})")
{
    public string Field { get; } = field;
    public string Reason => reason;
    public int? Limit => limit;

    private static string Words(string reason) => reason.Replace('_', ' ');
}
