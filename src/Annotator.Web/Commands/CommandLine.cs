using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Annotator.EmbeddedPostgres;
using Annotator.Domain.Kernel;
using Annotator.Web.Hosting;

namespace Annotator.Web.Commands;

/// <summary>The command line of the program. Without a command it serves the site.</summary>
public static class CommandLine
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <param name="args">As given to the program.</param>
    /// <param name="serve">Runs the web server until it is stopped; gets all arguments.</param>
    /// <param name="open">Opens the store for a command; gets the settings among the arguments.</param>
    /// <returns>The exit code: 0 done, 1 refused or failed, 2 not understood.</returns>
    public static async Task<int> RunAsync(string[] args, Func<string[], Task> serve, OpenStore open, Terminal terminal)
    {
        var words = args.Where(a => !IsSetting(a)).ToArray();
        var commands = Commands(new CommandContext([.. args.Where(IsSetting)], open, terminal));
        if (words is [] || IsForServer(words[0]))
            return await AnsweringAsync(() => ServeAsync(serve, args), terminal);

        var parsed = commands.Parse(words);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await terminal.Error.WriteLineAsync(error.Message);
            return Usage;
        }

        return await AnsweringAsync(
            () =>
                parsed.InvokeAsync(new InvocationConfiguration
                {
                    Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false,
                }),
            terminal
        );
    }

    private static async Task<int> ServeAsync(Func<string[], Task> serve, string[] args)
    {
        await serve(args);
        return Ok;
    }

    /// <summary>
    /// Whether an argument is a setting, <c>--Section:Key=value</c>. Settings are taken out before parsing: System.CommandLine
    /// would take them for words of a command's argument (<c>search QUERY</c>), and if it allowed unmatched tokens, misspelt
    /// options would pass too.
    /// </summary>
    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal)
        && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        && argument.AsSpan(0, equals).Contains(':');

    // Arguments that begin with an option are the server's, such as "--urls http://…", which ASP.NET Core reads itself.
    private static bool IsForServer(string first) =>
        first.StartsWith("--", StringComparison.Ordinal) && first is not ("--help" or "--version");

    private static RootCommand Commands(CommandContext context) =>
        new(
            "Annotator: read texts together, in many languages. Without a command it serves the site; "
            + "settings are given as --Section:Key=value.")
        {
            ImportCommand.Define(context),
            SearchCommand.Define(context),
            RebuildCommand.Define(context),
            UserCommand.Define(context),
            SourceCommand.Define(context),
            DemoCommand.Define(context),
            TextCommand.Define(context),
            MigrateCommand.Define(context),
            DoctorCommand.Define(context),
        };

    private static async Task<int> AnsweringAsync(Func<Task<int>> command, Terminal terminal)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Stopped.");
        }
        catch (Exception e) when (e is Refusal or IOException or UnauthorizedAccessException or DbException or EmbeddedPostgresException
            or InvalidSettings)
        {
            await terminal.Error.WriteLineAsync(e.Message);
        }

        return Failed;
    }
}

/// <summary>What every command works with.</summary>
/// <param name="Settings">The settings among the arguments, such as <c>--Annotator:Authority=example.org</c>.</param>
internal sealed record CommandContext(IReadOnlyList<string> Settings, OpenStore Open, Terminal Terminal)
{
    /// <summary>Opens the store that the settings name.</summary>
    public Task<OpenedStore> OpenAsync(CancellationToken ct) => Open(Settings, ct);
}
