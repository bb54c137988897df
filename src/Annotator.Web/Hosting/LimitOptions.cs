using System.Globalization;

namespace Annotator.Web.Hosting;

/// <summary>
/// How often something may be done, section <c>Annotator:Limits</c>. The values are far above what a class of thirty does that comes
/// from one address, and far below what a program does that was written to do harm.
/// </summary>
public sealed record LimitOptions
{
    /// <summary>Tries to sign in, within ten minutes.</summary>
    public Rates SignIn { get; init; } = new() { Address = 100 };

    /// <summary>Forms of sign-up that are sent, within an hour; a third of them within a minute.</summary>
    public Rates SignUp { get; init; } = new() { Address = 60 };

    /// <summary>Forms of all other kinds, within a minute.</summary>
    public Rates Write { get; init; } = new() { Person = 120, Newcomer = 60, Address = 600 };

    /// <summary>Searches, and comments that are shown before they are sent, within a minute.</summary>
    public Rates Search { get; init; } = new() { Person = 300, Newcomer = 300, Address = 3000 };

    /// <summary>Texts and imports, within ten minutes.</summary>
    public Rates Ingest { get; init; } = new() { Person = 60, Newcomer = 20, Address = 60 };

    /// <summary>Pages that hear of changes at the same time, and as many that manage something.</summary>
    public Rates Live { get; init; } = new() { Person = 20, Newcomer = 20, Address = 20 };

    /// <summary>Age of an account in hours up to which somebody is a newcomer.</summary>
    public int NewcomerHours { get; init; } = 24;

    /// <summary>What cannot be meant, a sentence each.</summary>
    internal static IEnumerable<string> Mistakes(IConfigurationSection section) =>
        from setting in section.AsEnumerable()
        where setting.Value is not null
            && !(int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0)
        select $"{setting.Key} is \"{setting.Value}\"; it must be a whole number from 1.";

    /// <summary>The same limit by who it is for. Only those are asked for that the limit has a number of in the README.</summary>
    public sealed record Rates
    {
        /// <summary>Of a person who is signed in.</summary>
        public int Person { get; init; } = int.MaxValue;

        /// <summary>Of a person whose account is young.</summary>
        public int Newcomer { get; init; } = int.MaxValue;

        /// <summary>Of all visitors of one address who are not signed in; an IPv6 network of 64 bits is one address.</summary>
        public int Address { get; init; } = int.MaxValue;
    }
}
