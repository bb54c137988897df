using System.CommandLine;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;

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
        await using var store = await context.OpenAsync(ct);
        await using var db = await store.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(ct);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        await db.Database.MigrateAsync(ct);
        await context.Terminal.Out.WriteLineAsync(pending.Count == 0 ? "up to date" : $"applied {string.Join(", ", pending)}");
        return CommandLine.Ok;
    }
}
