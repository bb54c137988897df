using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Web.Hosting;

// What is wrong with the settings.
public sealed partial record AnnotatorOptions
{
    private const string FetchPrivate = $"{nameof(Fetch)}:{nameof(FetchOptions.AllowPrivateAddresses)}";

    private static IEnumerable<string> Mistakes(IConfigurationSection section)
    {
        if (section[nameof(Demo)] is { } demo && !bool.TryParse(demo, out _))
            yield return $"{Section}:{nameof(Demo)} is \"{demo}\"; it must be true or false.";
        if (section[FetchPrivate] is { } fetch && !bool.TryParse(fetch, out _))
            yield return $"{Section}:{FetchPrivate} is \"{fetch}\"; it must be true or false.";
        foreach (var name in (string[])[
            $"{nameof(Texts)}:{nameof(TextWorkerOptions.AtOnce)}", $"{nameof(Texts)}:{nameof(TextWorkerOptions.Megabytes)}",
            $"{nameof(Texts)}:{nameof(TextWorkerOptions.Seconds)}", $"{nameof(Database)}:{nameof(DatabaseOptions.Connections)}",
        ])
        {
            if (section[name] is { } number
                && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0))
            {
                yield return $"{Section}:{name} is \"{number}\"; it must be a whole number from 1.";
            }
        }

        if (section[nameof(SignUp)] is { } signUp
            && !(Enum.TryParse<SignUpMode>(signUp, ignoreCase: true, out var mode) && Enum.IsDefined(mode)))
        {
            yield return $"{Section}:{nameof(SignUp)} is \"{signUp}\"; it must be open, invitation or closed.";
        }
        foreach (var mistake in LimitOptions.Mistakes(section.GetSection(nameof(Limits))))
            yield return mistake;
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
        foreach (var proxy in Listed(section[nameof(Proxies)]).Where(p => Network(p) is null))
            yield return $"{Section}:{nameof(Proxies)} has \"{proxy}\"; it must hold addresses and networks such as 10.0.0.5, 10.1.0.0/16.";
        if (section[nameof(SecurityContact)] is { } contact
            && !(Uri.TryCreate(contact, UriKind.Absolute, out var report) && report.Scheme is "mailto" or "https"))
        {
            yield return $"{Section}:{nameof(SecurityContact)} is \"{contact}\"; it must begin with mailto: or https:.";
        }
        if (section[nameof(Authority)] is { } authority && Uri.CheckHostName(authority) is UriHostNameType.Unknown)
            yield return $"{Section}:{nameof(Authority)} is \"{authority}\"; it must be a host name such as notes.example.org.";
        if (section[nameof(DataRoot)] is { } root && (root.Length == 0 || root.Contains('\0', StringComparison.Ordinal)))
            yield return $"{Section}:{nameof(DataRoot)} must name a folder.";
    }

    private static string[] Listed(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static IPNetwork? Network(string text) =>
        IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.AddressFamily is AddressFamily.InterNetwork ? 32 : 128)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}
