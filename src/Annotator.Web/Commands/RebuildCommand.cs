using System.CommandLine;
using Annotator.Domain.Search;

namespace Annotator.Web.Commands;

/// <summary><c>index rebuild</c>: makes the search index anew while everything goes on.</summary>
internal static class RebuildCommand
{
    public static Command Define(CommandContext context)
    {
        var rebuild = new Command("rebuild", "Make the search index anew beside the present one");
        rebuild.SetAction((_, ct) => RunAsync(context, ct));
        return new Command("index", "The search index") { rebuild };
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var upkeep = store.Services.GetRequiredService<IndexUpkeep>();
        await upkeep.SweepAsync(ct);
        var isDone = await ProgressDisplay.FollowAsync<RebuildProgress, bool>(
            context.Terminal,
            "search index",
            p => new WorkProgress($"{p.Done} of {p.Total} annotations", p.Done, p.Total),
            progress => upkeep.RebuildAsync(progress, ct));
        await context.Terminal.Out.WriteLineAsync(isDone ? "the search index is new" : "another rebuild is at work");
        return isDone ? CommandLine.Ok : CommandLine.Failed;
    }
}
