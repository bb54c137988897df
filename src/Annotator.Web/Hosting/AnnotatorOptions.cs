using System.Globalization;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Web.Hosting;

/// <summary>The settings of the program, section <c>Annotator</c>: command line, environment (<c>Annotator__Demo</c>) or file.</summary>
public sealed record AnnotatorOptions
{
    public const string Section = "Annotator";

    /// <summary>
    /// A folder of settings, a file each, as Docker and systemd hand over secrets: <c>Annotator__Database__Password</c>.
    /// </summary>
    public const string SecretsKey = $"{Section}:Secrets";

    /// <summary>The password of <c>ConnectionStrings:Annotator</c>, when that has none.</summary>
    public const string DatabasePasswordKey = $"{Section}:Database:Password";

    private const string FetchPrivate = $"{nameof(Fetch)}:{nameof(FetchOptions.AllowPrivateAddresses)}";

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

    public FetchOptions Fetch { get; init; } = new();

    public TextWorkerOptions Texts { get; init; } = new();

    public string OwnAuthority => Authority ?? (Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri) ? uri.Host : "localhost");

    /// <summary>Reads the section and reports every mistake at once.</summary>
    /// <exception cref="InvalidSettings">A value cannot be used.</exception>
    public static AnnotatorOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var mistakes = Mistakes(section).ToList();
        return mistakes.Count > 0 ? throw new InvalidSettings(mistakes) : section.Get<AnnotatorOptions>() ?? new AnnotatorOptions();
    }

    private static IEnumerable<string> Mistakes(IConfigurationSection section)
    {
        if (section[nameof(Demo)] is { } demo && !bool.TryParse(demo, out _))
            yield return $"{Section}:{nameof(Demo)} is \"{demo}\"; it must be true or false.";
        if (section[FetchPrivate] is { } fetch && !bool.TryParse(fetch, out _))
            yield return $"{Section}:{FetchPrivate} is \"{fetch}\"; it must be true or false.";
        foreach (var name in (string[])[
            nameof(TextWorkerOptions.AtOnce), nameof(TextWorkerOptions.Megabytes), nameof(TextWorkerOptions.Seconds),
        ])
        {
            if (section[$"{nameof(Texts)}:{name}"] is { } number
                && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0))
            {
                yield return $"{Section}:{nameof(Texts)}:{name} is \"{number}\"; it must be a whole number from 1.";
            }
        }

        if (section[nameof(PublicUrl)] is { } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return $"{Section}:{nameof(PublicUrl)} is \"{url}\"; "
                    + "it must be an http or https address such as https://notes.example.org.";
        }
        if (section[nameof(Metrics)] is { } metrics
            && !(Uri.TryCreate(metrics, UriKind.Absolute, out var place) && place is { Scheme: "http", AbsolutePath: "/" }))
        {
            yield return $"{Section}:{nameof(Metrics)} is \"{metrics}\"; it must be an http address of its own with a port, "
                + "such as http://localhost:9464.";
        }
        if (section[nameof(Authority)] is { } authority && Uri.CheckHostName(authority) is UriHostNameType.Unknown)
            yield return $"{Section}:{nameof(Authority)} is \"{authority}\"; it must be a host name such as notes.example.org.";
        if (section[nameof(DataRoot)] is { } root && (root.Length == 0 || root.Contains('\0', StringComparison.Ordinal)))
            yield return $"{Section}:{nameof(DataRoot)} must name a folder.";
    }
}

/// <summary>The settings cannot be used; the message lists why.</summary>
public sealed class InvalidSettings(IReadOnlyList<string> mistakes)
    : Exception(string.Join(Environment.NewLine, mistakes.Prepend("The settings cannot be used:")))
{
    /// <summary>Each mistake, a sentence.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;
}
