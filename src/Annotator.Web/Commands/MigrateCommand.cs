using System.CommandLine;

namespace Annotator.Web.Commands;

/// <summary><c>migrate</c>: brings the tables of the configured store up to date and ends, for a one-shot service.</summary>
internal static class MigrateCommand
{
    public static Command Define(CommandContext context)
    {
        var command = new Command("migrate", "Bring the database up to date");
        command.SetAction((_, ct) => RunAsync(context, ct));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        // Opening the store brings it up to date.
        await using var store = await context.OpenAsync(ct);
        foreach (var line in store.Migrated.Addresses)
            await context.Terminal.Out.WriteLineAsync(line);
        await context.Terminal.Out.WriteLineAsync("up to date");
        return CommandLine.Ok;
    }
}
