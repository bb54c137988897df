using System.CommandLine;
using Annotator.Domain.Access;
using Annotator.Domain.Exchange.Demo;

namespace Annotator.Web.Commands;

/// <summary><c>demo load</c> and <c>demo remove</c>.</summary>
internal static class DemoCommand
{
    public static Command Define(CommandContext context)
    {
        var load = new Command("load", "Add the demo library");
        load.SetAction((_, ct) => LoadAsync(context, ct));
        var remove = new Command("remove", "Remove the demo library; what others wrote stays");
        remove.SetAction((_, ct) => RemoveAsync(context, ct));
        return new Command("demo", "A few annotated texts to look at") { load, remove };
    }

    private static async Task<int> LoadAsync(CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var demo = store.Services.GetRequiredService<DemoLibrary>();
        var report = await ImportDisplay.FollowAsync(context.Terminal, "demo library", progress => demo.LoadAsync(progress, ct));
        return await ImportDisplay.ReportAsync(context.Terminal, report);
    }

    private static async Task<int> RemoveAsync(CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var removed = await store.Services.GetRequiredService<DemoLibrary>().RemoveAsync(Viewer.Operator, ct);
        await context.Terminal.Out.WriteLineAsync($"removed {removed} annotations");
        return CommandLine.Ok;
    }
}
