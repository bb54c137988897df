namespace Annotator.Domain.People;

/// <summary>A browser in which somebody is signed in. Its cookie carries the id; without this row it opens nothing.</summary>
public sealed class AccountSession
{
    /// <summary>The longest <see cref="Browser"/>, in UTF-16 units.</summary>
    public const int MaxBrowser = 64;

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Names of the browser and its system, such as <c>Firefox · Linux</c>; empty when they are not known.</summary>
    public string Browser { get; private set; } = "";
    public DateTimeOffset Created { get; private set; }

    /// <summary>When it was used last, give or take an hour.</summary>
    public DateTimeOffset Seen { get; private set; }

    private AccountSession() { }

    internal static AccountSession Of(Guid personId, string browser, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            PersonId = personId,
            Browser = browser.Length > MaxBrowser ? browser[..MaxBrowser] : browser,
            Created = now,
            Seen = now,
        };
}
