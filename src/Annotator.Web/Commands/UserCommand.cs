using System.CommandLine;
using Annotator.Web.Hosting;
using Spectre.Console;

namespace Annotator.Web.Commands;

/// <summary><c>user add NAME</c>: makes an account, also for a person that is known from an import.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The username", HelpName = "NAME" };
    private static readonly Option<string> Email = new("--email")
    {
        Description = "Address to sign in with", HelpName = "E", Required = true,
    };
    private static readonly Option<string?> Password = new("--password")
    {
        Description = "Asked for, or read from standard input, when not given", HelpName = "P",
    };
    private static readonly Option<bool> Admin = new("--admin") { Description = "May run the installation; the first account always may" };

    public static Command Define(CommandContext context)
    {
        var add = new Command("add", "Make an account") { Name, Email, Password, Admin };
        add.SetAction((parsed, ct) => AddAsync(parsed, context, ct));
        return new Command("user", "The people who sign in") { add };
    }

    private static async Task<int> AddAsync(ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var password = parsed.GetValue(Password) ?? await AskAsync(context.Terminal, ct);
        await using var scope = store.Services.CreateAsyncScope();
        var (account, errors) = await scope.ServiceProvider.GetRequiredService<Registration>().JoinAsync(
            new NewMember(parsed.GetValue(Name)!, parsed.GetValue(Email)!, password, parsed.GetValue(Admin), MayClaim: true), ct);
        foreach (var error in errors)
            await context.Terminal.Error.WriteLineAsync(error.Description);
        if (account is null)
            return CommandLine.Failed;
        await context.Terminal.Out.WriteLineAsync(
            $"acct:{account.UserName}@{store.Authority}{(account.IsAdministrator ? ", administrator" : "")}");
        return CommandLine.Ok;
    }

    private static async Task<string> AskAsync(Terminal terminal, CancellationToken ct)
    {
        if (!terminal.IsInteractive || Console.IsInputRedirected)
            return await terminal.In.ReadLineAsync(ct) ?? "";
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.PromptAsync(new TextPrompt<string>("Password:").Secret(null), ct);
    }
}
