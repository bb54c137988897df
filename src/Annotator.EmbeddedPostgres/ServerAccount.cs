using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Annotator.EmbeddedPostgres;

/// <summary>The user that runs PostgreSQL when the program is root, which PostgreSQL refuses to be.</summary>
internal sealed record ServerAccount(string Name, uint Uid, uint Gid)
{
    private const string Users = "/etc/passwd";

    /// <returns>Null when the program runs as an ordinary user or on Windows: then the server runs as that user.</returns>
    /// <exception cref="EmbeddedPostgresException">No fitting user exists.</exception>
    public static ServerAccount? Choose(EmbeddedPostgresOptions options, DataRoot root, ILogger logger)
    {
        if (!DataRoot.RunsAsRoot)
            return null;

        var recorded = File.Exists(root.ServerUserNote) ? File.ReadAllText(root.ServerUserNote).Trim() : null;
        if ((recorded ?? options.ServerUser) is { Length: > 0 } named)
            return Find(named) ?? throw Unusable($"the user '{named}' is not in {Users} or is root");

        if (Find("postgres") is { } postgres)
            return postgres;

        logger.LogWarning(
            "There is no user 'postgres': PostgreSQL runs as 'nobody'. Make a user and name it in EmbeddedPostgres:ServerUser");
        return Find("nobody") ?? throw Unusable($"{Users} has neither 'postgres' nor 'nobody'");
    }

    /// <summary>Gives a file or folder to this user; a link itself, not what it points to.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public void Own(string path)
    {
        if (lchown(Encoding.UTF8.GetBytes(path + "\0"), Uid, Gid) != 0)
            throw new IOException($"{path} cannot be given to the user '{Name}': {Marshal.GetLastPInvokeErrorMessage()}");
    }

    // initdb requires an entry in /etc/passwd for its user.
    private static ServerAccount? Find(string name) =>
        (from line in File.ReadLines(Users)
         let fields = line.Split(':')
         where fields.Length > 3 && fields[2] is not "0" && string.Equals(fields[0], name, StringComparison.Ordinal)
         select new ServerAccount(
             name,
             uint.Parse(fields[2], CultureInfo.InvariantCulture),
             uint.Parse(fields[3], CultureInfo.InvariantCulture))).FirstOrDefault();

    private static EmbeddedPostgresException Unusable(string reason) =>
        new("PostgreSQL does not run as root, and no other user can run it here: " + reason + ". Make one (useradd --system postgres), "
            + "name another in EmbeddedPostgres:ServerUser, start the program as an ordinary user, or set a connection string.");

    // .NET has no chown. The signature is the same on every Unix.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int lchown(byte[] path, uint owner, uint group);
}
