using System.Net;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Web.Hosting;

/// <summary>The settings of the program, section <c>Annotator</c>: command line, environment (<c>Annotator__Demo</c>) or file.</summary>
public sealed partial record AnnotatorOptions
{
    public const string Section = "Annotator";

    /// <summary>
    /// A folder of settings, a file each, as Docker and systemd hand over secrets: <c>Annotator__Database__Password</c>.
    /// </summary>
    public const string SecretsKey = $"{Section}:Secrets";

    /// <summary>The password of <c>ConnectionStrings:Annotator</c>, when that has none.</summary>
    public const string DatabasePasswordKey = $"{Section}:Database:Password";


    /// <summary>Folder of the embedded PostgreSQL; by default a folder of the user's own.</summary>
    public string? DataRoot { get; init; }

    /// <summary>Whether a new store gets the demo library; by default only an embedded one does.</summary>
    public bool? Demo { get; init; }

    /// <summary>The address people reach the program by, when it is not the one it listens on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The part after <c>@</c> in user ids; by default the host of <see cref="PublicUrl"/>, else <c>localhost</c>.</summary>
    public string? Authority { get; init; }

    /// <summary>
    /// An address of its own, such as <c>http://localhost:9464</c>, where Prometheus fetches metrics; by default there is none.
    /// </summary>
    public string? Metrics { get; init; }

    /// <summary>
    /// Addresses and networks of the proxies in front of the program, divided by commas; only they are believed about where a request
    /// comes from.
    /// </summary>
    public string? Proxies { get; init; }

    /// <summary>Where people report weaknesses, for <c>security.txt</c>: an address that begins with mailto: or https:.</summary>
    public string? SecurityContact { get; init; }

    public DatabaseOptions Database { get; init; } = new();

    /// <summary>Who may make an account; by default what an administrator has chosen on the page, at first everybody.</summary>
    public SignUpMode? SignUp { get; init; }

    public FetchOptions Fetch { get; init; } = new();

    public TextWorkerOptions Texts { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public string OwnAuthority => Authority ?? PublicAddress?.Host ?? "localhost";

    public Uri? PublicAddress => PublicUrl is null ? null : new Uri(PublicUrl);

    /// <summary>Whether people reach the program by https, though a proxy may ask it by http.</summary>
    public bool IsHttps => PublicAddress?.Scheme is "https";

    public IReadOnlyList<IPNetwork> ProxyNetworks => [.. Listed(Proxies).Select(p => Network(p)!.Value)];

    /// <summary>Reads the section and reports every mistake at once.</summary>
    /// <exception cref="InvalidSettings">A value cannot be used.</exception>
    public static AnnotatorOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var mistakes = Mistakes(section).ToList();
        if (string.Equals(configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
        {
            mistakes.Add("ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every sender; "
                + $"take it away and name your proxies in {Section}:{nameof(Proxies)}.");
        }
        return mistakes.Count > 0 ? throw new InvalidSettings(mistakes) : section.Get<AnnotatorOptions>() ?? new AnnotatorOptions();
    }
}

/// <summary>How the program uses PostgreSQL.</summary>
public sealed record DatabaseOptions
{
    /// <summary>
    /// Connections that the program keeps at most, whatever people ask for; three more listen and look whether the database answers.
    /// Two programs together leave room in PostgreSQL's usual 100 for the command line and for <c>psql</c>. A connection string with
    /// a <c>Maximum Pool Size</c> of its own keeps it.
    /// </summary>
    public int Connections { get; init; } = 40;
}

/// <summary>The settings cannot be used; the message lists why.</summary>
public sealed class InvalidSettings(IReadOnlyList<string> mistakes)
    : Exception(string.Join(Environment.NewLine, mistakes.Prepend("The settings cannot be used:")))
{
    /// <summary>Each mistake, a sentence.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;
}
