using System.Security.Cryptography;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.People;

/// <summary>Lets some people make an account where that is not open to everybody.</summary>
public sealed class Invitation
{
    /// <summary>Hash of the word in the link: who reads the store cannot use it.</summary>
    public Guid Key { get; private set; }

    /// <summary>Accounts that can still be made with it.</summary>
    public int Left { get; private set; }
    public DateTimeOffset Created { get; private set; }
    public DateTimeOffset Expires { get; private set; }

    private Invitation() { }

    /// <returns>The invitation, and the word that belongs into its link.</returns>
    public static (Invitation Invitation, string Word) Of(int uses, DateTimeOffset now, TimeSpan lasts)
    {
        var word = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return (new Invitation { Key = KeyOf(word), Left = uses, Created = now, Expires = now + lasts }, word);
    }

    public static Guid KeyOf(string word) => TextKey.Of(word);
}
