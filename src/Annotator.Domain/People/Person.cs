using Annotator.Domain.Kernel;

namespace Annotator.Domain.People;

/// <summary>Somebody who writes annotations: a member of this installation, or the author of something imported.</summary>
public sealed class Person
{
    public Guid Id { get; private set; }
    public string Username { get; private set; } = "";
    public string Authority { get; private set; } = "";

    /// <summary>The username as it is compared: without case and dots. Unique within an authority.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>
    /// What the username looks like (<see cref="LookAlikes"/>); unique, so that nobody passes for somebody else. Null for people who
    /// never had an account: imported ones keep the names that they have.
    /// </summary>
    public Guid? LookKey { get; private set; }

    /// <summary>The name a person chose to be shown by, in any script; null shows the username.</summary>
    public string? DisplayName { get; private set; }
    public DateTimeOffset Created { get; private set; }

    /// <summary>What the person shares is shown to moderators and to themselves alone.</summary>
    public bool IsSilenced { get; private set; }

    /// <summary>
    /// Raised by triggers, in the same transaction, whenever the person's rights change: memberships, roles, silence, lock-out,
    /// signing out everywhere. Rights that were read with an older version are outdated.
    /// </summary>
    public long RightsVersion { get; private set; }

    public Userid Userid => new(Username, Authority);

    private Person() { }

    /// <summary>A new person; a blank display name is none.</summary>
    public static Person Named(Userid userid, string? displayName, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Username = userid.Username,
            Authority = userid.Authority,
            NameKey = Userid.Key(userid.Username),
            DisplayName = string.IsNullOrWhiteSpace(displayName) ? null : displayName.Trim(),
            Created = now,
        };

    /// <summary>Gives the username to an account: no other account gets one that looks like it from now on.</summary>
    public void Claim() => LookKey = LookAlikes.KeyOf(Username);

    /// <summary>Changes the username of a person with an account.</summary>
    public void Rename(string username)
    {
        (Username, NameKey) = (username, Userid.Key(username));
        Claim();
    }

    /// <summary>From now on others do not see what the person shared or shares; nothing that they wrote is rewritten.</summary>
    public void Silence() => IsSilenced = true;

    /// <summary>Others see again what the person shared.</summary>
    public void Unsilence() => IsSilenced = false;

    /// <summary>Changes the name that is shown; null or blank shows the username.</summary>
    public void BeCalled(string? displayName) =>
        DisplayName = string.IsNullOrWhiteSpace(displayName) ? null : displayName.Trim();
}
