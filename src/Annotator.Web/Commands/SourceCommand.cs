using System.CommandLine;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;

namespace Annotator.Web.Commands;

/// <summary>
/// <c>source merge FROM INTO</c> and <c>source part SOURCE ADDRESS…</c>: says by hand which addresses are one document;
/// <c>source remove SOURCE</c> and <c>source restore SOURCE</c>.
/// </summary>
internal static class SourceCommand
{
    private static readonly Argument<string> From = new("from")
    {
        Description = "The source that goes: its id, as in the address of its page, or one of its addresses", HelpName = "FROM",
    };
    private static readonly Argument<string> Into = new("into")
    {
        Description = "The source that gets everything: its id or one of its addresses", HelpName = "INTO",
    };
    private static readonly Argument<string> Source = new("source")
    {
        Description = "The source: its id or one of its addresses", HelpName = "SOURCE",
    };
    private static readonly Argument<string[]> Addresses = new("address")
    {
        Description = "Addresses that are another document", HelpName = "ADDRESS", Arity = ArgumentArity.OneOrMore,
    };

    public static Command Define(CommandContext context)
    {
        var merge = new Command("merge", "Make two sources one, with everything that is said about them") { From, Into };
        merge.SetAction((parsed, ct) => MergeAsync(context, parsed.GetValue(From)!, parsed.GetValue(Into)!, ct));
        var part = new Command(
            "part", "Give addresses of a source a source of their own, with what was written under them") { Source, Addresses };
        part.SetAction((parsed, ct) => PartAsync(context, parsed.GetValue(Source)!, parsed.GetValue(Addresses)!, ct));
        var remove = new Command("remove", "Take a source out of every view, with its texts and all that is shared on it") { Source };
        remove.SetAction((parsed, ct) => RemoveAsync(context, parsed.GetValue(Source)!, isBack: false, ct));
        var restore = new Command("restore", "Bring back a source that was removed, with all that is kept of it") { Source };
        restore.SetAction((parsed, ct) => RemoveAsync(context, parsed.GetValue(Source)!, isBack: true, ct));
        return new Command("source", "Merge, part, remove and restore sources") { merge, part, remove, restore };
    }

    private static async Task<int> MergeAsync(CommandContext context, string from, string into, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var merged = await store.Services.GetRequiredService<SourceAddresses>().MergeAsync(Viewer.Operator, from, into, ct);
        await context.Terminal.Out.WriteLineAsync($"everything is in source {PublicId.Of(merged)}");
        return CommandLine.Ok;
    }

    private static async Task<int> PartAsync(CommandContext context, string source, string[] addresses, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var parted = await store.Services.GetRequiredService<SourceAddresses>().PartAsync(Viewer.Operator, source, addresses, ct);
        await context.Terminal.Out.WriteLineAsync($"parted: source {PublicId.Of(parted)}");
        return CommandLine.Ok;
    }

    private static async Task<int> RemoveAsync(CommandContext context, string source, bool isBack, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var id = await store.Services.GetRequiredService<SourceAddresses>().NamedAsync(Viewer.Operator, source, ct);
        var removal = store.Services.GetRequiredService<SourceRemoval>();
        await (isBack ? removal.RestoreAsync(Viewer.Operator, id, ct) : removal.RemoveAsync(Viewer.Operator, id, ct));
        await context.Terminal.Out.WriteLineAsync($"{(isBack ? "restored" : "removed")}: source {PublicId.Of(id)}");
        return CommandLine.Ok;
    }
}
