using System.CommandLine;
using Annotator.Domain.Access;
using Annotator.Web.Hosting;
using Spectre.Console;

namespace Annotator.Web.Commands;

/// <summary><c>user …</c>: makes accounts, also of imported people, and does with them what administrators do.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The username", HelpName = "NAME" };
    private static readonly Argument<string> NewName = new("new-name") { Description = "The username it gets", HelpName = "NEW-NAME" };
    private static readonly Option<string> Email =
        new("--email") { Description = "Address to sign in with", HelpName = "E", Required = true };
    private static readonly Option<string?> Password = new("--password")
    {
        Description = "Asked for when not given; - reads it from standard input. Others on this computer see arguments of programs",
        HelpName = "P",
    };
    private static readonly Option<bool> Admin = new("--admin") { Description = "May run the installation; the first account always may" };

    public static Command Define(CommandContext context)
    {
        var add = new Command("add", "Make an account") { Name, Email, Password, Admin };
        add.SetAction((parsed, ct) => AddAsync(parsed, context, ct));
        var list = new Command("list", "List the accounts");
        list.SetAction((_, ct) => ListAsync(context, ct));
        var password = new Command("password", "Give an account another password and sign it out everywhere") { Name, Password };
        password.SetAction((parsed, ct) => ChangeAsync(parsed, context, "has another password", async (accounts, account) =>
            await accounts.SetPasswordAsync(Viewer.Operator, account.Id, await PasswordAsync(parsed, context.Terminal, ct), ct), ct));
        var rename = new Command("rename", "Give an account another username") { Name, NewName };
        rename.SetAction((parsed, ct) => ChangeAsync(parsed, context, $"is {parsed.GetValue(NewName)} now", (accounts, account) =>
            accounts.RenameAsync(Viewer.Operator, account.Id, parsed.GetValue(NewName)!, ct), ct));
        return new Command("user", "The people who sign in")
        {
            add,
            list,
            InviteCommand.Define(context),
            password,
            rename,
            Change("lock", "Let nobody use an account", "is locked", context, a => a.LockAsync),
            Change("unlock", "Let an account be used again", "is unlocked", context, a => a.UnlockAsync),
            Change(
                "remove", "Remove an account; what the person shared stays under the name", "is removed", context, a => a.RemoveAsync),
        };
    }

    private static Command Change(
        string name,
        string description,
        string done,
        CommandContext context,
        Func<AccountAdministration, Func<Viewer, Guid, CancellationToken, Task>> change)
    {
        var command = new Command(name, description) { Name };
        command.SetAction((parsed, ct) =>
            ChangeAsync(parsed, context, done, (accounts, account) => change(accounts)(Viewer.Operator, account.Id, ct), ct));
        return command;
    }

    private static async Task<int> ChangeAsync(
        ParseResult parsed, CommandContext context, string done, Func<AccountAdministration, AccountRow, Task> change, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var accounts = store.Services.GetRequiredService<AccountAdministration>();
        var account = await accounts.FindAsync(Viewer.Operator, parsed.GetValue(Name)!, ct);
        await change(accounts, account);
        await context.Terminal.Out.WriteLineAsync($"{account.Username} {done}");
        return CommandLine.Ok;
    }

    private static async Task<int> AddAsync(ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var password = await PasswordAsync(parsed, context.Terminal, ct);
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

    private static async Task<int> ListAsync(CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var accounts = store.Services.GetRequiredService<AccountAdministration>();
        for (var page = 1; ; page++)
        {
            var (rows, _) = await accounts.ListAsync(Viewer.Operator, null, page, ct);
            foreach (var row in rows)
            {
                var marks = $"{(row.IsAdministrator ? ", administrator" : "")}{(row.IsLocked ? ", locked" : "")}";
                await context.Terminal.Out.WriteLineAsync($"{row.Username}\t{row.Email}\t{row.Created:u}{marks}");
            }

            if (rows.Count < AccountAdministration.PageSize)
                return CommandLine.Ok;
        }
    }

    private static async Task<string> PasswordAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (parsed.GetValue(Password) is { } given and not "-")
        {
            await terminal.Error.WriteLineAsync(
                "The password stood in the list of running programs: --password - reads it from standard input.");
            return given;
        }
        if (parsed.GetValue(Password) is "-" || !terminal.IsInteractive || Console.IsInputRedirected)
            return await terminal.In.ReadLineAsync(ct) ?? "";
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.PromptAsync(new TextPrompt<string>("Password:").Secret(null), ct);
    }
}
